import Casework
import FFmpegIO
import Foundation
import FrameCore

/// Reads the key frames of a channel's footage in the order of time, forwards or backwards, decoded on all cores.
///
/// Holds one batch of packets and pictures at a time, whatever the length of the footage. Used by one thread.
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

    /// A picture that is decoded by one thread and then looked at by another.
    ///
    /// SAFETY: @unchecked because each slot is written by the one thread that took its index and read after all have ended.
    private final class Slot: @unchecked Sendable {
        var packet: SharedPacket?
        var stream: VideoStream?
        var mark = Mark(time: .zero, piece: 0, seconds: 0, stamp: nil)
        var frame = Frame(size: PixelSize(width: 2, height: 2))
        var isGood = false
        var failure: AVError?
    }

    /// Backwards, so much is read forwards at a time.
    private static let windowSeconds = 120.0
    private static let slotsPerThread = 8

    let footage: PastFootage
    /// At least so much lies between two pictures.
    let step: Duration
    let isIdle: Bool
    let stop: StopFlag
    private let threads: Int
    private let decoders: KeyFrameDecoders
    private(set) var problems: [RunProblem] = []
    private(set) var decoded = 0

    init(_ footage: PastFootage, step: Duration, threads: Int, isIdle: Bool, stop: StopFlag) {
        self.footage = footage
        self.step = step
        self.threads = threads
        self.isIdle = isIdle
        self.stop = stop
        decoders = KeyFrameDecoders(limit: threads)
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
        } catch let error as AVError where error.code != .stopped {
            note(piece, "\(error)")
        } catch let error as AVError {
            _ = error
            throw PastSearchError.stopped
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
        let batch = threads * Self.slotsPerThread
        let slots = (0..<batch).map { _ in Slot() }
        var used = 0
        var reversed: [Slot] = []
        var last = -Double.infinity
        while let packet = try held.take() ?? demuxer.next()?.intoShared() {
            let seconds = base + clock.time(of: packet.dts ?? packet.pts).seconds
            if seconds >= to { break }
            guard packet.isKey, seconds >= from, seconds - last >= step.inSeconds - 0.05 else { continue }
            last = seconds
            let slot = isReversed ? Slot() : slots[used]
            slot.stream = demuxer.video
            slot.mark = Mark(time: piece.start + .seconds(seconds), piece: index, seconds: seconds, stamp: packet.pts ?? packet.dts)
            slot.packet = packet
            if isReversed {
                reversed.append(slot)
                continue
            }
            used += 1
            if used == batch {
                try show(slots[..<used], visit, progress)
                used = 0
            }
        }
        if isReversed {
            // The packets of a window are held, its pictures only batch by batch.
            var end = reversed.count
            while end > 0 {
                let begin = max(0, end - batch)
                try show(reversed[begin..<end].reversed()[...], visit, progress)
                reversed.removeSubrange(begin..<end)
                end = begin
            }
        } else {
            try show(slots[..<used], visit, progress)
        }
    }

    // MARK: Decoding

    private mutating func show(_ slots: ArraySlice<Slot>, _ visit: (Frame, Mark) -> Void, _ progress: (Double) -> Void) throws {
        guard !slots.isEmpty else { return }
        let work = Array(slots)
        let decoders = decoders
        let stop = stop
        IdleThreads.perform(work.count, threads: threads, isIdle: isIdle) { index in
            if stop.isStopped { return }
            Self.decode(work[index], with: decoders)
        }
        if stop.isStopped { throw PastSearchError.stopped }
        for slot in work {
            defer { slot.packet = nil }
            if let failure = slot.failure {
                note(footage.pieces[slot.mark.piece], "\(failure)")
                continue
            }
            guard slot.isGood else { continue }
            decoded += 1
            visit(slot.frame, slot.mark)
            progress(slot.mark.time.seconds)
        }
    }

    private static func decode(_ slot: Slot, with decoders: KeyFrameDecoders) {
        slot.isGood = false
        slot.failure = nil
        guard let packet = slot.packet, let stream = slot.stream else { return }
        do throws(AVError) {
            _ = try decoders.decode(packet, of: stream) { picture, scaler throws(AVError) in
                guard !picture.isCorrupt else { return }
                try scaler.scale(picture, time: slot.mark.time, into: &slot.frame)
                slot.isGood = true
            }
        } catch {
            // Damaged pictures are passed over as on patrol; anything else is told.
            if error.code != .invalidData, error.code != .noPicture { slot.failure = error }
        }
    }
}
