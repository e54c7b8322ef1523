import Foundation

extension Wording {
    /// How long ago, in the largest unit that fits.
    func age(of date: Date, now: Date) -> String {
        let seconds = max(0, now.timeIntervalSince(date))
        switch seconds {
        case ..<60: return self[.justNow]
        case ..<3600: return text(.minutesAgo, ["n": String(Int(seconds / 60))])
        case ..<86_400: return text(.hoursAgo, ["n": String(Int(seconds / 3600))])
        default: return text(.daysAgo, ["n": String(Int(seconds / 86_400))])
        }
    }

    /// Such as 12 分 30 秒; hours leave the seconds out.
    func duration(seconds: Double) -> String {
        let whole = seconds.isFinite ? Int(min(max(0, seconds), 1e9).rounded()) : 0
        let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
        var parts: [String] = []
        if hours > 0 { parts.append(text(.hours, ["n": String(hours)])) }
        if minutes > 0 { parts.append(text(.minutes, ["n": String(minutes)])) }
        if hours == 0, rest > 0 || parts.isEmpty { parts.append(text(.seconds, ["n": String(rest)])) }
        return parts.joined(separator: " ")
    }

    /// Day and minute; the day in words if it is today or yesterday.
    func moment(_ date: Date, now: Date, timeZone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let time = clock(date, timeZone: timeZone, withSeconds: false)
        if calendar.isDate(date, inSameDayAs: now) { return text(.today, ["time": time]) }
        if let yesterday = calendar.date(byAdding: .day, value: -1, to: now), calendar.isDate(date, inSameDayAs: yesterday) {
            return text(.yesterday, ["time": time])
        }
        return "\(day(date, timeZone: timeZone)) \(time)"
    }

    /// Such as 2026-11-23 20:15:27.
    func exact(_ date: Date, timeZone: TimeZone) -> String {
        "\(day(date, timeZone: timeZone)) \(clock(date, timeZone: timeZone))"
    }

    func day(_ date: Date, timeZone: TimeZone) -> String {
        let parts = Self.parts(of: date, timeZone: timeZone)
        return "\(parts.year ?? 0)-\(Self.twoDigits(parts.month))-\(Self.twoDigits(parts.day))"
    }

    func clock(_ date: Date, timeZone: TimeZone, withSeconds: Bool = true) -> String {
        let parts = Self.parts(of: date, timeZone: timeZone)
        let minutes = "\(Self.twoDigits(parts.hour)):\(Self.twoDigits(parts.minute))"
        return withSeconds ? "\(minutes):\(Self.twoDigits(parts.second))" : minutes
    }

    /// Kilobytes and megabytes as decimal units.
    func size(bytes: Int64) -> String {
        switch bytes {
        case ..<1000: "\(bytes) B"
        case ..<1_000_000: "\(bytes / 1000) kB"
        default: "\(number(Double(bytes) / 1e6, digits: 1)) MB"
        }
    }

    /// With at most `digits` after the point, trailing zeros cut.
    func number(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "–" }
        var text = String(format: "%.\(digits)f", value)
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text
    }

    func percent(_ part: Double) -> String { "\(number(part * 100, digits: 1)) %" }

    /// For `<time datetime>` and scripts: UTC with milliseconds.
    func iso(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    private static func parts(of date: Date, timeZone: TimeZone) -> DateComponents {
        Calendar(identifier: .gregorian).dateComponents(in: timeZone, from: date)
    }

    private static func twoDigits(_ value: Int?) -> String {
        let value = value ?? 0
        return value < 10 ? "0\(value)" : String(value)
    }
}
