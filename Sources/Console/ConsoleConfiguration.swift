public import Foundation

/// How the console is reached and how long it trusts a browser.
public struct ConsoleConfiguration: Sendable {
    /// The address to listen on. Everything but loopback should be behind TLS, with `secureCookies`.
    public var host: String
    /// 0 lets the system choose.
    public var port: Int
    /// Shown in the head of every page, such as the street's name; may be empty.
    public var siteName: String
    /// Sends the session cookie over TLS only; needs a proxy in front that ends TLS.
    public var secureCookies: Bool
    /// How long a log-in lasts: by default one shift.
    public var sessionLifetime: Duration
    /// What a new password's hash costs, and a refused log-in too.
    public var passwordCost: PasswordHash.Cost
    /// In which times are shown.
    public var timeZone: TimeZone
    /// Whether the client's address is the last one in `X-Forwarded-For`: only behind a proxy that sets it.
    public var trustsForwardedAddress: Bool
    /// Origins that may send changes beside the one that a request names as its host, such as `https://patrol.example`.
    public var allowedOrigins: [String]
    /// Whether a channel's address may be a file of this machine; otherwise only network addresses can be added here.
    public var allowsLocalFiles: Bool
    /// How often a silent event stream says that it is there.
    public var heartbeat: Duration
    /// After this long without a byte a connection is closed whose request is not complete; streams and downloads go on.
    public var idleTimeout: Duration
    /// Opens `/metrics` from other machines; nil for this machine alone.
    public var metricsToken: MetricsToken?

    public init(
        host: String = "127.0.0.1", port: Int = 8080, siteName: String = "", secureCookies: Bool = false,
        sessionLifetime: Duration = .seconds(12 * 3600), passwordCost: PasswordHash.Cost = .standard,
        timeZone: TimeZone = TimeZone(identifier: "Asia/Shanghai") ?? .current, trustsForwardedAddress: Bool = false,
        allowedOrigins: [String] = [], allowsLocalFiles: Bool = false, heartbeat: Duration = .seconds(15),
        idleTimeout: Duration = .seconds(60), metricsToken: MetricsToken? = nil
    ) {
        self.host = host
        self.port = port
        self.siteName = siteName
        self.secureCookies = secureCookies
        self.sessionLifetime = sessionLifetime
        self.passwordCost = passwordCost
        self.timeZone = timeZone
        self.trustsForwardedAddress = trustsForwardedAddress
        self.allowedOrigins = allowedOrigins
        self.allowsLocalFiles = allowsLocalFiles
        self.heartbeat = heartbeat
        self.idleTimeout = idleTimeout
        self.metricsToken = metricsToken
    }
}
