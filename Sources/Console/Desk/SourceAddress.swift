import Foundation

/// A channel's address as it may be shown, and which addresses may be added.
enum SourceAddress {
    private static let networkSchemes: Set<String> = ["rtsp", "rtsps", "rtmp", "rtmps", "http", "https", "srt", "udp", "rtp"]
    private static let limit = 2_000

    /// Scheme, host and path: no user, no password, no query, and nothing of a path that holds `name=value`.
    ///
    /// Of a file only the name. Whatever does not look like an address is not shown at all.
    static func redacted(_ url: String) -> String {
        guard let marker = url.range(of: "://") else {
            return url.contains("@") ? "…" : (url.split(separator: "/").last.map(String.init) ?? "…")
        }
        let scheme = url[..<marker.lowerBound].lowercased()
        guard !scheme.isEmpty, scheme.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) }) else { return "…" }
        let rest = url[marker.upperBound...].prefix { !"?#".contains($0) }
        if scheme == "file" { return rest.split(separator: "/").last.map(String.init) ?? "…" }
        // A password may hold “/” and “@”: what stands before the last “@” is never shown.
        let shown = rest.lastIndex(of: "@").map { rest[rest.index(after: $0)...] } ?? rest
        let parts = shown.split(separator: "/", omittingEmptySubsequences: false)
        let path = parts.dropFirst().prefix { !$0.contains("=") && !$0.contains("%3D") && !$0.contains("%3d") }
        let isCut = path.count < parts.count - 1
        return scheme + "://" + ([parts.first ?? ""] + path + (isCut ? ["…"] : [])).joined(separator: "/")
    }

    /// Whether the address holds anything that `redacted` would take away.
    static func isHarmless(_ url: String) -> Bool { redacted(url) == url }

    /// The address without blanks around it.
    /// - Throws: `Refusal` that names the field and never repeats what was given.
    static func checked(_ text: String, field: String, allowsLocalFiles: Bool) throws(Refusal) -> String {
        let url = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !url.isEmpty else { throw .invalid(field, zh: "请填写视频源地址。", en: "The address is missing.") }
        guard url.utf8.count <= limit, !url.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw .invalid(
                field, zh: "地址过长或含有控制字符。", en: "The address is too long or holds control characters.")
        }
        guard let marker = url.range(of: "://") else {
            guard allowsLocalFiles else { throw needsScheme(field) }
            return url
        }
        let scheme = url[..<marker.lowerBound].lowercased()
        guard networkSchemes.contains(scheme) || (allowsLocalFiles && scheme == "file") else { throw needsScheme(field) }
        guard scheme == "file" || !url[marker.upperBound...].isEmpty else {
            throw .invalid(field, zh: "地址缺少主机名。", en: "The address has no host.")
        }
        return url
    }

    private static func needsScheme(_ field: String) -> Refusal {
        .invalid(
            field, zh: "地址须以 rtsp://、rtsps://、rtmp://、http:// 或 https:// 开头。",
            en: "The address must begin with rtsp://, rtsps://, rtmp://, http:// or https://.")
    }
}
