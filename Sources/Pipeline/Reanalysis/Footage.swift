import FFmpegIO
import FrameCore

/// One open file of a reel: packets out of it, each with its time on the reel.
///
/// A class because what it holds cannot be copied and is handed from function to function; owned by one thread.
final class Footage {
    /// Where in a file reading goes on.
    struct Place: Codable, Sendable {
        /// Packets before it.
        var packets = 0
        /// Of the packet there; nil where it has none, or at the beginning.
        var pts: FrameTime?
        var dts: FrameTime?
        /// The clock before that packet; nil at the beginning.
        var clock: StreamClock?
        /// The stream was another one further up.
        var followsChange = false
    }

    private var demuxer: Demuxer
    var session: StreamSession
    private var held: (packet: SharedPacket, time: FrameTime)?
    /// Of the packet given out last.
    private var place: Place
    private var packets: Int
    private var followsChange: Bool

    /// - Parameter start: where the file's first picture lies on the reel's time.
    init(_ path: String, start: FrameTime, attention: AttentionPolicy, from place: Place, stop: StopFlag) throws {
        let url = try MediaURL(path)
        var demuxer = try Demuxer(url, options: InputOptions(stop: stop))
        if place.packets > 0 {
            let isThere = try Self.seek(&demuxer, to: place)
            if !isThere {
                demuxer = try Demuxer(url, options: InputOptions(stop: stop))
                for _ in 0..<place.packets {
                    guard try demuxer.next() != nil else { throw FootageError.ends(path) }
                }
            }
        }
        session = StreamSession(demuxer.video, attention: attention, base: start, clock: place.clock)
        self.demuxer = demuxer
        self.place = place
        packets = place.packets
        followsChange = place.followsChange
    }

    var video: VideoStream { demuxer.video }
    var duration: Duration? { demuxer.duration }

    /// The next packet and its time; nil at the end.
    func next() throws -> (packet: SharedPacket, time: FrameTime)? {
        if let held {
            self.held = nil
            return held
        }
        guard let packet = try demuxer.next()?.intoShared() else { return nil }
        if packet.streamChanged { followsChange = true }
        place = Place(
            packets: packets, pts: packet.pts, dts: packet.dts, clock: packet.isKey ? session.clock : nil, followsChange: followsChange)
        packets += 1
        return (packet, session.time(of: packet))
    }

    /// Takes back what `next()` gave last.
    /// - Returns: where it lies. Good for key frames only, with which decoding can begin.
    func hold(_ packet: SharedPacket, at time: FrameTime) -> Place {
        held = (packet, time)
        return place
    }

    /// Goes there by the index, where the container has one that is exact; false where it leads elsewhere.
    ///
    /// Only MP4 keeps both times of every packet. Elsewhere libavformat guesses what is missing from what it read before, and
    /// another beginning would be another guess.
    private static func seek(_ demuxer: inout Demuxer, to place: Place) throws -> Bool {
        guard demuxer.container == "mp4", !place.followsChange, let pts = place.pts else { return false }
        try demuxer.seek(to: pts)
        guard let found = try demuxer.next(), found.isKey, found.pts == pts, found.dts == place.dts else { return false }
        // Once more, so that it is the next one.
        try demuxer.seek(to: pts)
        return true
    }
}

/// Why footage that was read before cannot be read again.
enum FootageError: Error, Sendable, CustomStringConvertible {
    case ends(String)

    var description: String {
        switch self {
        case .ends(let path): "\(path): ends before the place where its analysis was left"
        }
    }
}
