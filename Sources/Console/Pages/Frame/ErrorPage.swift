/// Any page that could not be shown.
struct ErrorPage: Sendable {
    /// HTTP status; 403, 404, 405, 413 and 429 have their own words, all others those of 500.
    var status: Int
    /// One more sentence for the reader, if there is one; no credentials, no internals.
    var detail: String?
}
