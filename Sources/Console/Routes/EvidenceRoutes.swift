import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// `/evidence/{case}/{file}`: the files of sealed packages, each look logged.
struct EvidenceRoutes: Sendable {
    private static let contentTypes = [
        "jpg": "image/jpeg", "mp4": "video/mp4", "json": "application/json; charset=utf-8",
    ]

    let desk: CaseDesk
    let listing: CaseListing
    let files = FileIO()

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("evidence/:case/:file") { request, context in try await file(request, context) }
    }

    private func file(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let record = try await desk.record(context.parameters.require("case"))
        let name = try context.parameters.require("file")
        guard let file = try await desk.evidence.file(name, of: record) else { throw Refusal.notFound }
        let tag = "\"\(file.entry?.sha256.hex ?? record.manifestSHA256)\""
        // Kept by the browser, but asked for each time, so that each look is in the log.
        var headers: HTTPFields = [.eTag: tag, .cacheControl: "private, no-cache", .acceptRanges: "bytes"]
        let asked = request.headers[.ifRange].map { $0 == tag } ?? true ? request.headers[.range] : nil
        let range = ByteRange(header: asked, size: file.size)
        try await listing.logFile(name, of: record, context)
        if request.headers[.ifNoneMatch]?.contains(tag) == true { return Response(status: .notModified, headers: headers) }
        headers[.contentType] = Self.contentTypes[name.split(separator: ".").last.map(String.init) ?? ""] ?? "application/octet-stream"
        switch range {
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(file.size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        case .whole:
            return try await Response(status: .ok, headers: headers, body: files.loadFile(path: file.path, context: context))
        case .part(let bytes):
            headers[.contentRange] = "bytes \(bytes.lowerBound)-\(bytes.upperBound)/\(file.size)"
            return try await Response(
                status: .partialContent, headers: headers,
                body: files.loadFile(path: file.path, range: bytes, context: context))
        }
    }
}
