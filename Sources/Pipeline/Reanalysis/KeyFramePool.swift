import FFmpegIO
import Foundation
import FrameCore
import Synchronization

/// Threads that decode and scale key frames for whoever reads footage: the decoding is what an archive's analysis costs, 15 to
/// 20 ms of a core for a 1080p key frame against 0.4 ms for looking at it.
///
/// Key frames are decoded by themselves, so their order does not matter; who hands them in takes the pictures out in order.
/// How many may wait is the caller's affair. Safe from any thread.
final class KeyFramePool: Sendable {
    /// What became of a key frame.
    enum Picture: Sendable {
        case frame(Frame, sourceSize: PixelSize)
        /// It is damaged, or holds no picture.
        case damaged
        case failed(AVError)
    }

    /// A key frame on its way.
    final class Order: Sendable {
        private let picture = Mutex<Picture?>(nil)
        private let isDone = DispatchSemaphore(value: 0)
        fileprivate let packet: SharedPacket
        fileprivate let stream: VideoStream
        fileprivate let time: FrameTime

        fileprivate init(_ packet: SharedPacket, of stream: VideoStream, time: FrameTime) {
            self.packet = packet
            self.stream = stream
            self.time = time
        }

        fileprivate func finish(_ result: Picture) {
            picture.withLock { $0 = result }
            isDone.signal()
        }

        /// Waits for it; once only.
        func take() -> Picture {
            isDone.wait()
            return picture.withLock { $0.take() } ?? .damaged
        }
    }

    private struct Queue {
        var orders: [Order] = []
        var isClosed = false
    }

    private static let stackBytes = 1 << 20

    let threads: Int
    private let decoders: KeyFrameDecoders
    private let queue = Mutex(Queue())
    private let work = DispatchSemaphore(value: 0)

    /// - Parameter isIdle: whether the threads give way to everything else on the machine.
    init(threads: Int, isIdle: Bool = false) {
        self.threads = threads
        // Footage of several cameras at a time: each its own decoder.
        decoders = KeyFrameDecoders(limit: 2 * threads)
        for number in 0..<threads {
            let thread = Thread { [self] in
                if isIdle { IdleThreads.becomeIdle() }
                serve()
            }
            thread.name = "key-frames-\(number)"
            thread.stackSize = Self.stackBytes
            thread.start()
        }
    }

    /// The threads end when what was handed in is done.
    func close() {
        queue.withLock { $0.isClosed = true }
        for _ in 0..<threads { work.signal() }
    }

    /// - Parameter time: becomes the picture's.
    func decode(_ packet: SharedPacket, of stream: VideoStream, time: FrameTime) -> Order {
        let order = Order(packet, of: stream, time: time)
        queue.withLock { $0.orders.append(order) }
        work.signal()
        return order
    }

    private func serve() {
        while true {
            work.wait()
            let order: Order? = queue.withLock { $0.orders.isEmpty ? nil : $0.orders.removeFirst() }
            if let order {
                order.finish(picture(order))
            } else if queue.withLock({ $0.isClosed }) {
                return
            }
        }
    }

    private func picture(_ order: Order) -> Picture {
        var frame = Frame(size: PixelSize(width: 2, height: 2))
        var size = PixelSize(width: 0, height: 0)
        var isDamaged = false
        do throws(AVError) {
            let came = try decoders.decode(order.packet, of: order.stream, Scaler.quality(for: order.stream.size)) {
                picture, scaler throws(AVError) in
                isDamaged = picture.isCorrupt
                guard !isDamaged else { return }
                size = picture.size
                try scaler.scale(picture, time: order.time, into: &frame)
            }
            return came && !isDamaged ? .frame(frame, sourceSize: size) : .damaged
        } catch {
            return error.code == .invalidData || error.code == .noPicture ? .damaged : .failed(error)
        }
    }
}
