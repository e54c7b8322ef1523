public import Casework
import Evidence
public import Foundation
import FoundationNetworking

/// Posts the log's lines to one address.
///
/// Headers: `X-Xunjie-Event` is the line's number; `X-Xunjie-Signature` is `t=<seconds since 1970>,v1=<hex>`, the HMAC-SHA256
/// (RFC 2104) with the shared secret of `<seconds>.<body>`. Any answer from 200 to 299 takes the line; redirects are not followed.
public struct WebhookReceiver: LogReceiver {
    /// Why a line was not taken; holds neither the secret nor the whole address.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        case answered(status: Int)
        case unreachable(reason: String)

        public var description: String {
            switch self {
            case .answered(let status): "answered with status \(status)"
            case .unreachable(let reason): "cannot be reached: \(reason)"
            }
        }
    }

    public let name: String
    public let startsAtEnd = true
    private let url: URL
    private let kinds: Set<String>
    private let includesPersonal: Bool
    private let seal: MessageSeal
    private let store: any CaseStore
    private let client: WebhookClient
    private let now: @Sendable () -> Date

    /// - Parameter folder: where a relative `secret_file` starts.
    /// - Throws: `EvidenceError` for a secret that others can read or that is none.
    public init(
        _ hook: ExchangeSettings.Webhook, folder: String, timeout: TimeInterval, store: any CaseStore, now: @escaping @Sendable () -> Date
    ) throws {
        guard let url = URL(string: hook.url) else {
            throw CatalogueError(catalogue: "exchange", problems: ["webhooks (\(hook.name)): its url is none"])
        }
        let path = hook.secretFile.hasPrefix("/") ? hook.secretFile : folder + "/" + hook.secretFile
        seal = MessageSeal(secret: try SecretFile.read(path))
        name = hook.name
        self.url = url
        kinds = Set(hook.kinds)
        includesPersonal = hook.includesPersonal ?? false
        self.store = store
        self.now = now
        client = WebhookClient(timeout: timeout)
    }

    public func wants(_ event: CaseEvent) -> Bool { kinds.isEmpty || kinds.contains(event.kind) }

    public func take(_ event: CaseEvent) async throws {
        let record = try await store.caseRecord(id: event.caseID)
        let body = try WebhookMessage(event, record, includesPersonal: includesPersonal).encoded()
        let seconds = Int64(now().timeIntervalSince1970)
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(String(event.sequence), forHTTPHeaderField: "X-Xunjie-Event")
        request.setValue(
            "t=\(seconds),v1=\(seal.hex(of: Array("\(seconds).".utf8) + body))", forHTTPHeaderField: "X-Xunjie-Signature")
        let status = try await client.status(of: request)
        guard (200...299).contains(status) else { throw Failure.answered(status: status) }
    }
}
