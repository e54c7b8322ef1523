import FrameCore
import Pipeline
import Testing

@Suite("The stream's clock only moves forward")
struct StreamClockTests {
    private func times(_ stamps: [Double?], rate: Double? = 25) -> (seconds: [Double], clock: StreamClock) {
        var clock = StreamClock(frameRate: rate)
        let seconds = stamps.map { clock.time(of: $0.map(FrameTime.init(seconds:))).seconds }
        return (seconds, clock)
    }

    @Test("it begins at zero wherever the stamps begin")
    func origin() {
        #expect(times([95_443.7, 95_443.74, 95_443.78]).seconds == [0, 0.04, 0.08])
    }

    @Test("missing stamps go on at the stream's rate and are counted")
    func missing() {
        let (seconds, clock) = times([5, 5.1, nil, nil, 5.4])
        #expect(seconds == [0, 0.1, 0.2, 0.3, 0.4])
        #expect(clock.missing == 2)
        #expect(times([nil, nil, nil], rate: 10).seconds == [0.1, 0.2, 0.3])
    }

    @Test("a jump of an hour neither makes nor ends a dwell", arguments: [3600.0, -3600.0])
    func jump(by hour: Double) {
        let (seconds, clock) = times([7200, 7200.04, 7200.08 + hour, 7200.12 + hour])
        #expect(seconds == [0, 0.04, 0.08, 0.12])
        #expect(clock.jumps == 1)
    }

    @Test("stamps that wrap after 33 bits go on")
    func wrap() {
        let full = 8_589_934_592.0 / 90_000
        let (seconds, clock) = times([full - 0.08, full - 0.04, 0, 0.04])
        #expect(seconds.last.map { abs($0 - 0.12) < 1e-6 } == true)
        #expect(clock.jumps == 1)
    }

    @Test("a pause of some seconds is time that passed")
    func pause() {
        #expect(times([0, 0.04, 6]).seconds == [0, 0.04, 6])
    }
}
