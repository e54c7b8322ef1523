import Dispatch
import FFmpegIO
import FrameCore
import Synchronization

/// Keeps ninety cameras that come back at once from being opened in the same instant.
///
/// A place is held until the camera is open, or for a while only: a slow one goes on opening beside the next ones. Safe
/// from any thread; never call it from async code.
final class OpeningGate: Sendable {
    private let places: DispatchSemaphore
    private let hold: Duration

    init(places: Int, hold: Duration) {
        self.places = DispatchSemaphore(value: places)
        self.hold = hold
    }

    /// A place among those that open. Given back by `leave`, or by itself after a while.
    final class Place: Sendable {
        private let isLeft = Atomic(false)
        private let places: DispatchSemaphore

        fileprivate init(_ places: DispatchSemaphore) {
            self.places = places
        }

        func leave() {
            if !isLeft.exchange(true, ordering: .relaxed) { places.signal() }
        }
    }

    /// Waits for a place; nil when stopped.
    func enter(_ stop: StopFlag) -> Place? {
        while !stop.isStopped {
            guard places.wait(timeout: .now() + .milliseconds(100)) == .success else { continue }
            let place = Place(places)
            DispatchQueue.global().asyncAfter(deadline: .now() + hold.inSeconds) { place.leave() }
            return place
        }
        return nil
    }
}
