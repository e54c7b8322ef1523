public import Casework
import Foundation
import Yams

/// Texts, gateway and tries of the messages: `Config/notices.yaml`.
public struct NoticeSettings: Sendable, Hashable {
    /// How messages leave the house.
    public struct Gateway: Codable, Sendable, Hashable {
        public enum Kind: String, Codable, Sendable { case outbox, webhook }

        public var kind: Kind
        /// Of an outbox: below the store's folder unless it begins with `/`.
        public var folder: String?
        /// Of a webhook.
        public var url: String?
        /// Of a webhook: the file that holds the secret both sides sign with, below the store's folder unless it begins with
        /// `/`. Made on first use.
        public var secretFile: String?
        /// Of a webhook: how long one request may take.
        public var timeoutSeconds: Double?
        /// Media that it sends.
        public var media: [NoticeTemplate.Medium]

        private enum CodingKeys: String, CodingKey {
            case kind, folder, url, media
            case secretFile = "secret_file"
            case timeoutSeconds = "timeout_s"
        }
    }

    /// When a try is followed by another.
    public struct Retry: Codable, Sendable, Hashable {
        public var firstSeconds: Double
        public var longestSeconds: Double
        public var tries: Int

        public init(firstSeconds: Double, longestSeconds: Double, tries: Int) {
            self.firstSeconds = firstSeconds
            self.longestSeconds = longestSeconds
            self.tries = tries
        }

        private enum CodingKeys: String, CodingKey {
            case firstSeconds = "first_s"
            case longestSeconds = "longest_s"
            case tries
        }

        /// Seconds to wait after so many tries; nil when they are enough.
        public func wait(afterTries count: Int) -> Double? {
            guard count < tries else { return nil }
            return min(longestSeconds, firstSeconds * pow(2, Double(max(0, count - 1))))
        }
    }

    public var phone: String
    public var gateway: Gateway
    public var retry: Retry
    public var templates: NoticeTemplates

    /// The usual file of secrets of a webhook.
    public static let secretFile = "notices.secret"

    /// - Throws: `SettingsError` with file and line for what is unknown, missing or out of range.
    public static func read(path: String, violations: Set<String>) throws(SettingsError) -> NoticeSettings {
        try parse(StrictDocument.text(of: path), file: path, violations: violations)
    }

    /// - Parameter file: named in errors.
    public static func parse(_ text: String, file: String, violations: Set<String>) throws(SettingsError) -> NoticeSettings {
        let root = try StrictDocument.node(text, file: file)
        try StrictDocument.refuseUnknownKeys(root, known: ["phone", "gateway", "retry", "templates"], file: file)
        func part(_ name: String) throws(SettingsError) -> Node {
            guard let found = root.mapping?[Node(name)] else {
                throw SettingsError(file: file, line: root.mark?.line, reason: "“\(name)” is missing")
            }
            return found
        }
        func check(_ isRight: Bool, _ node: Node, _ reason: String) throws(SettingsError) {
            guard isRight else { throw SettingsError(file: file, line: node.mark?.line, reason: reason) }
        }
        let phoneNode = try part("phone")
        let phone = try StrictDocument.decode(String.self, phoneNode, file: file)
        try check(!phone.allSatisfy(\.isWhitespace) && phone.count <= 40, phoneNode, "phone is empty or too long")
        let gatewayNode = try part("gateway")
        let gateway = try StrictDocument.decodeStrictly(Gateway.self, gatewayNode, file: file)
        if let problem = gateway.problem { throw SettingsError(file: file, line: gatewayNode.mark?.line, reason: "gateway: \(problem)") }
        let retryNode = try part("retry")
        let retry = try StrictDocument.decodeStrictly(Retry.self, retryNode, file: file)
        try check(
            (1...3_600).contains(retry.firstSeconds) && (retry.firstSeconds...86_400).contains(retry.longestSeconds)
                && (1...100).contains(retry.tries), retryNode,
            "retry: first_s is 1 to 3600, longest_s from first_s to 86400, tries 1 to 100")
        let list = try part("templates")
        guard case .sequence(let nodes) = list, !nodes.isEmpty else {
            throw SettingsError(file: file, line: list.mark?.line, reason: "templates: expected a list of at least one")
        }
        var templates: [NoticeTemplate] = []
        for (index, node) in nodes.enumerated() {
            let template = try StrictDocument.decodeStrictly(NoticeTemplate.self, node, file: file)
            let place = "templates[\(index)] (\(template.id))"
            if let problem = NoticeTemplates.problems(of: template, violations: violations).first {
                throw SettingsError(file: file, line: node.mark?.line, reason: "\(place): \(problem)")
            }
            try check(!templates.contains { $0.id == template.id }, node, "\(place): the id stands twice")
            templates.append(template)
        }
        return NoticeSettings(phone: phone, gateway: gateway, retry: retry, templates: NoticeTemplates(templates))
    }
}

extension NoticeSettings.Gateway {
    private static let secureHosts = ["127.0.0.1", "localhost", "[::1]", "::1"]

    /// nil if all is well.
    var problem: String? {
        if media.isEmpty || media.contains(.paper) { return "media is a list of sms and voice; paper is handed over by people" }
        switch kind {
        case .outbox:
            guard let folder, !folder.isEmpty else { return "folder is missing" }
            return url == nil && secretFile == nil && timeoutSeconds == nil ? nil : "url, secret_file and timeout_s are of a webhook"
        case .webhook:
            guard let url, let parts = URLComponents(string: url), let host = parts.host, parts.user == nil, parts.password == nil
            else { return "url is missing, malformed or holds a password" }
            guard parts.scheme == "https" || (parts.scheme == "http" && Self.secureHosts.contains(host)) else {
                return "url must be https: messages hold telephone numbers"
            }
            guard (1...60).contains(timeoutSeconds ?? 10) else { return "timeout_s must be from 1 to 60" }
            return folder == nil ? nil : "folder is of an outbox"
        }
    }
}
