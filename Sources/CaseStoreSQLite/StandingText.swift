import Casework
import Foundation

/// `CaseStanding` and `CaseAction` as they stand in text columns: JSON, keys sorted, times in whole milliseconds.
enum StandingText {
    static func text(of value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(StoreTime.milliseconds(date))
        }
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func standing(_ text: String) throws -> CaseStanding {
        try CaseLog.decoder().decode(CaseStanding.self, from: Data(text.utf8))
    }
}
