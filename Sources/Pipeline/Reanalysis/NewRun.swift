public import Casework
import Evidence
public import Foundation
public import Violations

/// Makes the folder of a run that has not begun: what it is asked, over which footage, under which zones.
///
/// `Reanalysis` carries it out, in this process or in another.
public struct NewRun: Sendable {
    /// The zones of a channel, and their version where a store has them.
    public struct Zones: Sendable {
        public var set: ZoneSet
        public var version: Int?

        public init(_ set: ZoneSet, version: Int? = nil) {
            self.set = set
            self.version = version
        }
    }

    public var name: String
    public var createdBy: String
    public var program: String
    public var ruleVersion: String
    public var profilesSHA256: String
    public var everyFrame: Bool
    public var timeZone: TimeZone

    public init(
        name: String, createdBy: String, program: String, ruleVersion: String, profilesSHA256: String, everyFrame: Bool,
        timeZone: TimeZone
    ) {
        self.name = name
        self.createdBy = createdBy
        self.program = program
        self.ruleVersion = ruleVersion
        self.profilesSHA256 = profilesSHA256
        self.everyFrame = everyFrame
        self.timeZone = timeZone
    }

    /// - Parameters:
    ///   - runs: the folder of all runs; made where it is missing.
    ///   - zones: of a channel; nil where none are known, then nothing is found in its footage.
    public func make(
        in runs: String, listing: ArchiveListing, date: Date = Date(), zones: (String) -> Zones?
    ) throws -> RunFolder {
        var generator = SystemRandomNumberGenerator()
        let id = PackageID(milliseconds: Int64(date.timeIntervalSince1970 * 1000), using: &generator).text
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let channels = try Set(listing.timelines.map(\.channelID)).sorted().map { channelID in
            let known = zones(channelID)
            return RunChannel(
                channelID: channelID, zones: String(decoding: try encoder.encode(known?.set ?? ZoneSet(zones: [])), as: UTF8.self),
                zonesVersion: known?.version)
        }
        let folder = RunFolder(path: "\(runs)/\(id)")
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        let record = RunRecord(
            id: id, name: name, createdAt: date, createdBy: createdBy, program: program, ruleVersion: ruleVersion,
            profilesSHA256: profilesSHA256, everyFrame: everyFrame, channels: channels, inputs: listing.timelines.flatMap(\.files),
            timeZone: timeZone.identifier)
        var progress = RunProgress(
            state: .waiting, updatedAt: date, files: record.inputs.count, secondsTotal: record.inputs.compactMap(\.seconds).reduce(0, +))
        progress.problems = listing.problems
        try folder.write(progress)
        try folder.write(record)
        return folder
    }
}
