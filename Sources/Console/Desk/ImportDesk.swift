import Casework
import Foundation
import HTTPTypes
import Pipeline

/// Lists of channels that were handed in and are being tried, until somebody applies or drops them.
///
/// They live in memory only: a list holds the cameras' passwords. Each is seen by whoever handed it in.
actor ImportDesk {
    /// One list and how far its trial has come.
    struct Session: Sendable {
        let id: String
        let name: String
        let userID: String
        let begunAt: Date
        /// The store's revision that the plan was compared with.
        let revision: Int
        var plan: ChannelPlan
        /// Rows whose addresses are tried at all.
        var toTry: Int
        var tried = 0
        var isRunning = true
        /// How many channels were changed, once it was applied.
        var applied: Int?
    }

    private struct Entry {
        var session: Session
        var trial: Task<Void, Never>?
    }

    private static let sessionLimit = 4
    private static let lifetimeSeconds = 3600.0

    private let desk: ChannelDesk
    private var entries: [String: Entry] = [:]

    init(desk: ChannelDesk) {
        self.desk = desk
    }

    /// Reads the list, compares it with the store and begins to try its addresses.
    func begin(
        _ bytes: [UInt8], name: String, template: (main: String, sub: String), skipsTrial: Bool, by visit: Visit
    ) async throws -> Session {
        makeRoom()
        guard entries.count < Self.sessionLimit else {
            throw Refusal(
                .serviceUnavailable, "busy", zh: "正在检查的清单过多，请稍后再试。", en: "Too many lists are being tried; wait a moment.",
                retryAfterSeconds: 30)
        }
        let list: ChannelList
        do throws(ChannelListError) {
            let template = try ChannelList.Template(
                main: template.main.trimmingCharacters(in: .whitespacesAndNewlines),
                sub: template.sub.trimmingCharacters(in: .whitespacesAndNewlines))
            list = try ChannelList.read(bytes, template: template)
        } catch {
            let line = error.line.map { BilingualText(zh: "第 \($0) 行：", en: "line \($0): ") } ?? BilingualText(zh: "", en: "")
            throw Refusal(
                .unprocessableContent, "list-refused", zh: "清单读不出来。\(line.zh)\(error.reason.zh)；\(error.advice.zh)。",
                en: "The list cannot be read: \(line.en)\(error.reason.en); \(error.advice.en).", field: "content")
        }
        let revision = try await desk.store.channelRevision()
        var plan = ChannelPlan(
            list, channels: try await desk.store.channels(), allowsFiles: desk.allowsLocalFiles, now: desk.now())
        for index in plan.rows.indices where ChannelDesk.takenWords.contains(plan.rows[index].channel.id) {
            plan.rows[index].problems.append(
                ChannelProblem(
                    .id, reason: BilingualText(zh: "不能用作编号", en: "this word cannot be an id"),
                    advice: BilingualText(zh: "换一个", en: "take another")))
        }
        let toTry = skipsTrial ? 0 : plan.rows.count { $0.problems.isEmpty }
        let session = Session(
            id: UUID().uuidString.lowercased(), name: String(name.prefix(100)), userID: visit.user.id, begunAt: desk.now(),
            revision: revision, plan: plan, toTry: toTry, isRunning: toTry > 0)
        entries[session.id] = Entry(session: session)
        if toTry > 0 { entries[session.id]?.trial = Task { await self.tryAll(session) } }
        return session
    }

    /// - Throws: `Refusal.notFound` also for somebody else's.
    func session(_ id: String, _ visit: Visit) throws(Refusal) -> Session {
        guard let session = entries[id]?.session, session.userID == visit.user.id else { throw .notFound }
        return session
    }

    /// Stops a trial that is under way and forgets the list.
    func drop(_ id: String, _ visit: Visit) throws(Refusal) {
        _ = try session(id, visit)
        entries.removeValue(forKey: id)?.trial?.cancel()
    }

    /// Writes what the list says, in one transaction.
    /// - Parameter onlyGood: leaves out the rows with problems; otherwise one such row refuses all.
    func apply(_ id: String, onlyGood: Bool, by visit: Visit, address: String) async throws -> Session {
        let session = try session(id, visit)
        guard !session.isRunning else {
            throw Refusal(.conflict, "still-trying", zh: "还在检查，请等待结束。", en: "The addresses are still being tried; wait for the end.")
        }
        guard session.applied == nil else {
            throw Refusal(.conflict, "applied", zh: "此清单已经导入。", en: "This list was applied already.")
        }
        guard onlyGood || session.plan.badCount == 0 else {
            throw Refusal.invalid("onlyGood", zh: "有问题的行未解决，未作任何更改。", en: "Some rows have problems; nothing was changed.")
        }
        let edits = session.plan.edits
        // Set before the first wait, so that a second press cannot come in between.
        entries[id]?.session.applied = edits.count
        do {
            try await desk.store.editChannels(edits, by: visit.user.id, at: desk.now(), basedOn: session.revision)
        } catch CaseStoreError.conflict {
            entries[id]?.session.applied = nil
            throw Refusal(
                .conflict, "channels-changed", zh: "检查期间通道已被更改，未导入；请重新上传清单。",
                en: "The channels were changed since the list was compared; nothing was written. Hand the list in again.")
        } catch {
            entries[id]?.session.applied = nil
            throw error
        }
        // All at once: a camera that is let go may take a second.
        try await withThrowingTaskGroup(of: Void.self) { [desk] group in
            for edit in edits {
                let action = if case .add = edit { "channel-added" } else { "channel-changed" }
                group.addTask { try await desk.tell(edit.channelID, action, visit, address) }
            }
            try await group.waitForAll()
        }
        return try self.session(id, visit)
    }

    private func tryAll(_ session: Session) async {
        let patrol = desk.patrol
        await ChannelTrial { try await patrol.probeBriefly(url: $0, transport: $1) }
            .run(session.plan) { index, row in await self.take(row, at: index, of: session.id) }
        entries[session.id]?.session.isRunning = false
    }

    private func take(_ row: ChannelPlan.Row, at index: Int, of id: String) {
        entries[id]?.session.plan.rows[index] = row
        entries[id]?.session.tried += 1
    }

    /// Drops what is too old, and then the oldest that nobody waits for.
    private func makeRoom() {
        for (id, entry) in entries where desk.now().timeIntervalSince(entry.session.begunAt) > Self.lifetimeSeconds {
            entries.removeValue(forKey: id)?.trial?.cancel()
        }
        guard entries.count >= Self.sessionLimit else { return }
        let idle = entries.values.filter { !$0.session.isRunning }.min { $0.session.begunAt < $1.session.begunAt }
        if let idle { entries[idle.session.id] = nil }
    }
}
