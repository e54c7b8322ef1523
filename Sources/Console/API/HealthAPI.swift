import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/health/days`: days of the channels' eyes; `/api/v1/faults`: work orders.
struct HealthAPI: Sendable {
    private struct Day: Encodable {
        var channelID: String
        var day: LocalDay
        var watchedMinutes: Int
        var eyesOpenMinutes: Int
        var blindMinutes: [String: Int]
        var skippedFrames: [String: Int]
        var keyFramesDue: Int
        var keyFramesAnalysed: Int
        var reconnects: Int
        var latenessP99Seconds: Double?

        init(_ record: HealthDayRecord) {
            channelID = record.channelID
            day = record.day
            watchedMinutes = record.watched.count
            eyesOpenMinutes = record.eyesOpen.count
            blindMinutes = record.blindMinutes
            skippedFrames = record.skippedFrames
            keyFramesDue = record.keyFramesDue
            keyFramesAnalysed = record.keyFramesAnalysed
            reconnects = record.reconnects
            latenessP99Seconds = record.latenessP99Seconds
        }

        static let header =
            "channel,day,watched_minutes,eyes_open_minutes,blind_minutes,skipped_frames,key_frames_due,key_frames_analysed,reconnects,lateness_p99_seconds"

        /// RFC 4180; the two tables are `code=count` with semicolons between.
        var line: String {
            func table(_ counts: [String: Int]) -> String {
                counts.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
            }
            return [
                channelID, "\(day)", "\(watchedMinutes)", "\(eyesOpenMinutes)", table(blindMinutes), table(skippedFrames),
                "\(keyFramesDue)", "\(keyFramesAnalysed)", "\(reconnects)",
                latenessP99Seconds.map { String(format: "%.3f", $0) } ?? "",
            ].map(Self.quoted).joined(separator: ",")
        }

        private static func quoted(_ field: String) -> String {
            guard field.contains(where: { ",\"\r\n".contains($0) }) else { return field }
            return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
        }
    }

    private struct Days: Encodable { var days: [Day] }
    private struct Faults: Encodable { var faults: [FaultRecord] }

    private struct Note: RequestFields {
        var text: String

        enum CodingKeys: String, CodingKey, CaseIterable { case text }
    }

    private static let usualDays = 14
    private static let longestDays = 400
    /// All channels over more days than this would be one answer of megabytes.
    private static let longestDaysOfAll = 92
    private static let faultLimit = 500

    let desk: HealthDesk
    let channels: ChannelDesk

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("health/days") { request, _ in try await days(request) }
        api.get("faults") { request, _ in
            let query = request.uri.queryParameters
            let filter = try HealthDesk.filter(
                state: query["state"].map(String.init), kind: query["kind"].map(String.init),
                channel: query["channel"].map(String.init))
            let before = try query["before"].map { (text) throws(Refusal) in
                guard let date = JSONAnswer.date(String(text)) else {
                    throw .invalid("before", zh: "before 须为 ISO 8601 时间。", en: "before is a time in ISO 8601.")
                }
                return date
            }
            let limit = query["limit"].flatMap { Int($0) } ?? 100
            guard (1...Self.faultLimit).contains(limit) else {
                throw Refusal.invalid(
                    "limit", zh: "limit 须为 1–\(Self.faultLimit)。", en: "limit is 1 to \(Self.faultLimit).")
            }
            return try await JSONAnswer.response(Faults(faults: desk.store.faults(filter, before: before, limit: limit)))
        }
        api.get("faults/:id") { _, context in try await JSONAnswer.response(desk.fault(context.parameters.require("id"))) }
    }

    /// For those who may edit channels.
    func addEditingRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("faults/:id/notes") { request, context in
            let note = try await Note.read(request, context)
            let fault = try await desk.note(
                context.parameters.require("id"), text: note.text, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(fault, status: .created)
        }
    }

    private func days(_ request: Request) async throws -> Response {
        let query = request.uri.queryParameters
        func day(_ name: String) throws(Refusal) -> LocalDay? {
            guard let text = query[Substring(name)] else { return nil }
            guard let day = LocalDay(String(text)) else {
                throw .invalid(name, zh: "\(name) 须为日期，如 2026-11-24。", en: "\(name) is a day such as 2026-11-24.")
            }
            return day
        }
        let last = try day("to") ?? desk.today
        let first = try day("from") ?? last.adding(days: 1 - Self.usualDays)
        let channelID = query["channel"].map(String.init)
        if let channelID { _ = try await channels.channel(channelID) }
        let limit = channelID == nil ? Self.longestDaysOfAll : Self.longestDays
        guard first <= last, first.adding(days: limit) > last else {
            throw Refusal.invalid(
                "from", zh: "from 不得晚于 to，且最多 \(limit) 天。", en: "from is not after to, and at most \(limit) days are given.")
        }
        let days = try await desk.days(first...last, channelID: channelID).map(Day.init)
        guard query["format"] == "csv" else { return try JSONAnswer.response(Days(days: days)) }
        let text = ([Day.header] + days.map(\.line)).joined(separator: "\r\n") + "\r\n"
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present",
                .contentDisposition: "attachment; filename=\"health-\(first)-\(last).csv\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
