import Foundation

extension NoticeSettings.Gateway {
    /// A path of the settings below the store's folder, unless it begins with `/`.
    func path(_ given: String, storeFolder: String) -> String { given.hasPrefix("/") ? given : storeFolder + "/" + given }
}

extension NoticeSettings {
    /// The secret shared with the gateway, made on first use.
    public func signature(storeFolder: String) throws(SettingsError) -> NoticeSignature {
        try NoticeSignature.loadOrCreate(
            at: gateway.path(gateway.secretFile ?? Self.secretFile, storeFolder: storeFolder))
    }

    /// The gateway that the settings name.
    public func makeGateway(storeFolder: String, signature: NoticeSignature) -> any NoticeGateway {
        if gateway.kind == .webhook, let url = gateway.url.flatMap(URL.init(string:)) {
            return WebhookGateway(url: url, signature: signature, timeoutSeconds: gateway.timeoutSeconds ?? 10)
        }
        return FileOutboxGateway(folder: gateway.path(gateway.folder ?? "outbox", storeFolder: storeFolder))
    }
}
