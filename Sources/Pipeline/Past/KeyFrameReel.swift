import Casework
import FFmpegIO
import Foundation
import FrameCore

/// Reads the key frames of a channel's footage in the order of time, forwards or backwards, decoded on all cores.
///
/// Holds some pictures and, backwards, the packets of a window, whatever the length of the footage. Used by one thread.
struct KeyFrameReel {
    /// A key frame on the channel's clock.
    struct Mark {
        var time: FrameTime
        /// Index in the footage's pieces.
        var piece: Int
        /// From the file's first picture.
        var seconds: Double
        var stamp: FrameTime?
    }

    /// Backwards, so much is read forwards at a time.
    private static let windowSeconds = 120.0
    /// Pictures on their way, for each thread.
    private static let ordersPerThread = 6

    let footage: PastFootage
    /// At least so much lies between two pictures.
    let step: Duration
    let stop: StopFlag
    private let pool: KeyFramePool
    private var underWay: [(order: KeyFramePool.Order, mark: Mark)] = []
    private(set) var problems: [RunProblem] = []

    init(_ footage: PastFootage, step: Duration, pool: KeyFramePool, stop: StopFlag) {
        self.footage = footage
        self.step = step
        self.pool = pool
        self.stop = stop
        underWay.reserveCapacity(pool.threads * Self.ordersPerThread)
    }

    /// - Parameter visit: gets each picture, good until it returns, and its place.
    /// - Throws: `PastSearchError.stopped`.
    mutating func forwards(_ visit: (Frame, Mark) -> Void, progress: (Double) -> Void) throws {
        for index in footage.pieces.indices {
            try reading(index) { reel, piece throws in
                try reel.read(index, from: piece.from, to: piece.to, isReversed: false, visit, progress)
            }
        }
    }

    /// The same from the end. Files without time stamps are left out: they cannot be sought in.
    mutating func backwards(_ visit: (Frame, Mark) -> Void, progress: (Double) -> Void) throws {
        for index in footage.pieces.indices.reversed() {
            try reading(index) { reel, piece throws in
                guard piece.to.isFinite else { return }
                var end = piece.to
                while end > piece.from {
                    let begin = max(piece.from, end - Self.windowSeconds)
                    try reel.read(index, from: begin, to: end, isReversed: true, visit, progress)
                    end = begin
                }
            }
        }
    }

    // MARK: Reading

    /// What is wrong with one file does not end the search.
    private mutating func reading(_ index: Int, _ body: (inout KeyFrameReel, PastFootage.Piece) throws -> Void) throws {
        let piece = footage.pieces[index]
        do {
            try body(&self, piece)
        } catch {
            if stop.isStopped { throw PastSearchError.stopped }
            note(piece, "\(error)")
        }
    }

    private mutating func note(_ piece: PastFootage.Piece, _ reason: String) {
        guard !problems.contains(where: { $0.path == piece.input.path }) else { return }
        problems.append(RunProblem(path: piece.input.path, reason: reason, isLost: false))
    }

    private mutating func read(
        _ index: Int, from: Double, to: Double, isReversed: Bool, _ visit: (Frame, Mark) -> Void, _ progress: (Double) -> Void
    ) throws {
        let piece = footage.pieces[index]
        var demuxer = try Demuxer(try MediaURL(piece.input.path), options: InputOptions(stop: stop))
        guard let first = try demuxer.next()?.intoShared() else { return }
        let origin = first.pts ?? first.dts
        var held: SharedPacket? = first
        var clock = StreamClock(frameRate: demuxer.video.averageFrameRate)
        var base = 0.0
        if from > 0, let origin {
            try demuxer.seek(to: origin + .seconds(from))
            guard let sought = try demuxer.next()?.intoShared() else { return }
            base = ((sought.pts ?? sought.dts ?? origin) - origin).inSeconds
            held = sought
        }
        var window: [(packet: SharedPacket, stream: VideoStream, mark: Mark)] = []
        var last = -Double.infinity
        var failure: (any Error)?
        do {
            while let packet = try held.take() ?? demuxer.next()?.intoShared() {
                let seconds = base + clock.time(of: packet.dts ?? packet.pts).seconds
                if seconds >= to { break }
                guard packet.isKey, seconds >= from, seconds - last >= step.inSeconds - 0.05 else { continue }
                last = seconds
                let mark = Mark(time: piece.start + .seconds(seconds), piece: index, seconds: seconds, stamp: packet.pts ?? packet.dts)
                if isReversed {
                    window.append((packet, demuxer.video, mark))
                } else {
                    try handIn(packet, demuxer.video, mark, visit, progress)
                }
            }
        } catch {
            if stop.isStopped { throw error }
            failure = error
        }
        // What came before the damage counts, however many were still being decoded.
        for entry in window.reversed() { try handIn(entry.packet, entry.stream, entry.mark, visit, progress) }
        while !underWay.isEmpty { try takeOut(visit, progress) }
        if let failure { throw failure }
    }

    // MARK: Decoding

    private mutating func handIn(
        _ packet: SharedPacket, _ stream: VideoStream, _ mark: Mark, _ visit: (Frame, Mark) -> Void, _ progress: (Double) -> Void
    ) throws {
        if underWay.count >= pool.threads * Self.ordersPerThread { try takeOut(visit, progress) }
        underWay.append((pool.decode(packet, of: stream, time: mark.time), mark))
    }

    /// The first of those under way. Damaged pictures are passed over as on patrol; anything else is told.
    private mutating func takeOut(_ visit: (Frame, Mark) -> Void, _ progress: (Double) -> Void) throws {
        let (order, mark) = underWay.removeFirst()
        if stop.isStopped { throw PastSearchError.stopped }
        switch order.take() {
        case .frame(let frame, _): visit(frame, mark)
        case .damaged: break
        case .failed(let error): note(footage.pieces[mark.piece], "\(error)")
        }
        progress(mark.time.seconds)
    }
}
