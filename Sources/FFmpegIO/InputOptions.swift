/// How RTP travels from an RTSP server: interleaved in its own connection, or as datagrams beside it (RFC 2326 §10.12, §12.39).
public enum RTSPTransport: String, Sendable, Codable, CaseIterable {
    case tcp, udp
}

/// What an input may take its time over, and what ends it early.
public struct InputOptions: Sendable {
    /// Used by `rtsp://` only; `rtsps://` always travels over its own connection.
    public var transport: RTSPTransport
    /// The longest time from the first connection attempt until the stream's codec parameters are known.
    public var openTimeout: Duration
    /// The longest time `Demuxer.next()` waits for one video packet.
    public var readTimeout: Duration
    /// Ends whatever operation is under way.
    public var stop: StopFlag

    public init(
        transport: RTSPTransport = .tcp, openTimeout: Duration = .seconds(10), readTimeout: Duration = .seconds(10),
        stop: StopFlag = StopFlag()
    ) {
        self.transport = transport
        self.openTimeout = openTimeout
        self.readTimeout = readTimeout
        self.stop = stop
    }
}
