public import Foundation

/// One look at something that the law wants logged (public-security video regulation of 2025, art. 16: who, of which unit, when, what,
/// why).
public struct AccessRecord: Codable, Sendable, Hashable {
    public var at: Date
    public var userID: String
    /// The user's unit at that time; may be empty, as for a refused log-in.
    public var unit: String
    /// Such as `login`, `login-refused`, `case-viewed`, `file-viewed`, `exported`, `unmasked`, `logout`.
    public var action: String
    /// Case, file or channel; of a file, `case/file`; of an export, `case/file#export`.
    public var subject: String
    /// A code of `AccessRules`, after it a colon and the user's own words where there are any; empty where none is asked for.
    public var reason: String
    public var address: String

    public init(
        at: Date, userID: String, unit: String = "", action: String, subject: String, reason: String = "", address: String
    ) {
        self.at = at
        self.userID = userID
        self.unit = unit
        self.action = action
        self.subject = subject
        self.reason = reason
        self.address = address
    }
}

/// One line of the log as it is kept.
public struct AccessLine: Codable, Sendable, Hashable, Identifiable {
    /// Place in the log, from 1, without gaps.
    public var sequence: Int64
    public var record: AccessRecord
    /// SHA-256 over the hash of the line before and this line's fields, lower-case hex.
    public var hash: String

    public var id: Int64 { sequence }

    public init(sequence: Int64, record: AccessRecord, hash: String) {
        self.sequence = sequence
        self.record = record
        self.hash = hash
    }
}

/// Which lines of the log are asked for; everything given must hold.
public struct AccessFilter: Sendable, Hashable {
    public var userID: String?
    public var action: String?
    /// A case's id: lines about it and its files. Or any other subject, whole.
    public var subject: String?
    /// Printed in the mark of what was exported.
    public var exportID: String?
    /// From the first moment to before the last.
    public var time: Range<Date>?

    public init(
        userID: String? = nil, action: String? = nil, subject: String? = nil, exportID: String? = nil, time: Range<Date>? = nil
    ) {
        self.userID = userID
        self.action = action
        self.subject = subject
        self.exportID = exportID
        self.time = time
    }
}

/// Whether the log stands as it was written.
public struct AccessChainState: Codable, Sendable, Hashable {
    public var lines: Int64
    /// The first line whose hash does not follow from the one before; nil if all stand.
    public var firstBroken: Int64?
    /// The last line's hash; noted elsewhere, it shows later that nothing before it was rewritten. Empty for an empty log.
    public var head: String

    public init(lines: Int64, firstBroken: Int64?, head: String) {
        self.lines = lines
        self.firstBroken = firstBroken
        self.head = head
    }
}
