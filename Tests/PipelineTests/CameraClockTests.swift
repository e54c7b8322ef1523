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

    @Test("the camera's own time is compared with this machine's, and both are forgotten at a break")
    func sender() {
        var clock = CameraClock()
        clock.add(sender: 1_700_000_007_500_000, received: 1_700_000_000_000_000)
        #expect(clock.senderOffset == 7.5)
        clock.breakOff()
        #expect(clock.senderOffset == nil)
    }
}
