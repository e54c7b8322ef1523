/// Takes passwords, tokens and the like out of a text that may hold URLs.
enum Redaction {
    static let mask = "***"

    private static let secretNames = [
        "password", "passwd", "passwort", "pass", "pwd", "psw", "token", "secret", "signature", "sign", "sig", "auth", "authorization",
        "apikey", "api_key", "access_key", "accesskey", "key", "session", "sessionid", "credential", "txsecret", "auth_key",
    ]

    /// The text with `user:***@` in each URL and `name=***` for each secret parameter.
    static func scrub(_ text: String) -> String {
        scrubParameters(scrubUserInfo(text))
    }

    private static func scrubUserInfo(_ text: String) -> String {
        let marker = Array("://")
        let source = Array(text)
        var result: [Character] = []
        var index = 0
        while index < source.count {
            guard source[index...].starts(with: marker) else {
                result.append(source[index])
                index += 1
                continue
            }
            result += marker
            index += marker.count
            let authorityEnd = source[index...].firstIndex { "/?# \t\n\"'".contains($0) } ?? source.count
            // A password may itself hold '@': the host begins after the last one (as libavformat's av_url_split has it).
            guard let at = source[index..<authorityEnd].lastIndex(of: "@") else { continue }
            if let colon = source[index..<at].firstIndex(of: ":") {
                result += source[index...colon]
                result += mask
            } else {
                result += source[index..<at]
            }
            index = at
        }
        return String(result)
    }

    private static func scrubParameters(_ text: String) -> String {
        let source = Array(text)
        var result: [Character] = []
        var index = 0
        while index < source.count {
            result.append(source[index])
            defer { index += 1 }
            guard source[index] == "=", isSecret(nameBefore(index, in: source)) else { continue }
            let end = endOfValue(from: index + 1, in: source)
            if end > index + 1 { result += mask }
            index = end - 1
        }
        return String(result)
    }

    private static func isSecret(_ name: String) -> Bool {
        secretNames.contains { name == $0 || name.hasSuffix("_" + $0) || name.hasSuffix("-" + $0) || name.hasSuffix("." + $0) }
            || name.hasSuffix("token") || name.hasSuffix("secret") || name.hasSuffix("password")
    }

    private static func nameBefore(_ equals: Int, in source: [Character]) -> String {
        var start = equals
        while start > 0, source[start - 1].isLetter || source[start - 1].isNumber || "_-.".contains(source[start - 1]) {
            start -= 1
        }
        return String(source[start..<equals]).lowercased()
    }

    /// Some cameras write `/user=admin_password=secret_channel=1.sdp`: a value ends also where `_word=` begins.
    private static func endOfValue(from start: Int, in source: [Character]) -> Int {
        var end = start
        while end < source.count, !"&;?#/ \t\n\"'".contains(source[end]) {
            if source[end] == "_" {
                let word = source[(end + 1)...].prefix { $0.isLetter }
                if !word.isEmpty && word.endIndex < source.count && source[word.endIndex] == "=" { break }
            }
            end += 1
        }
        return end
    }
}
