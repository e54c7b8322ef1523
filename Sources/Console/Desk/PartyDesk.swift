import Casework
import Evidence
import Foundation
import HTTPTypes
import Synchronization

/// What a party may see of its own case by the code of a notice, and its objection.
///
/// Whoever asks is unknown and unwelcome until a code fits: an unknown code and a malformed one get the same answer for the
/// same work, and an address that tries many waits longer each time.
final class PartyDesk: Sendable {
    static let textLimit = CaseLife.noteLimit
    static let contactLimit = 100
    /// What a party is shown, in order.
    static let pictures: [EvidenceManifest.Role] = [.sceneBefore, .atStart, .afterDwell, .closeUp]

    let hands: ExchangeHands
    private let store: any CaseStore
    private let life: CaseLife
    private let feed: ConsoleFeed
    private let now: @Sendable () -> Date
    private let throttle = Mutex(LoginThrottle())
    /// The last few cases' masked pictures: a page asks for each of its pictures, and masking decodes them all.
    private let masked = Mutex<[(caseID: String, pictures: [String: [UInt8]])]>([])
    private static let maskedKept = 4

    init(hands: ExchangeHands, store: any CaseStore, life: CaseLife, feed: ConsoleFeed, now: @escaping @Sendable () -> Date) {
        self.hands = hands
        self.store = store
        self.life = life
        self.feed = feed
        self.now = now
    }

    /// - Parameter action: what the access log calls it.
    /// - Throws: `Refusal` with code `code-unknown` or `too-many-tries`.
    func record(_ typed: String, _ action: String, address: String) async throws -> (record: CaseRecord, code: PartyCode) {
        let subjects: [LoginThrottle.Subject] = [.address(address)]
        if let wait = throttle.withLock({ [at = now()] in $0.begin(subjects, at: at) }) {
            let seconds = Int(wait.components.seconds) + 1
            throw Refusal(
                .tooManyRequests, "too-many-tries", zh: "尝试次数过多，请 \(seconds) 秒后再试。",
                en: "Too many tries; wait \(seconds) s.", retryAfterSeconds: seconds)
        }
        var generator = SystemRandomNumberGenerator()
        // What can be no code is looked for all the same, under one that nobody has.
        let code = PartyCode(typed: typed) ?? PartyCode.make(using: &generator)
        guard let id = try await store.caseID(of: code), let record = try await store.caseRecord(id: id), record.deletedAt == nil else {
            try await log("party-refused", "", address)
            throw Refusal(
                .notFound, "code-unknown", zh: "没有找到与该查询码对应的案件，请核对后重新输入。",
                en: "No case belongs to this code; check it and try again.")
        }
        throttle.withLock { $0.succeed(subjects) }
        try await log(action, record.id, address)
        return (record, code)
    }

    /// By the originals' names; none where they cannot be made.
    func pictures(of record: CaseRecord) async -> [String: [UInt8]] {
        if let known = masked.withLock({ $0.first { $0.caseID == record.id }?.pictures }) { return known }
        let shown = Set(Self.pictures.map(\.fileName))
        let pictures = ((try? await hands.maskedPictures(record)) ?? [:]).filter { shown.contains($0.key) }
        masked.withLock { $0 = Array(([(record.id, pictures)] + $0).prefix(Self.maskedKept)) }
        return pictures
    }

    func channel(of record: CaseRecord) async throws -> ChannelRecord? { try await store.channel(id: record.incident.channelID) }

    func mayObject(_ record: CaseRecord) -> Bool { life.possible(for: .party, at: now(), from: record.standing).contains(.object) }

    /// Puts the case back to re-examination. The contact goes into a line of its own: it is no part of the reasons.
    func object(_ typed: String, text: String, contact: String, address: String) async throws -> PartyCode {
        let (record, code) = try await record(typed, "party-objected", address: address)
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let contact = contact.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...Self.textLimit).contains(text.count) else {
            throw Refusal.invalid("text", zh: "请填写异议理由，最多 \(Self.textLimit) 字。", en: "Say why, in 1 to \(Self.textLimit) characters.")
        }
        guard contact.count <= Self.contactLimit else {
            throw Refusal.invalid(
                "contact", zh: "联系方式最多 \(Self.contactLimit) 字。", en: "A contact has at most \(Self.contactLimit) characters.")
        }
        _ = try await store.act(caseID: record.id, CaseAction(.object, note: text), by: CaseActor.party.id, at: now())
        if !contact.isEmpty {
            let detail = String(decoding: try JSONAnswer.encode(["contact": contact]), as: UTF8.self)
            try await store.appendEvent(caseID: record.id, at: now(), actor: CaseActor.party.id, kind: "party-contact", detail: detail)
        }
        feed.publish(.caseChanged(id: record.id))
        return code
    }

    private func log(_ action: String, _ subject: String, _ address: String) async throws {
        try await store.appendAccess(
            AccessRecord(at: now(), userID: CaseActor.party.id, action: action, subject: subject, address: address))
    }
}
