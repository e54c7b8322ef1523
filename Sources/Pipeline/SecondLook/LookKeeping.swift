public import Casework
public import Evidence
import FrameCore

/// Keeps what a second look saw with the package it is about.
public protocol LookKeeping: Sendable {
    /// Adds the look to the case's package, once for each `token`; answers it with the addendum that holds it. What is there
    /// already for the token is answered as it stands. Blocks on the disk.
    func keep(_ look: SecondLook, pictures: [LookPicture], of record: CaseRecord, token: String, at: WallTime) throws -> SecondLook
}

/// One picture of a second look, as JPEG.
public struct LookPicture: Sendable {
    /// `now` (R1), `place-then`, `place-now`, `place-now-2`, …
    public var role: String
    public var jpeg: [UInt8]

    public init(role: String, jpeg: [UInt8]) {
        self.role = role
        self.jpeg = jpeg
    }
}

extension EvidenceStore: LookKeeping {
    private enum Member {
        static let proposal = "proposal"
        static let zh = "reasonZH"
        static let en = "reasonEN"
        static let likeness = "objectPart"
    }

    public func keep(
        _ look: SecondLook, pictures: [LookPicture], of record: CaseRecord, token: String, at: WallTime
    ) throws -> SecondLook {
        var members: [String: JSONValue] = [
            Member.proposal: .string(look.proposal.rawValue), Member.zh: .string(look.reason.zh), Member.en: .string(look.reason.en),
        ]
        if let likeness = look.likeness { members[Member.likeness] = .number(likeness) }
        let sealed = try append(
            AddendumDraft(
                kind: .secondLook,
                createdAt: at, author: CaseActor.machine.id, token: token, record: .object(members),
                files: pictures.map { AddendumDraft.File(name: $0.role + ".jpg", role: $0.role, bytes: $0.jpeg) }),
            to: record.packagePath)
        // Of an earlier try that the program did not live to log: what was sealed then is what is said.
        let told = sealed.addendum.record
        var kept = SecondLook(
            proposal: told[Member.proposal]?.text.flatMap(SecondLook.Proposal.init(rawValue:)) ?? look.proposal,
            reason: BilingualText(zh: told[Member.zh]?.text ?? look.reason.zh, en: told[Member.en]?.text ?? look.reason.en))
        if case .number(let likeness)? = told[Member.likeness] { kept.likeness = likeness }
        kept.addendum = sealed.folder
        kept.addendumSHA256 = sealed.sha256.hex
        return kept
    }
}
