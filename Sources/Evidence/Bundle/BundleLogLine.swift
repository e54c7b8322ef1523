import Crypto
import Foundation

/// One line of a case's log as a bundle holds it, with all that is needed to compute its hash again.
///
/// The log is one chain over all cases, so the line before is mostly another case's: only its hash is given.
public struct BundleLogLine: Codable, Hashable, Sendable {
    /// Place in the whole store's log.
    public var sequence: Int64
    public var caseID: String
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public var at: Int64
    public var actor: String
    public var kind: String
    /// JSON object, as text.
    public var detail: String
    /// Of line `sequence` - 1.
    public var previousHash: String
    public var hash: String

    public init(
        sequence: Int64, caseID: String, at: Int64, actor: String, kind: String, detail: String, previousHash: String, hash: String
    ) {
        self.sequence = sequence
        self.caseID = caseID
        self.at = at
        self.actor = actor
        self.kind = kind
        self.detail = detail
        self.previousHash = previousHash
        self.hash = hash
    }

    /// What `hash` must be: SHA-256 over these texts in order, each as its length in UTF-8 bytes in decimal, a colon and its
    /// bytes. The store computes the same when it writes the line.
    public var expectedHash: String {
        var sha = SHA256()
        for field in [previousHash, String(sequence), caseID, String(at), actor, kind, detail] {
            sha.update(data: Data("\(field.utf8.count):\(field)".utf8))
        }
        return ContentHash(sha.finalize()).hex
    }

    /// One line of JSON for each, in the given order.
    static func text(of lines: [BundleLogLine]) throws(EvidenceError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try lines.reduce(into: []) { $0 += [UInt8](try encoder.encode($1)) + Array("\n".utf8) }
        } catch {
            throw .invalid("the log cannot be written as JSON: \(MalformedJSON.reason(for: error))")
        }
    }

    /// Everything that is wrong with a log in the form of `text(of:)`, each with its line.
    static func problems(in bytes: [UInt8], caseID: String, manifestSHA256: ContentHash) -> [BundleProblem] {
        var problems: [BundleProblem] = []
        var last: BundleLogLine?
        var isSealed = false
        for (index, text) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
            func report(_ reason: String) { problems.append(.log(line: index + 1, reason: reason)) }
            guard let line = try? JSONDecoder().decode(BundleLogLine.self, from: Data(text)) else {
                report("is no line of a log")
                continue
            }
            if line.hash != line.expectedHash { report("its hash does not follow from the line and the hash before") }
            if line.caseID != caseID { report("belongs to another case") }
            if let last, line.sequence <= last.sequence { report("stands after line \(last.sequence) of the store's log but is not later") }
            if let last, line.sequence == last.sequence + 1, line.previousHash != last.hash {
                report("does not follow from the line before")
            }
            if line.kind == "sealed" { isSealed = isSealed || line.detail.contains(manifestSHA256.hex) }
            last = line
        }
        if !isSealed { problems.append(.log(line: nil, reason: "no line tells of the sealing of this package")) }
        return problems
    }
}
