import Pipeline

/// `/channels/add`: an address is tried, then named and added.
struct ChannelAddPage: Sendable {
    enum Field: String, Sendable, Hashable, CaseIterable { case id, name, url, transport, place }

    var id = ""
    var name = ""
    var place = ""
    /// Given back to the form only if it holds no credentials.
    var url = ""
    var transport = "tcp"
    /// What the last try found.
    var probe: SourceProbe?
    /// Why the try or the adding failed; holds no credentials.
    var failure: String?
    /// What is wrong with a field, said beside it.
    var fieldFailures: [Field: String] = [:]
}
