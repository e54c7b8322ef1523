import Hummingbird

/// What is known of one request.
struct ConsoleContext: RequestContext {
    /// The largest body that is read; a zones document is the largest there is.
    static let bodyLimitBytes = 256 << 10

    var coreContext: CoreRequestContextStorage
    /// The client's address, for the access log and the log-in throttle.
    var address: String
    var language: Language
    /// nil while nobody is logged in.
    var visit: Visit?
    /// Of the browser that was shown a log-in form.
    var entryToken: SessionToken?
    /// The fields of a posted form; empty for other requests.
    var form: FormFields

    var maxUploadSize: Int { Self.bodyLimitBytes }

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? ""
        language = .zh
        visit = nil
        entryToken = nil
        form = FormFields()
    }

    /// The visit, where a route's group has let only logged-in users through.
    func requireVisit() throws(Refusal) -> Visit {
        guard let visit else { throw .loginNeeded }
        return visit
    }
}
