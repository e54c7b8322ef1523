import FrameKernels
import Testing

@Suite("Rates of jumps equal their reference")
struct JumpRateTests {
    @Test("every rate, both ends of the range, and nothing outside of it", arguments: [1, 15, 16, 17, 33, 64, 65, 1000])
    func equality(count: Int) {
        var state: UInt64 = 5
        func random() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        for jump in [0, 40, 254, 255] as [UInt8] {
            let now = (0..<count).map { _ in random() }
            let before = now.map { $0 > 128 ? random() : $0 }
            let rates = (0..<count).map { _ in min(random(), 240) }
            var result = rates
            let range = count / 5..<count - count / 7
            JumpRate.update(now, previous: before, jump: jump, range: range, rates: &result)
            for i in 0..<count {
                let expected = Reference.jumpRate(rates[i], now: now[i], before: before[i], jump: jump)
                #expect(result[i] == (range.contains(i) ? expected : rates[i]))
            }
        }
    }

    @Test("what jumps always reaches 240, what never does falls to nothing")
    func ends() {
        var rates: [UInt8] = [0, 240]
        for step in 0..<100 {
            let isOdd = step % 2 == 1
            JumpRate.update([isOdd ? 200 : 0, 7], previous: [isOdd ? 0 : 200, 7], jump: 40, range: 0..<2, rates: &rates)
        }
        #expect(rates[0] >= 225 && rates[0] <= 240)
        #expect(rates[1] == 0)
    }
}
