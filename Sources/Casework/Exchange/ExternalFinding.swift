public import Foundation

/// What another patrol, such as the district's AI patrol, says that it saw. Never a case by itself: there is no evidence of ours.
public struct ExternalFinding: Codable, Sendable, Hashable {
    /// Who says so, an identifier; its ids are its own.
    public var source: String
    /// The source's id of it.
    public var id: String
    /// As the source wrote it.
    public var code: String
    /// Our violation that the code stands for; nil for one that we do not look for.
    public var violation: String?
    /// When it was seen.
    public var at: Date
    /// Degrees, CGCS2000.
    public var latitude: Double?
    /// Degrees, CGCS2000.
    public var longitude: Double?
    public var channelID: String?
    public var grid: String?
    /// Address, free text, may be empty.
    public var place: String
    /// SHA-256 of the picture's file, lower-case hex; nil without one.
    public var pictureSHA256: String?

    public init(
        source: String, id: String, code: String, violation: String?, at: Date, latitude: Double? = nil, longitude: Double? = nil,
        channelID: String? = nil, grid: String? = nil, place: String = "", pictureSHA256: String? = nil
    ) {
        self.source = source
        self.id = id
        self.code = code
        self.violation = violation
        self.at = at
        self.latitude = latitude
        self.longitude = longitude
        self.channelID = channelID
        self.grid = grid
        self.place = place
        self.pictureSHA256 = pictureSHA256
    }
}

/// One line of the imports: appended, never changed; each carries the hash of the one before.
public struct ExternalRecord: Sendable, Hashable {
    public var sequence: Int64
    public var finding: ExternalFinding
    public var receivedAt: Date
    /// Our case of the same act.
    public var duplicateOfCase: String?
    /// The earlier import of the same act.
    public var duplicateOf: Int64?

    public init(sequence: Int64, finding: ExternalFinding, receivedAt: Date, duplicateOfCase: String?, duplicateOf: Int64?) {
        self.sequence = sequence
        self.finding = finding
        self.receivedAt = receivedAt
        self.duplicateOfCase = duplicateOfCase
        self.duplicateOf = duplicateOf
    }
}

/// Whether two tellings are of one act: same type, about the same time, same place. A pure value.
public struct ExternalMatch: Sendable, Hashable, Codable {
    /// The mean radius of the earth (IUGG).
    private static let earthMetres = 6_371_008.8

    /// Where and when something was seen.
    public struct Sighting: Sendable, Hashable {
        public var violation: String
        public var from: Date
        public var to: Date
        public var latitude: Double?
        public var longitude: Double?
        public var channelID: String?
        public var grid: String?

        public init(
            violation: String, from: Date, to: Date, latitude: Double? = nil, longitude: Double? = nil, channelID: String? = nil,
            grid: String? = nil
        ) {
            self.violation = violation
            self.from = from
            self.to = max(from, to)
            self.latitude = latitude
            self.longitude = longitude
            self.channelID = channelID
            self.grid = grid
        }
    }

    public var metres: Double
    public var minutes: Double

    public init(metres: Double, minutes: Double) {
        self.metres = metres
        self.minutes = minutes
    }

    private enum CodingKeys: String, CodingKey {
        case metres = "same_place_m"
        case minutes = "same_time_minutes"
    }

    public func isSame(_ left: Sighting, _ right: Sighting) -> Bool {
        left.violation == right.violation && isSameTime(left, right) && isSamePlace(left, right)
    }

    private func isSameTime(_ left: Sighting, _ right: Sighting) -> Bool {
        let gap = max(left.from.timeIntervalSince(right.to), right.from.timeIntervalSince(left.to))
        return gap <= minutes * 60
    }

    /// By camera where both name one, else by coordinates where both have them, else by grid.
    private func isSamePlace(_ left: Sighting, _ right: Sighting) -> Bool {
        if let one = left.channelID, let other = right.channelID, one == other { return true }
        if let distance = Self.distance(left, right) { return distance <= metres }
        guard let one = left.grid, let other = right.grid, !one.isEmpty else { return false }
        return one == other
    }

    /// Metres on the sphere (haversine); nil where one has no coordinates.
    static func distance(_ left: Sighting, _ right: Sighting) -> Double? {
        guard let lat1 = left.latitude, let lon1 = left.longitude, let lat2 = right.latitude, let lon2 = right.longitude else {
            return nil
        }
        let (a, b) = (lat1 * .pi / 180, lat2 * .pi / 180)
        let (dLat, dLon) = (b - a, (lon2 - lon1) * .pi / 180)
        let h = pow(sin(dLat / 2), 2) + cos(a) * cos(b) * pow(sin(dLon / 2), 2)
        return 2 * earthMetres * asin(min(1, h.squareRoot()))
    }
}

extension ExternalFinding {
    /// nil for a type that we do not look for.
    public var sighting: ExternalMatch.Sighting? {
        violation.map {
            ExternalMatch.Sighting(
                violation: $0, from: at, to: at, latitude: latitude, longitude: longitude, channelID: channelID, grid: grid)
        }
    }
}

extension ExternalMatch.Sighting {
    /// Of our case: from when the object was first still until the place was clear, or the dwell was reached.
    public init(_ incident: IncidentRecord, channel: ChannelRecord?) {
        self.init(
            violation: incident.violation, from: incident.openedAt,
            to: incident.clearedAt ?? incident.confirmedAt ?? incident.openedAt, latitude: channel?.latitude,
            longitude: channel?.longitude, channelID: incident.channelID,
            grid: channel.flatMap { $0.grid.isEmpty ? nil : $0.grid })
    }
}
