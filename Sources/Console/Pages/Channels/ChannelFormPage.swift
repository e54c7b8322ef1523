import Casework
import Foundation
import Pipeline

/// `/channels/add` and `/channels/{id}/edit`: addresses are tried, then a channel is named, placed and saved.
struct ChannelFormPage: Sendable {
    /// One line of the history.
    struct Version: Sendable {
        var version: Int
        /// Display name.
        var author: String
        var at: Date
        var change: Change

        enum Change: Sendable, Hashable {
            case added, removed, restored
            /// What became another with it.
            case fields([ChannelField], zonesVersion: Int?, isEnabled: Bool)
        }
    }

    /// The channel that is edited; nil while a new one is added.
    var id: String?
    /// What stands in the fields. Of an address only what may be shown.
    var texts: [ChannelField: String] = [:]
    /// Version that the editor began with.
    var base = 0
    /// What the last try found.
    var main: SourceProbe?
    var sub: SourceProbe?
    /// Why the try or the saving failed; holds no credentials.
    var failure: String?
    /// What is wrong with a field, said beside it.
    var fieldFailures: [ChannelField: String] = [:]
    /// Newest first.
    var versions: [Version] = []
    var isSaved = false

    init() {}

    /// The form of a channel that is there.
    init(_ channel: ChannelRecord) {
        id = channel.id
        base = channel.version
        for field in ChannelField.allCases { texts[field] = channel[field] }
        for field in [ChannelField.url, .subURL] {
            texts[field] = channel[field].isEmpty ? "" : SourceAddress.redacted(channel[field])
        }
    }
}

extension ChannelFormPage.Version {
    /// The history in words: what each version changed of the one before it.
    static func history(_ records: [ChannelVersionRecord], names: [String: String]) -> [Self] {
        records.enumerated().map { index, record in
            let before = index + 1 < records.count ? records[index + 1] : nil
            let change: Change
            if record.isRemoved {
                change = .removed
            } else if let before, before.isRemoved {
                change = .restored
            } else if let before {
                let isNewZones = record.channel.zonesVersion != before.channel.zonesVersion
                change = .fields(
                    record.channel.differences(from: before.channel), zonesVersion: isNewZones ? record.channel.zonesVersion : nil,
                    isEnabled: record.channel.enabled)
            } else {
                change = .added
            }
            return Self(
                version: record.channel.version, author: names[record.author] ?? record.author, at: record.at, change: change)
        }
    }
}
