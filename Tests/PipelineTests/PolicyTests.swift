import FrameCore
import Pipeline
import Testing

@Suite("As little is decoded as the dwell allows")
struct AttentionPolicyTests {
    /// Feeds `seconds` of a stream of 25 frames a second with the given key-frame distance; counts what is decoded.
    private func decoded(dwell: Double, keyEvery: Int, seconds: Int, everyPacket: Bool = false, orders: AttentionPolicy.Orders = .init())
        -> (alone: Int, fed: Int, skipped: Int)
    {
        var policy = AttentionPolicy(dwell: .seconds(dwell), everyPacket: everyPacket)
        var counts = (alone: 0, fed: 0, skipped: 0)
        policy.orders = orders
        for frame in 0..<seconds * 25 {
            switch policy.action(for: FrameTime(seconds: Double(frame) / 25), isKey: frame % keyEvery == 0) {
            case .decodeAlone: counts.alone += 1
            case .feed: counts.fed += 1
            case .skip, .spare: counts.skipped += 1
            }
        }
        return counts
    }

    @Test("with a dwell of ten minutes key frames every two seconds are enough")
    func patrol() {
        let counts = decoded(dwell: 600, keyEvery: 50, seconds: 60)
        #expect(counts.alone == 30 && counts.fed == 0)
    }

    @Test("with a dwell of ten seconds they are not: everything is decoded from the second key frame on")
    func watch() {
        let counts = decoded(dwell: 10, keyEvery: 50, seconds: 60)
        // Before the second one it gives up waiting for it; the session then begins with the next key frame.
        #expect((58 * 25...59 * 25).contains(counts.fed))
    }

    @Test("a camera with a key frame every ten seconds is watched, not patrolled")
    func longGroups() {
        #expect(decoded(dwell: 600, keyEvery: 250, seconds: 60).fed > 45 * 25)
    }

    @Test("files are decoded from their first packet on")
    func files() {
        #expect(decoded(dwell: 600, keyEvery: 50, seconds: 10, everyPacket: true).fed == 250)
    }

    @Test("pictures are analysed a twentieth of the dwell apart, never closer than half a second")
    func interval() {
        for (dwell, perMinute) in [(10.0, 120), (30, 40), (600, 30)] {
            var policy = AttentionPolicy(dwell: .seconds(dwell), everyPacket: true)
            let count = (0..<1500).filter { policy.wantsAnalysis(at: FrameTime(seconds: Double($0) / 25)) }.count
            #expect(abs(count - perMinute) <= perMinute / 12 + 1, "\(dwell): \(count)")
        }
    }

    @Test("key frames that come more often than anyone needs to look are passed over")
    func manyKeyFrames() {
        #expect(decoded(dwell: 600, keyEvery: 12, seconds: 60).alone <= 42)
        #expect(decoded(dwell: 600, keyEvery: 25, seconds: 60).alone == 30)
    }

    @Test("a dwell of thirty seconds is patrolled at first, and watched while something is undecided")
    func undecided() {
        #expect(decoded(dwell: 30, keyEvery: 50, seconds: 60).fed == 0)
        #expect(decoded(dwell: 30, keyEvery: 50, seconds: 60, orders: .init(isUndecided: true)).fed > 55 * 25)
        #expect(decoded(dwell: 600, keyEvery: 50, seconds: 60, orders: .init(isUndecided: true)).fed == 0)
    }

    @Test("an operator's wish is watched, and half a second apart", arguments: [10.0, 600])
    func wish(dwell: Double) {
        #expect(decoded(dwell: dwell, keyEvery: 50, seconds: 60, orders: .init(isWished: true)).fed == 60 * 25)
        var policy = AttentionPolicy(dwell: .seconds(dwell))
        policy.orders.isWished = true
        #expect((0..<1500).count { policy.wantsAnalysis(at: FrameTime(seconds: Double($0) / 25)) } > 110)
    }

    @Test(
        "restraint goes before everything else",
        arguments: [(Restraint.patrolOnly, 30), (.everySecondKeyFrame, 15), (.everyFourthKeyFrame, 7)])
    func restraint(restraint: Restraint, looks: Int) {
        let counts = decoded(dwell: 10, keyEvery: 50, seconds: 60, orders: .init(isUndecided: true, isWished: true, restraint: restraint))
        #expect(counts.alone == looks && counts.fed == 0)
    }

    @Test("the distance of key frames is the middle one of the last: one odd picture is no new setting")
    func group() {
        var policy = AttentionPolicy(dwell: .seconds(600))
        for second in [0.0, 2, 4, 13, 15, 17] { _ = policy.action(for: FrameTime(seconds: second), isKey: true) }
        #expect(policy.groupOfPictures == .seconds(2))
        #expect(!policy.groupIsTooLong(at: FrameTime(seconds: 18)))
        #expect(policy.groupIsTooLong(at: FrameTime(seconds: 26)))
    }
}
