import FFmpegIO
import Foundation

/// When a file begins, as its container says.
enum ContainerClock {
    /// Clocks that were never set count from 1970, 1980 or 2000.
    private static let firstPlausible = Date(timeIntervalSince1970: 1_104_537_600)  // 2005

    enum Reading: Equatable {
        case none
        case implausible(Date)
        /// - Parameter isLocal: it says nothing of a zone, and was taken for the site's.
        case date(Date, isLocal: Bool)
    }

    static func read(_ survey: FileSurvey, path: String, zone: TimeZone) -> Reading {
        let found: (date: Date, isLocal: Bool)?
        if survey.container == "dhav" {
            found = dahua(path)?.date(in: zone).map { ($0, true) }
        } else {
            found = survey.creationTime.flatMap { text in WrittenTime.date(text, zone: zone).map { ($0, text.last != "Z") } }
        }
        guard let found else { return .none }
        return found.date < firstPlausible ? .implausible(found.date) : .date(found.date, isLocal: found.isLocal)
    }

    /// The first picture's time in a Dahua file, by the recorder's own clock.
    ///
    /// Each frame begins with `DHAV`; 16 bytes on stands its time, from the lowest bits: 6 second, 6 minute, 5 hour, 5 day, 4 month,
    /// 6 year from 2000 (little-endian; libavformat/dhav.c, `get_timeinfo`). Frames of video have the types 0xFC and 0xFD.
    private static func dahua(_ path: String) -> CalendarFields? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: 1 << 20) else { return nil }
        let bytes = [UInt8](data)
        let mark = Array("DHAV".utf8)
        guard bytes.count >= 24 else { return nil }
        for place in 0...bytes.count - 24 where bytes[place] == mark[0] && Array(bytes[place..<place + 4]) == mark {
            guard bytes[place + 4] == 0xFC || bytes[place + 4] == 0xFD else { continue }
            let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + 16 + $1]) << (8 * UInt32($1)) }
            func bits(_ shift: UInt32, _ count: UInt32) -> Int { Int(word >> shift & (1 << count - 1)) }
            let fields = CalendarFields(
                year: 2000 + bits(26, 6), month: bits(22, 4), day: bits(17, 5), hour: bits(12, 5), minute: bits(6, 6), second: bits(0, 6))
            return fields.date(in: .gmt) == nil ? nil : fields
        }
        return nil
    }
}
