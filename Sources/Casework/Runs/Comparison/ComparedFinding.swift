public import Foundation

/// A finding of a run, or a case of the store, as far as the two can be compared.
public struct ComparedFinding: Codable, Sendable, Hashable, Identifiable {
    /// The finding's id within its run, or the case's id.
    public var id: String
    public var channelID: String
    public var violation: String
    public var zone: String
    /// x, y, width, height as parts of the picture, 0…1, so that main stream and sub-stream agree.
    public var box: [Double]
    /// The file in which it was confirmed; nil for a case.
    public var path: String?
    /// Seconds from the start of the file; nil for a case.
    public var firstStillS: Double?
    public var confirmedS: Double?
    public var clearedS: Double?
    public var firstStillAt: Date?
    public var confirmedAt: Date?
    public var clearedAt: Date?
    /// Where a case stands; nil for a finding.
    public var verdict: CaseState?
    /// Whether there is a picture of it.
    public var hasStill: Bool
    /// Until when it lasted on the wall clock, as far as anybody saw.
    var lastSeenAt: Date?

    public init(_ finding: RunFinding, coverage: RunCoverage? = nil) {
        id = finding.id
        channelID = finding.channelID
        violation = finding.violation
        zone = finding.zone
        box = Self.parts(finding.box, of: finding.sourceSize)
        path = finding.path
        firstStillS = finding.firstStillS
        confirmedS = finding.confirmedS
        clearedS = finding.clearedS
        firstStillAt = finding.firstStillAt
        confirmedAt = finding.confirmedAt
        clearedAt = finding.clearedAt
        verdict = nil
        hasStill = finding.still != nil
        lastSeenAt = finding.clearedAt
        if lastSeenAt == nil, let confirmed = finding.confirmedAt {
            lastSeenAt = coverage?.end(of: finding.channelID, at: confirmed) ?? .distantFuture
        }
    }

    /// - Parameter pictureSize: width and height of the picture that the box is of, from the case's manifest.
    public init(_ record: CaseRecord, pictureSize: [Int]) {
        let incident = record.incident
        id = record.id
        channelID = incident.channelID
        violation = incident.violation
        zone = incident.zoneID
        box = Self.parts(incident.box, of: pictureSize)
        firstStillAt = incident.openedAt
        confirmedAt = incident.confirmedAt ?? record.createdAt
        clearedAt = incident.clearedAt
        verdict = record.state
        hasStill = true
        lastSeenAt = incident.clearedAt ?? confirmedAt
    }

    /// Where it was confirmed on the wall clock, or within its file.
    var moment: Double { confirmedAt?.timeIntervalSince1970 ?? confirmedS ?? 0 }

    /// Whether the two were there at the same time: by the wall clock where both know it, else by the seconds of the same file.
    /// - Parameter slack: how far the clocks of the two may be apart, seconds.
    package func sharesTime(with other: ComparedFinding, slack: Double) -> Bool {
        if let first = firstStillAt, let last = lastSeenAt, let otherFirst = other.firstStillAt, let otherLast = other.lastSeenAt {
            return first <= otherLast + slack && otherFirst <= last + slack
        }
        guard let path, path == other.path, let first = firstStillS, let otherFirst = other.firstStillS else { return false }
        return first <= (other.clearedS ?? .infinity) + slack && otherFirst <= (clearedS ?? .infinity) + slack
    }

    /// How far beginning and confirmation lie apart, seconds, whichever is more; nil where they cannot be compared.
    func distance(to other: ComparedFinding) -> Double? {
        if let first = firstStillAt, let confirmed = confirmedAt, let otherFirst = other.firstStillAt,
            let otherConfirmed = other.confirmedAt
        {
            return max(abs(first.timeIntervalSince(otherFirst)), abs(confirmed.timeIntervalSince(otherConfirmed)))
        }
        guard path == other.path, let first = firstStillS, let confirmed = confirmedS, let otherFirst = other.firstStillS,
            let otherConfirmed = other.confirmedS
        else { return nil }
        return max(abs(first - otherFirst), abs(confirmed - otherConfirmed))
    }

    /// The same either way round.
    package func sharesPlace(with other: ComparedFinding) -> Bool {
        guard box.count == 4, other.box.count == 4 else { return box == other.box }
        return box == other.box || PlaceMatch.agrees(box, with: other.box) || PlaceMatch.agrees(other.box, with: box)
    }

    private static func parts(_ box: [Int], of size: [Int]) -> [Double] {
        guard box.count == 4, size.count == 2, size[0] > 0, size[1] > 0 else { return [] }
        let (width, height) = (Double(size[0]), Double(size[1]))
        return [Double(box[0]) / width, Double(box[1]) / height, Double(box[2]) / width, Double(box[3]) / height]
    }

    private enum CodingKeys: String, CodingKey {
        case id, channelID, violation, zone, box, path, firstStillS, confirmedS, clearedS, firstStillAt, confirmedAt, clearedAt
        case verdict, hasStill
    }
}
