public import Casework
import Evidence
public import Foundation
import FrameCore
public import Logging
public import SceneAnalysis
public import ServiceLifecycle

/// Looks at the view of a case again when its time to correct is over, and proposes what an officer then confirms.
///
/// Every minute it asks the store what is due; a look takes some pictures over a minute or two, compares, seals the pair and
/// writes the look into the case. What cannot be seen now is tried again until `patienceMinutes` are over, and then said.
public actor SecondLookKeeper: Service {
    /// Cases of one round, and channels looked at beside each other: five 1080p pictures of four channels are 60 MB.
    private static let batch = 50
    private static let channelsAtOnce = 4
    private static let roundInterval = Duration.seconds(60)
    /// The longest wait for one picture: a restrained channel looks every eight seconds.
    private static let pictureSeconds = 20.0
    private static let pictureQuality = 85

    private let store: any CaseStore
    private let views: any ViewSource
    private let keeping: any LookKeeping
    private let evidencePath: String
    private let policy: RecheckPolicy
    private let comparison: PlaceComparison
    private let timeZone: TimeZone
    private let now: @Sendable () -> Date
    private let pause: @Sendable (Duration) async throws -> Void
    private let logger: Logger
    private let caseChanged: @Sendable (String) -> Void

    /// - Parameters:
    ///   - evidencePath: the folder that packages lie in.
    ///   - timeZone: for the times in addenda.
    ///   - pause: how time passes between pictures and rounds.
    ///   - caseChanged: told the case of each look.
    public init(
        store: any CaseStore, views: any ViewSource, keeping: any LookKeeping, evidencePath: String, policy: RecheckPolicy,
        settings: PlaceSettings, timeZone: TimeZone, now: @escaping @Sendable () -> Date = { Date() },
        pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }, logger: Logger,
        caseChanged: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.views = views
        self.keeping = keeping
        self.evidencePath = evidencePath
        self.policy = policy
        comparison = PlaceComparison(settings: settings)
        self.timeZone = timeZone
        self.now = now
        self.pause = pause
        self.logger = logger
        self.caseChanged = caseChanged
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await lookAtDue()
                try? await pause(Self.roundInterval)
            }
        }
    }

    /// One round: everything that is due now.
    public func lookAtDue() async {
        let due: [CaseRecord]
        do {
            due = try await store.dueLooks(at: now(), limit: Self.batch)
        } catch {
            return logger.error("what is to be looked at again cannot be read", metadata: ["reason": "\(error)"])
        }
        // Cases of one channel share the pictures.
        let byChannel = Dictionary(grouping: due) { $0.incident.channelID }.sorted { $0.key < $1.key }
        await withTaskGroup(of: Void.self) { group in
            for (index, entry) in byChannel.enumerated() {
                if index >= Self.channelsAtOnce { await group.next() }
                group.addTask { await self.look(at: entry.value, channelID: entry.key) }
            }
        }
    }

    private func look(at cases: [CaseRecord], channelID: String) async {
        let views = await pictures(of: channelID)
        guard !Task.isCancelled else { return }
        for record in cases {
            do {
                try await look(at: record, views)
            } catch is CancellationError {
                return
            } catch is CaseLife.Refusal {
                // Somebody moved the case on in the meantime: that word stands.
            } catch {
                logger.error("a second look was not kept", metadata: ["case": "\(record.id)", "reason": "\(error)"])
            }
        }
    }

    /// Pictures over a while; fewer, or none, from a channel that sees nothing.
    private func pictures(of channelID: String) async -> [LiveView] {
        var pictures: [LiveView] = []
        for number in 1...policy.pictures {
            guard let picture = await views.view(channelID: channelID, within: .seconds(Self.pictureSeconds)) else { break }
            pictures.append(picture)
            guard number < policy.pictures, (try? await pause(.seconds(policy.pictureSeconds))) != nil else { break }
        }
        return pictures
    }

    private func look(at record: CaseRecord, _ views: [LiveView]) async throws {
        let (policy, comparison, evidencePath) = (policy, comparison, evidencePath)
        let clear = views.filter(\.fault.isEmpty)
        let (look, isPassing, pictures) = try await offPool { () -> (SecondLook, Bool, [LookPicture]) in
            guard let last = clear.last ?? views.last else { return (SecondLook(proposal: .cannotSee, reason: Self.unreached), true, []) }
            let scene: SealedScene
            do {
                scene = try SealedScene(record, evidencePath: evidencePath)
            } catch {
                return (SecondLook(proposal: .cannotSee, reason: Self.unreadable("\(error)")), false, [])
            }
            guard clear.count >= comparison.fewestPictures else {
                let faults = views.map(\.fault).filter { !$0.isEmpty }
                let reason = faults.last.map(Self.faulty) ?? PlaceJudgement.Obstacle.tooFewPictures.text
                return (SecondLook(proposal: .cannotSee, reason: reason), true, try Self.files([last], scene))
            }
            let judgement = comparison.judge(before: scene.before, object: scene.object, box: scene.box, now: clear.map(\.frame))
            return (SecondLook(judgement), judgement.obstacle?.isPassing ?? false, try Self.files(clear, scene))
        }
        let due = record.standing.dueAt ?? now()
        if isPassing, now().timeIntervalSince(due) < policy.patienceMinutes * 60 { return }
        // Before anything is sealed: the case may have moved on while pictures were taken.
        guard try await store.caseRecord(id: record.id)?.standing.dueAt == record.standing.dueAt else { return }
        var said = look
        if look.proposal == .cannotSee, views.isEmpty { said.reason = await reasonOfSilence(record.incident.channelID) }
        if !pictures.isEmpty {
            let token = "look-\(Int64((due.timeIntervalSince1970 * 1000).rounded()))"
            let (keeping, at, finding) = (keeping, wallTime, said)
            said = try await offPool { try keeping.keep(finding, pictures: pictures, of: record, token: token, at: at) }
        }
        _ = try await store.act(caseID: record.id, CaseAction(.look, look: said), by: CaseActor.machine.id, at: now())
        logger.info("a case was looked at again", metadata: ["case": "\(record.id)", "proposal": "\(said.proposal.rawValue)"])
        caseChanged(record.id)
    }

    private var wallTime: WallTime {
        let now = now()
        return WallTime(
            millisecondsSince1970: Int64((now.timeIntervalSince1970 * 1000).rounded()),
            utcOffsetMinutes: timeZone.secondsFromGMT(for: now) / 60)
    }

    // MARK: Pictures

    /// The newest view whole, and the place as it was and as each picture shows it.
    private static func files(_ views: [LiveView], _ scene: SealedScene) throws -> [LookPicture] {
        guard let last = views.last else { return [] }
        let margin = max(16, max(scene.box.width, scene.box.height) / 2)
        func place(_ frame: Frame) throws -> [UInt8] {
            let box = scene.box.inset(by: -margin, within: scene.object.size).scaled(from: scene.object.size, to: frame.size)
            return try JPEGEncoder.encode(frame, quality: pictureQuality, crop: box)
        }
        var files = [
            LookPicture(role: "now", jpeg: try JPEGEncoder.encode(last.frame, quality: pictureQuality)),
            LookPicture(role: "place-then", jpeg: try place(scene.object)),
        ]
        for (index, view) in views.reversed().enumerated() {
            files.append(LookPicture(role: index == 0 ? "place-now" : "place-now-\(index + 1)", jpeg: try place(view.frame)))
        }
        return files
    }

    // MARK: Words

    private static let unreached = BilingualText(
        zh: "到期后联系不上摄像机，没有画面。", en: "The camera could not be reached after the time was over.")

    private static func unreadable(_ why: String) -> BilingualText {
        BilingualText(zh: "证据包无法读取（\(why)），无法比对。", en: "The evidence package cannot be read (\(why)).")
    }

    private static func faulty(_ fault: String) -> BilingualText {
        BilingualText(zh: "摄像机画面异常（\(fault)），无法比对。", en: "The camera's view is faulty (\(fault)).")
    }

    private func reasonOfSilence(_ channelID: String) async -> BilingualText {
        guard let status = await views.channelStatuses().first(where: { $0.id == channelID }) else {
            return BilingualText(zh: "该通道已停用，没有画面。", en: "The channel is switched off; there is no picture.")
        }
        let why = status.reason.isEmpty ? status.state.rawValue : status.reason
        return BilingualText(
            zh: Self.unreached.zh + "（\(why)）", en: Self.unreached.en + " (\(why))")
    }

    /// Runs blocking work on a thread of its own: the cooperative pool has two on a small machine.
    private func offPool<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }
}
