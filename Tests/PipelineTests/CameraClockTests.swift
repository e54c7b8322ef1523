import FrameCore
import Pipeline
import Testing

@Suite("A camera's clock is measured by the packets that came soonest")
struct CameraClockTests {
    /// A camera whose stamps run `ppm` too fast, 25 packets a second, each delayed by up to `jitter` seconds.
    private func clock(ppm: Double, jitter: Double, seconds: Int) -> CameraClock {
        var clock = CameraClock()
        var generator = SystemRandomNumberGenerator()
        for packet in 0..<seconds * 25 {
            let sent = Double(packet) / 25
            let received = sent + 0.02 + Double.random(in: 0...1, using: &generator) * jitter
            clock.add(time: FrameTime(seconds: sent * (1 + ppm / 1e6)), received: .seconds(received))
        }
        return clock
    }

    @Test("the drift of a fast and of a slow clock comes out within 20 ppm in spite of jitter", arguments: [-500.0, -50, 0, 200, 1000])
    func drift(ppm: Double) throws {
        let measured = try #require(clock(ppm: ppm, jitter: 0.08, seconds: 600).driftPPM)
        #expect(abs(measured - ppm) < 20, "\(measured)")
    }

    @Test("before two minutes nothing is said")
    func soon() {
        #expect(clock(ppm: 1000, jitter: 0, seconds: 110).driftPPM == nil)
    }

    @Test("a clock that runs wrong is blamed after five minutes, a right one never")
    func blame() {
        #expect(clock(ppm: 400, jitter: 0.08, seconds: 400).drifts(beyond: 200))
        #expect(clock(ppm: -400, jitter: 0.08, seconds: 400).drifts(beyond: 200))
        #expect(!clock(ppm: 400, jitter: 0.08, seconds: 290).drifts(beyond: 200))
        #expect(!clock(ppm: 100, jitter: 0.08, seconds: 600).drifts(beyond: 200))
    }

    @Test("a machine that falls behind by a quarter of a second, whenever, is no drift of the camera", arguments: [60, 150, 250, 350])
    func lateMachine(from second: Int) {
        var clock = CameraClock()
        var seen: Set<Bool> = []
        for packet in 0..<600 * 25 {
            let sent = Double(packet) / 25
            clock.add(time: FrameTime(seconds: sent), received: .seconds(sent + (sent > Double(second) ? 0.27 : 0.02)))
            seen.insert(clock.drifts(beyond: 200))
        }
        #expect(seen == [false])
    }

    @Test("the camera's own time is compared with this machine's, and both are forgotten at a break")
    func sender() {
        var clock = CameraClock()
        clock.add(sender: 1_700_000_007_500_000, received: 1_700_000_000_000_000)
        #expect(clock.senderOffset == 7.5)
        clock.breakOff()
        #expect(clock.senderOffset == nil)
    }
}
