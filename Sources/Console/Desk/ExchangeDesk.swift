import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import NIOPosix
import Pipeline

/// What goes out to other systems and comes in from them, the same for pages and API.
struct ExchangeDesk: Sendable {
    private static let reasonLimit = 200
    private static let textLimit = 200

    let hands: ExchangeHands
    let store: any CaseStore
    let catalogue: ViolationCatalogue
    let feed: ConsoleFeed
    let timeZone: TimeZone
    let now: @Sendable () -> Date

    // MARK: Out

    /// The bundle of a case, streamed; the access log says why.
    func bundle(_ id: String, reason: String?, by visit: Visit, address: String) async throws -> Response {
        guard let exporter = hands.exporter else { throw Refusal.notFound }
        let reason = (reason ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard (2...Self.reasonLimit).contains(reason.count) else {
            throw Refusal.invalid(
                "reason", zh: "请填写导出事由（2–\(Self.reasonLimit) 字）。", en: "Say why it is exported, in 2 to \(Self.reasonLimit) characters.")
        }
        if let record = try await store.caseRecord(id: id), BlindReview.applies(to: record, for: visit.user) {
            throw Refusal(
                .forbidden, "blind-review", zh: "您尚未提出二审意见，不能导出本案。",
                en: "Give your second opinion first; the bundle holds what others said.")
        }
        let stream: CaseBundleStream
        do {
            stream = try await exporter.bundle(caseID: id, exporter: visit.user.id, reason: reason, at: now())
        } catch let error as EvidenceError {
            throw Refusal(
                .conflict, "package-broken", zh: "证据包无法读取，不能导出：\(error)", en: "The package cannot be read and was not exported: \(error)")
        }
        try await log("case-exported", "\(id) \(reason)", visit, address)
        return Response(
            status: .ok,
            headers: [.contentType: "application/x-tar", .contentDisposition: "attachment; filename=\"case-\(id).tar\""],
            body: ResponseBody { writer in
                while let piece = try await NIOThreadPool.singleton.runIfActive({ try stream.next() }) {
                    try await writer.write(ByteBuffer(bytes: piece))
                }
                try await writer.finish(nil)
            })
    }

    /// - Parameter query: `from` and `to` as days, both included; `state`, `violation`.
    func grid(_ form: GridExport.Form, _ query: FormFields, by visit: Visit, address: String) async throws -> Response {
        let from = try day(query, "from")
        let to = try day(query, "to")
        if let from, let to, from > to {
            throw Refusal.invalid("to", zh: "结束日期须不早于开始日期。", en: "The last day must not be before the first.")
        }
        var filter = CaseFilter(states: [])
        if let text = query.filled("state") {
            guard let state = CaseState(rawValue: text) else {
                throw Refusal.invalid("state", zh: "没有状态“\(text.prefix(40))”。", en: "There is no state “\(text.prefix(40))”.")
            }
            filter.states = [state]
        }
        filter.violation = query.filled("violation")
        let channels = try await store.channels().reduce(into: [:]) { $0[$1.id] = $1 }
        try await log("cases-exported", "\(from?.description ?? "…") \(to?.description ?? "…")", visit, address)
        return GridExport(
            store: store,
            grid: ShanghaiGrid(catalogue: catalogue, settings: hands.settings.grid, channels: channels, timeZone: timeZone),
            viewer: visit.user, filter: filter, from: from?.start(in: timeZone), to: to?.adding(days: 1).start(in: timeZone)
        ).response(form)
    }

    /// The three lists of codes side by side.
    func codes() -> String {
        CSVText.byteOrderMark + CSVText.line(["violation", "name_zh", "name_en", "A", "B", "C"])
            + CodeTable(catalogue).rows.map { row in
                CSVText.line(
                    [row.violation ?? "", row.name.zh, row.name.en]
                        + CodeTable.List.allCases.map { row.codes.of($0).joined(separator: " ") })
            }.joined()
    }

    private func day(_ query: FormFields, _ name: String) throws(Refusal) -> LocalDay? {
        guard let text = query.filled(name) else { return nil }
        guard let day = LocalDay(text) else {
            throw .invalid(name, zh: "日期须写作 2026-11-24。", en: "A day is written as 2026-11-24.")
        }
        return day
    }

    // MARK: In

    struct External: Sendable {
        var source: String
        var id: String
        var code: String
        var list: String?
        var at: Date
        var latitude: Double?
        var longitude: Double?
        var channel: String?
        var grid: String?
        var place: String?
        var picture: [UInt8]?
    }

    /// - Throws: `Refusal` that names the field.
    func add(_ given: External) async throws -> (record: ExternalRecord, isNew: Bool) {
        for (field, text) in [("source", given.source), ("id", given.id)] where !Self.isName(text) {
            throw Refusal.invalid(field, zh: "\(field) 须为 1–64 位字母、数字或 . _ - :。", en: "\(field) has 1 to 64 letters, digits or . _ - :.")
        }
        for (field, text) in [("place", given.place), ("grid", given.grid), ("channel", given.channel)]
        where (text ?? "").count > Self.textLimit {
            throw Refusal.invalid(field, zh: "\(field) 过长。", en: "\(field) is too long.")
        }
        let list = given.list.map { CodeTable.List(rawValue: $0.lowercased()) }
        guard list != .some(nil), let row = CodeTable(catalogue).row(code: given.code, list: list ?? nil) else {
            throw Refusal.invalid(
                "code", zh: "代码表中没有“\(given.code.prefix(20))”；04-05 这样的代码须注明 list（b 或 c）。",
                en: "No code table holds “\(given.code.prefix(20))”; codes like 04-05 need “list”, b or c.")
        }
        if let latitude = given.latitude, !(-90...90).contains(latitude) {
            throw Refusal.invalid("latitude", zh: "纬度不对。", en: "This is no latitude.")
        }
        if let longitude = given.longitude, !(-180...180).contains(longitude) {
            throw Refusal.invalid("longitude", zh: "经度不对。", en: "This is no longitude.")
        }
        guard (given.latitude == nil) == (given.longitude == nil),
            given.latitude != nil || given.channel?.isEmpty == false || given.grid?.isEmpty == false
        else {
            throw Refusal.invalid(
                "place", zh: "须给出经纬度、通道或网格之一。", en: "Give both coordinates, a channel or a grid.")
        }
        guard given.at <= now().addingTimeInterval(3600) else {
            throw Refusal.invalid("at", zh: "时间在未来。", en: "The time lies in the future.")
        }
        if let channel = given.channel, try await store.channel(id: channel) == nil {
            throw Refusal.invalid("channel", zh: "没有通道“\(channel)”。", en: "There is no channel “\(channel)”.")
        }
        let finding = ExternalFinding(
            source: given.source, id: given.id, code: given.code, violation: row.violation, at: given.at, latitude: given.latitude,
            longitude: given.longitude, channelID: given.channel, grid: given.grid, place: given.place ?? "",
            pictureSHA256: try await keep(given.picture))
        let added = try await store.addExternal(finding, match: hands.settings.external.match, at: now())
        if added.isNew, let caseID = added.record.duplicateOfCase { feed.publish(.caseChanged(id: caseID)) }
        return added
    }

    private func keep(_ picture: [UInt8]?) async throws -> String? {
        guard let picture else { return nil }
        guard picture.count <= hands.settings.external.pictureLimitKilobytes << 10 else { throw Refusal.tooLarge }
        let folder = hands.storeFolder
        guard let hash = try await NIOThreadPool.singleton.runIfActive({ try ExternalPictures.keep(picture, root: folder) }) else {
            throw Refusal.invalid("picture", zh: "图片不是有效的 JPEG。", en: "The picture is no JPEG that can be used.")
        }
        return hash.hex
    }

    func picture(_ text: String) async throws -> [UInt8] {
        guard let hash = ContentHash(hex: text) else { throw Refusal.notFound }
        let folder = hands.storeFolder
        guard let bytes = try await NIOThreadPool.singleton.runIfActive({ ExternalPictures.picture(hash, root: folder) }) else {
            throw Refusal.notFound
        }
        return bytes
    }

    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || "._-:".utf8.contains(byte)
            }
    }

    func log(_ action: String, _ subject: String, _ visit: Visit, _ address: String) async throws {
        try await store.appendAccess(AccessRecord(at: now(), userID: visit.user.id, action: action, subject: subject, address: address))
    }
}
