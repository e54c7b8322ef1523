import Casework
import Foundation
import FrameCore
import HTTPTypes
import Pipeline

/// Searches of the past that were asked for here, until they are too old: one is worked on at a time, the rest wait.
///
/// They live in memory only, each is seen by whoever asked. Pictures are not kept but read from the archive when looked at.
actor PastDesk {
    enum State: Sendable {
        case waiting, running
        case done(PastAnswer)
        case failed(Refusal)
        case cancelled

        var isOver: Bool {
            switch self {
            case .waiting, .running: false
            case .done, .failed, .cancelled: true
            }
        }
    }

    /// One search and how far it has come.
    struct Search: Sendable {
        let id: String
        let userID: String
        let channelID: String
        let question: PastQuestion
        /// As asked.
        let span: DateInterval
        let begunAt: Date
        var progress = PastProgress()
        var state = State.waiting

        var answer: PastAnswer? { if case .done(let answer) = state { answer } else { nil } }
    }

    /// What is asked, as text out of a form or an API call.
    struct Fields: Sendable {
        var channelID: String
        var from: Date?
        var to: Date?
        var region: [UnitPoint]
        var staySeconds: Double?
    }

    /// Which of an entry's pictures.
    enum Picture: String, Sendable, CaseIterable {
        case from, staying, to
    }

    static let longestSpan: TimeInterval = 7 * 86_400
    /// Of the close-ups, pixels.
    private static let closeUpWidth = 640
    private static let searchLimit = 12
    private static let lifetimeSeconds = 12 * 3600.0

    let archive: any ArchiveReading
    private let store: any CaseStore
    private let now: @Sendable () -> Date
    private var searches: [String: Search] = [:]
    private var order: [String] = []
    private var work: (id: String, task: Task<Void, Never>)?

    init(archive: any ArchiveReading, store: any CaseStore, now: @escaping @Sendable () -> Date) {
        self.archive = archive
        self.store = store
        self.now = now
    }

    // MARK: Asking

    /// Checks what is asked, writes it into the access log, and begins as soon as nothing else is worked on.
    func begin(_ fields: Fields, by visit: Visit, address: String) async throws -> Search {
        let question = try await check(fields)
        try makeRoom()
        guard let span = question.span else { throw Refusal.notFound }
        let search = Search(
            id: UUID().uuidString.lowercased(), userID: visit.user.id, channelID: fields.channelID, question: question, span: span,
            begunAt: now())
        try await store.appendAccess(
            AccessRecord(
                at: now(), userID: visit.user.id, action: "past-searched",
                subject: "\(fields.channelID) \(JSONAnswer.text(of: span.start))/\(JSONAnswer.text(of: span.end))", address: address))
        searches[search.id] = search
        order.append(search.id)
        next()
        return searches[search.id] ?? search
    }

    private func check(_ fields: Fields) async throws -> PastQuestion {
        guard try await store.channel(id: fields.channelID) != nil else {
            throw Refusal.invalid("channel", zh: "没有这个通道。", en: "There is no such channel.")
        }
        guard let from = fields.from else { throw Refusal.invalid("from", zh: "请填写开始时间。", en: "The begin is no time.") }
        guard let to = fields.to else { throw Refusal.invalid("to", zh: "请填写结束时间。", en: "The end is no time.") }
        guard from < to else { throw Refusal.invalid("to", zh: "结束时间须晚于开始时间。", en: "The end must be after the begin.") }
        guard to.timeIntervalSince(from) <= Self.longestSpan else {
            throw Refusal.invalid("to", zh: "一次最多回看 7 天。", en: "One search covers at most 7 days.")
        }
        let stay = fields.staySeconds ?? PastQuestion.usualStay.inSeconds
        guard stay.isFinite, PastQuestion.stays.contains(.seconds(stay)) else {
            throw Refusal.invalid("staySeconds", zh: "停留须为 5–3600 秒。", en: "The stay is from 5 to 3600 seconds.")
        }
        guard fields.region.count <= 64 else {
            throw Refusal.invalid("region", zh: "范围最多 64 个角。", en: "A region has at most 64 corners.")
        }
        do {
            let region = try Polygon(fields.region)
            return PastQuestion(region: region, span: DateInterval(start: from, end: to), stay: .seconds(stay))
        } catch {
            throw Refusal.invalid("region", zh: "请在画面上画出范围（至少三个角，边线不交叉）。", en: "Draw the region on the picture: \(error).")
        }
    }

    /// - Throws: `Refusal.notFound` also for somebody else's.
    func search(_ id: String, _ visit: Visit) throws(Refusal) -> Search {
        guard let search = searches[id], search.userID == visit.user.id else { throw .notFound }
        return search
    }

    /// Newest first.
    func searches(of visit: Visit) -> [Search] {
        order.reversed().compactMap { searches[$0] }.filter { $0.userID == visit.user.id }
    }

    func cancel(_ id: String, _ visit: Visit) throws(Refusal) {
        guard try !search(id, visit).state.isOver else { return }
        searches[id]?.state = .cancelled
        if work?.id == id { work?.task.cancel() }
    }

    /// A picture of an entry, whole or of the region alone; nil where the archive holds it no longer.
    func picture(_ which: Picture, entry number: Int, of id: String, isCloseUp: Bool, _ visit: Visit) async throws -> [UInt8]? {
        let search = try search(id, visit)
        guard let entry = search.answer?.entries.first(where: { $0.id == number }) else { throw Refusal.notFound }
        let closeUp = isCloseUp ? PastCloseUp(region: search.question.region, box: entry.box) : nil
        let moment =
            switch which {
            case .from: entry.from
            case .staying: entry.staying
            case .to: entry.to
            }
        return try? await archive.picture(moment, closeUp: closeUp, width: Self.closeUpWidth)
    }

    // MARK: Working

    private func next() {
        guard work == nil, let id = order.first(where: { if case .waiting = searches[$0]?.state { true } else { false } }),
            let search = searches[id]
        else { return }
        searches[id]?.state = .running
        let archive = archive
        let task = Task {
            let state: State
            do {
                state = .done(
                    try await archive.search(search.question, channelID: search.channelID) { progress in
                        Task { await self.take(progress, of: id) }
                    })
            } catch let error as PastSearchError {
                state = error == .stopped ? .cancelled : .failed(Refusal(error))
            } catch {
                state = .failed(Refusal(.unprocessableContent, "past-failed", zh: "未能完成：\(error)", en: "It could not be done: \(error)"))
            }
            end(id, state)
        }
        work = (id, task)
    }

    private func take(_ progress: PastProgress, of id: String) {
        // Reports overtake each other on their way here.
        guard let known = searches[id]?.progress, progress.secondsDone >= known.secondsDone else { return }
        searches[id]?.progress = progress
    }

    private func end(_ id: String, _ state: State) {
        work = nil
        if case .cancelled = searches[id]?.state {} else { searches[id]?.state = state }
        next()
    }

    /// Drops what is too old, and then the oldest that is over.
    private func makeRoom() throws(Refusal) {
        func drop(_ id: String) {
            searches[id] = nil
            order.removeAll { $0 == id }
        }
        for (id, search) in searches where search.state.isOver && now().timeIntervalSince(search.begunAt) > Self.lifetimeSeconds {
            drop(id)
        }
        guard order.count >= Self.searchLimit else { return }
        guard let oldest = order.first(where: { searches[$0]?.state.isOver ?? true }) else {
            throw Refusal(
                .serviceUnavailable, "busy", zh: "等待中的回看过多，请稍后再试。", en: "Too many searches wait; try again later.",
                retryAfterSeconds: 60)
        }
        drop(oldest)
    }
}

extension Refusal {
    init(_ error: PastSearchError) {
        switch error {
        case .noFootage:
            self.init(.notFound, "no-footage", zh: "这段时间没有录像。", en: "There is no footage in this time.")
        case .stopped:
            self.init(.conflict, "cancelled", zh: "回看已取消。", en: "The search was cancelled.")
        case .nothingReadable(let reasons):
            let why = reasons.joined(separator: "; ")
            self.init(
                .unprocessableContent, "nothing-readable", zh: "这段时间的录像都无法解码：\(why)",
                en: "No picture of this time can be decoded: \(why)")
        }
    }
}
