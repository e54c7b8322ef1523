/// `/search`: cases by number, place or shop.
struct SearchPage: Sendable {
    struct Channel: Sendable {
        var id: String
        var name: String
    }

    var text: String
    var rows: [CaseRow]
    /// Channels that were found by name.
    var channels: [Channel]
    /// Whether there may be more cases than are shown.
    var isFull: Bool
}
