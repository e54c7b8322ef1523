package import Casework
package import Foundation

/// Counts the minutes in which each channel's eyes were open, and what else a day says of it. A pure value.
///
/// It is shown the channels every few seconds. A minute is judged when the first look of another minute comes: its eyes were
/// open if they were at every look, and a frame was analysed within it. Counters of the channels are turned into what was
/// added since the look before; one that became smaller began anew with its channel.
package struct HealthLedger: Sendable {
    private struct Key: Hashable {
        var channelID: String
        var day: LocalDay
    }

    /// The minute under way.
    private struct Minute {
        var day: LocalDay
        var number: Int
        var glances: [String: Glance] = [:]
    }

    /// What the looks of one minute saw of one channel.
    private struct Glance {
        /// The first reason for which its eyes were closed.
        var blindness: String?
        var lastFrameAt: Date?
        var latenessSeconds: Double?
    }

    /// Counters at the look before.
    private struct Counted {
        var skipped: [String: Int] = [:]
        var due = 0
        var analysed = 0
        var reconnects = 0
    }

    private let timeZone: TimeZone
    private var records: [Key: HealthDayRecord] = [:]
    private var changed: Set<Key> = []
    private var current: Minute?
    private var counted: [String: Counted] = [:]
    /// Minutes with open eyes since the program was started, by channel.
    package private(set) var openMinutes: [String: Int] = [:]

    /// - Parameter stored: the days that go on, as they were stored before.
    package init(timeZone: TimeZone, stored: [HealthDayRecord]) {
        self.timeZone = timeZone
        for record in stored { records[Key(channelID: record.channelID, day: record.day)] = record }
    }

    package mutating func look(_ statuses: [ChannelStatus], at now: Date) {
        let day = LocalDay(now, in: timeZone)
        let number = day.minute(of: now, in: timeZone)
        if current?.day != day || current?.number != number {
            closeMinute()
            current = Minute(day: day, number: number)
        }
        for status in statuses where !status.isAtRest {
            glance(at: status)
            count(status, day)
        }
    }

    /// Judges the minute under way now, at the end of the program.
    package mutating func closeMinute() {
        guard let minute = current else { return }
        current = nil
        let start = minute.day.start(in: timeZone).addingTimeInterval(Double(minute.number) * 60)
        for (channelID, glance) in minute.glances {
            let key = Key(channelID: channelID, day: minute.day)
            var record = records[key] ?? HealthDayRecord(channelID: channelID, day: minute.day)
            // Judged before a restart within the same minute.
            guard !record.watched.contains(minute.number) else { continue }
            record.watched.insert(minute.number)
            let isFresh = glance.lastFrameAt.map { $0 >= start } ?? false
            if glance.blindness == nil, isFresh {
                record.eyesOpen.insert(minute.number)
                openMinutes[channelID, default: 0] += 1
            } else {
                record.blindMinutes[glance.blindness ?? "no-frames", default: 0] += 1
            }
            if let lateness = glance.latenessSeconds, isFresh { record.lateness.add(seconds: lateness) }
            records[key] = record
            changed.insert(key)
        }
    }

    /// Today's records, by channel.
    package func records(of day: LocalDay) -> [String: HealthDayRecord] {
        var found: [String: HealthDayRecord] = [:]
        for (key, record) in records where key.day == day { found[key.channelID] = record }
        return found
    }

    /// The records that are not stored yet; `stored` says that they are.
    package func unstored() -> [HealthDayRecord] { changed.compactMap { records[$0] } }

    /// Forgets that those were changed, unless they changed again, and days that are over.
    package mutating func stored(_ days: [HealthDayRecord], today: LocalDay) {
        for day in days {
            let key = Key(channelID: day.channelID, day: day.day)
            if records[key] == day { changed.remove(key) }
        }
        for key in records.keys where key.day < today && !changed.contains(key) { records[key] = nil }
    }

    private mutating func glance(at status: ChannelStatus) {
        var glance = current?.glances[status.id] ?? Glance()
        if glance.blindness == nil { glance.blindness = status.blindness }
        glance.lastFrameAt = status.lastFrameAt
        if let seconds = status.latenessP99Seconds { glance.latenessSeconds = max(glance.latenessSeconds ?? 0, seconds) }
        current?.glances[status.id] = glance
    }

    private mutating func count(_ status: ChannelStatus, _ day: LocalDay) {
        let before = counted[status.id] ?? Counted()
        let now = Counted(
            skipped: status.skipped, due: status.counters.keyFramesDue, analysed: status.counters.keyFramesAnalysed,
            reconnects: status.reconnects)
        counted[status.id] = now
        func added(_ now: Int, _ before: Int) -> Int { now >= before ? now - before : now }
        let key = Key(channelID: status.id, day: day)
        var record = records[key] ?? HealthDayRecord(channelID: status.id, day: day)
        let old = record
        for (cause, frames) in now.skipped {
            let more = added(frames, before.skipped[cause] ?? 0)
            if more > 0 { record.skippedFrames[cause, default: 0] += more }
        }
        record.keyFramesDue += added(now.due, before.due)
        record.keyFramesAnalysed += added(now.analysed, before.analysed)
        record.reconnects += added(now.reconnects, before.reconnects)
        guard record != old else { return }
        records[key] = record
        changed.insert(key)
    }
}
