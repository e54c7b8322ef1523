import Casework
import Evidence
import Foundation
import HTTPTypes

/// A case as the API gives it: the record's own members and what a list needs beside them.
struct CaseAnswer: Encodable {
    var record: CaseRecord
    var violationName: BilingualText?
    var channelName: String
    var place: String

    private enum CodingKeys: String, CodingKey { case stateName, violationName, channelName, place, thumbnail }

    func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(record.state.name, forKey: .stateName)
        try container.encodeIfPresent(violationName, forKey: .violationName)
        try container.encode(channelName, forKey: .channelName)
        try container.encode(place, forKey: .place)
        try container.encode("/evidence/\(record.id)/\(EvidenceManifest.Role.afterDwell.fileName)", forKey: .thumbnail)
    }
}

/// A user as the API gives them.
struct UserAnswer: Encodable {
    var id: String
    var login: String
    var displayName: String
    var role: String
    var enabled: Bool
    var certificate: OfficerCertificate?
    var cameraGroups: [String]
    /// Missing for the configured one.
    var unit: String?

    init(_ user: UserRecord) {
        id = user.id
        login = user.login
        displayName = user.displayName
        role = user.role.rawValue
        enabled = user.enabled
        certificate = user.certificate
        cameraGroups = user.cameraGroups
        unit = user.unit
    }
}

/// The place in a list after which the next page goes on: opaque to whoever passes it back.
enum CursorText {
    static func text(of cursor: CaseCursor) -> String {
        Data("\(Int64((cursor.createdAt.timeIntervalSince1970 * 1000).rounded())):\(cursor.id)".utf8).base64URL
    }

    /// - Throws: `Refusal` for a text that `text(of:)` did not make.
    static func cursor(_ text: String) throws(Refusal) -> CaseCursor {
        let parts = Data(base64URL: text).map { String(decoding: $0, as: UTF8.self).split(separator: ":", maxSplits: 1) }
        guard let parts, parts.count == 2, let milliseconds = Int64(parts[0]), abs(milliseconds) < 1 << 52 else {
            throw Refusal(
                .badRequest, "bad-cursor", zh: "“after”的值无效，请从头列出。",
                en: "“after” is no place in the list; begin from the start.", field: "after")
        }
        return CaseCursor(createdAt: Date(timeIntervalSince1970: Double(milliseconds) / 1000), id: String(parts[1]))
    }
}
