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
    /// Asked once a second while data are waited for, on the thread that waits; false gives the operation up as timed out.
    public var whileWaiting: (@Sendable () -> Bool)?
    /// What a live stream may let gather before it is read on: a thread that is woken a few times a second instead of for
    /// every segment costs half as much. Zero reads each as it comes.
    public var gather: Duration

    public init(
        transport: RTSPTransport = .tcp, openTimeout: Duration = .seconds(10), readTimeout: Duration = .seconds(10),
        stop: StopFlag = StopFlag(), whileWaiting: (@Sendable () -> Bool)? = nil, gather: Duration = .zero
    ) {
        self.transport = transport
        self.openTimeout = openTimeout
        self.readTimeout = readTimeout
        self.stop = stop
        self.whileWaiting = whileWaiting
        self.gather = gather
    }
}
