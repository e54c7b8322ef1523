import HTTPTypes

extension HTTPField.Name {
    static let csrfToken = named("X-CSRF-Token")
    static let fetchDestination = named("Sec-Fetch-Dest")
    static let fetchMode = named("Sec-Fetch-Mode")
    static let fetchSite = named("Sec-Fetch-Site")
    static let forwarded = named("Forwarded")
    static let forwardedFor = named("X-Forwarded-For")
    static let referrerPolicy = named("Referrer-Policy")
    static let permissionsPolicy = named("Permissions-Policy")
    static let frameOptions = named("X-Frame-Options")
    static let openerPolicy = named("Cross-Origin-Opener-Policy")
    static let robots = named("X-Robots-Tag")
    static let lastEventID = named("Last-Event-ID")
    static let reason = named("X-Reason")
    static let noticeSignature = named("X-Xunjie-Signature")
    static let noticeTimestamp = named("X-Xunjie-Timestamp")
    static let accelBuffering = named("X-Accel-Buffering")

    private static func named(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("“\(text)” is no header name") }
        return name
    }
}
