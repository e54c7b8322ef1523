import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// Cases of some days as the grid system's table, a page at a time: nothing but one page is held in memory.
struct GridExport: Sendable {
    enum Form: String, Sendable { case csv, json }

    private static let pageSize = 200

    let store: any CaseStore
    let grid: ShanghaiGrid
    /// Whoever still has to give a second opinion learns nothing here of the first one.
    let viewer: UserRecord
    let filter: CaseFilter
    /// From the first moment…
    let from: Date?
    /// … up to, without, the last.
    let to: Date?

    func response(_ form: Form) -> Response {
        var headers: HTTPFields = [.contentDisposition: "attachment; filename=\"shanghai-grid.\(form.rawValue)\""]
        // The body is written after the request's own bindings have ended.
        let access = RequestAccess.current
        headers[.contentType] = form == .csv ? "text/csv; charset=utf-8" : "application/json; charset=utf-8"
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                switch form {
                case .csv:
                    try await writer.write(ByteBuffer(string: CSVText.byteOrderMark + CSVText.line(ShanghaiGrid.columns)))
                    try await pages(access) { records in
                        try await writer.write(ByteBuffer(string: records.map { CSVText.line(grid.values(of: $0)) }.joined()))
                    }
                case .json:
                    try await writer.write(ByteBuffer(string: "["))
                    var separator = "\n"
                    try await pages(access) { records in
                        for record in records {
                            try await writer.write(ByteBuffer(string: separator + object(grid.values(of: record))))
                            separator = ",\n"
                        }
                    }
                    try await writer.write(ByteBuffer(string: "\n]\n"))
                }
                try await writer.finish(nil)
            })
    }

    /// Newest first.
    private func pages(_ access: RequestAccess, _ body: ([CaseRecord]) async throws -> Void) async throws {
        var cursor = to.map { CaseCursor(createdAt: $0, id: "") }
        while true {
            let page = try await RequestAccess.$current.withValue(access) {
                try await store.cases(filter, after: cursor, limit: Self.pageSize)
            }
            let inTime = page.cases.filter { record in from.map { record.createdAt >= $0 } ?? true }
            try await body(inTime.map { BlindReview.record($0, for: viewer) })
            guard let next = page.next, inTime.count == page.cases.count else { return }
            cursor = next
        }
    }

    /// The members in the order of the columns.
    private func object(_ values: [String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        func text(_ value: String) throws -> String { String(decoding: try encoder.encode(value), as: UTF8.self) }
        return "{" + (try zip(ShanghaiGrid.columns, values).map { try text($0) + ":" + text($1) }).joined(separator: ",") + "}"
    }
}
