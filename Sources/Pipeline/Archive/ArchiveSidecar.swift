import Foundation

/// What somebody wrote beside a file of its channel and time: `clip.mp4.json` or `clip.json` with
/// `{"channel": "gate-3", "starts_at": "2026-11-23T20:15:27+08:00"}`, either of them alone too.
struct ArchiveSidecar {
    private static let limitBytes = 65_536

    var channel: String?
    var startsAt: Date?

    struct Flaw: Error {
        var reason: String
    }

    /// nil where there is none; of `clip.json` also where it holds neither key, as other programs write such files too.
    init?(of path: String, zone: TimeZone) throws(Flaw) {
        let own = path + ".json"
        let shared = (path as NSString).deletingPathExtension + ".json"
        if let object = try Self.read(own) {
            try self.init(object, name: own, zone: zone)
            if channel == nil && startsAt == nil { throw Flaw(reason: "\(own) holds neither “channel” nor “starts_at”") }
        } else if let object = try? Self.read(shared), object["channel"] != nil || object["starts_at"] != nil {
            try self.init(object, name: shared, zone: zone)
        } else {
            return nil
        }
    }

    private init(_ object: [String: Any], name: String, zone: TimeZone) throws(Flaw) {
        if let value = object["channel"] {
            guard let text = value as? String, let clean = ChannelName.clean(text) else {
                throw Flaw(reason: "“channel” in \(name) must be a text that can name a channel")
            }
            channel = clean
        }
        switch object["starts_at"] {
        case nil: break
        case let text as String:
            guard let date = WrittenTime.date(text, zone: zone) else {
                throw Flaw(reason: "“starts_at” in \(name) must be such as 2026-11-23T20:15:27+08:00, not “\(text.prefix(40))”")
            }
            startsAt = date
        case let number as Double where number.isFinite && number >= 0 && number < 7.2e9:
            startsAt = Date(timeIntervalSince1970: number)
        default: throw Flaw(reason: "“starts_at” in \(name) must be a date and time, or seconds since 1970")
        }
    }

    private static func read(_ path: String) throws(Flaw) -> [String: Any]? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let bytes = try? handle.read(upToCount: limitBytes + 1), bytes.count <= limitBytes else {
            throw Flaw(reason: "\(path) is too large for a sidecar")
        }
        guard let object = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
            throw Flaw(reason: "\(path) is no JSON object")
        }
        return object
    }
}
