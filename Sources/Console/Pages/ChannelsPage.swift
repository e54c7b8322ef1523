import Pipeline

/// `/channels`: how every camera is doing.
struct ChannelsPage: Sendable {
    var tiles: [ChannelTile]
    /// Said on top of the page after a form was sent; in the store's words.
    var failure: String?
    /// Why the channels file on the disk is not in force.
    var fileProblem: String?
}

/// One channel as its tile shows it. Never holds the address with credentials.
struct ChannelTile: Sendable {
    var id: String
    var name: String
    var place: String
    /// Address without user, password and query.
    var source: String
    var enabled: Bool
    /// 0 while no zones are drawn.
    var zonesVersion: Int
    /// nil while the patrol does not know the channel.
    var status: ChannelStatus?
}
