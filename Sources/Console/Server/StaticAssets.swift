import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// The scripts, styles and drawings, in memory. Pages ask for them with `?v=` and the version, so that browsers may keep them.
struct StaticAssets: Sendable {
    private struct Asset {
        var bytes: ByteBuffer
        var contentType: String
        var tag: String
    }

    private static let contentTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    private let assets: [String: Asset]
    /// Changes whenever one of them does.
    let version: String

    /// - Throws: `ConsoleError.damagedResource`.
    init(folder: URL) throws(ConsoleError) {
        var assets: [String: Asset] = [:]
        var hashes: [String] = []
        do {
            let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            for file in files.sorted(by: { $0.lastPathComponent < $1.lastPathComponent }) {
                guard let type = Self.contentTypes[file.pathExtension] else { continue }
                let data = try Data(contentsOf: file)
                let hash = ContentHash(of: [UInt8](data)).hex
                assets[file.lastPathComponent] = Asset(
                    bytes: ByteBuffer(bytes: data), contentType: type, tag: "\"\(hash.prefix(32))\"")
                hashes.append(file.lastPathComponent + hash)
            }
        } catch {
            throw ConsoleError.damagedResource(name: folder.path, reason: error.localizedDescription)
        }
        self.assets = assets
        version = String(ContentHash(of: Array(hashes.joined().utf8)).hex.prefix(12))
    }

    func response(to request: Request, name: String) throws(Refusal) -> Response {
        guard let asset = assets[name] else { throw .notFound }
        let isCurrent = request.uri.queryParameters["v"].map(String.init) == version
        var headers: HTTPFields = [
            .eTag: asset.tag, .cacheControl: isCurrent ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        if request.headers[.ifNoneMatch]?.contains(asset.tag) == true {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = asset.contentType
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
    }
}
