import Dispatch
import Synchronization

/// Decoders that many streams use in turn, each for one key frame.
///
/// A key frame is decoded by itself, so nothing is kept from one to the next of a stream; a decoder of its own for each of
/// ninety 1080p streams would hold 8 MB each all the time. Streams whose parameter sets are the same share. Safe from any
/// thread; the picture is decoded on the calling one.
public final class KeyFrameDecoders: Sendable {
    /// How long one waits for a decoder before it makes one beyond the limit: a slow neighbour must not blind anyone.
    private static let patience = DispatchTimeInterval.seconds(2)

    /// A decoder with what is made for pictures of its size.
    ///
    /// SAFETY: @unchecked because it is lent to one thread at a time, by `idle`, which holds it while nobody works with it.
    private final class Bench: @unchecked Sendable {
        let parameters: CodecParameters
        var decoder: Decoder
        var picture = DecodedFrame()
        var scaler = Scaler()

        init(_ stream: VideoStream) throws(AVError) {
            parameters = stream.parameters
            decoder = try Decoder(stream)
        }
    }

    private let limit: Int
    private let places: DispatchSemaphore
    private let idle = Mutex<[Bench]>([])

    /// - Parameter limit: pictures that are decoded at the same time, and decoders that are kept.
    public init(limit: Int) {
        precondition(limit > 0)
        self.limit = limit
        places = DispatchSemaphore(value: limit)
    }

    /// Decodes one key frame; false when it gave no picture.
    /// - Parameters:
    ///   - waits: for its turn; false for whoever is inside another call's `use` and would wait for itself.
    ///   - use: gets the picture, which is good until it returns, and a scaler for pictures like it.
    public func decode(
        _ packet: SharedPacket, of stream: VideoStream, _ quality: Decoder.Quality = .whole, waits: Bool = true,
        use: (borrowing DecodedFrame, inout Scaler) throws(AVError) -> Void
    ) throws(AVError) -> Bool {
        let hasPlace = waits && places.wait(timeout: .now() + Self.patience) == .success
        defer { if hasPlace { places.signal() } }
        let bench = try take(stream)
        defer { giveBack(bench) }
        guard try bench.decoder.decodeAlone(packet, quality, into: &bench.picture) else { return false }
        bench.picture.timeBase = stream.timeBase
        defer { bench.picture.clear() }
        try use(bench.picture, &bench.scaler)
        return true
    }

    private func take(_ stream: VideoStream) throws(AVError) -> Bench {
        let found: Bench? = idle.withLock { idle in
            // The last used is the warmest.
            guard let index = idle.lastIndex(where: { $0.parameters.decodesLike(stream.parameters) }) else { return nil }
            return idle.remove(at: index)
        }
        if let found { return found }
        return try Bench(stream)
    }

    private func giveBack(_ bench: Bench) {
        let surplus: Bench? = idle.withLock { idle in
            idle.append(bench)
            return idle.count > limit ? idle.removeFirst() : nil
        }
        _ = surplus
    }
}
