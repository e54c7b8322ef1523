import Foundation
import Pipeline
import Testing

@Suite("The life of a channel: what happens goes in, what is to be done comes out")
struct ChannelLifeTests {
    private let start = ContinuousClock.now

    private static let looked = ChannelLife.Event.looked(isLearning: false, isWatching: false, fault: "")
    private static let broke = ChannelLife.Event.broke(reason: "source-broke", cause: .passing)

    /// A life in the given state, reached by events at `start`.
    private func life(in state: ChannelStatus.State) -> ChannelLife {
        var life = ChannelLife()
        let events: [ChannelLife.Event] =
            switch state {
            case .connecting: [.begin]
            case .warmingUp: [.begin, .opened]
            case .patrolling: [.begin, .opened, Self.looked]
            case .watching: [.begin, .opened, .looked(isLearning: false, isWatching: true, fault: "")]
            case .stalled: [.begin, .opened, Self.looked]
            case .backingOff: [.begin, Self.broke]
            case .stopped: [.begin, .stop]
            }
        for event in events { _ = life.take(event, at: start) }
        if state == .stalled { _ = life.take(.tick, at: start + .seconds(5)) }
        return life
    }

    @Test("every state can be reached", arguments: ChannelStatus.State.allCases)
    func states(state: ChannelStatus.State) {
        #expect(life(in: state).state == state)
    }

    @Test(
        "every event leads each state where it should",
        arguments: [
            (ChannelLife.Event.begin, "connecting warming-up patrolling watching stalled connecting connecting"),
            (.opened, "warming-up warming-up patrolling watching stalled backing-off stopped"),
            (.packet, "connecting warming-up patrolling watching patrolling backing-off stopped"),
            (
                .looked(isLearning: true, isWatching: false, fault: ""),
                "connecting warming-up warming-up warming-up warming-up backing-off stopped"
            ),
            (
                .looked(isLearning: false, isWatching: false, fault: ""),
                "connecting patrolling patrolling patrolling patrolling backing-off stopped"
            ),
            (.looked(isLearning: false, isWatching: true, fault: ""), "connecting watching watching watching watching backing-off stopped"),
            (.tick, "connecting stalled stalled stalled stalled backing-off stopped"),
            (.broke(reason: "x", cause: .passing), "backing-off backing-off backing-off backing-off backing-off backing-off stopped"),
            (.over(reason: "file-over"), "stopped stopped stopped stopped stopped stopped stopped"),
            (.stop, "stopped stopped stopped stopped stopped stopped stopped"),
            (.noticed("clock-drift", seconds: nil), "connecting warming-up patrolling watching stalled backing-off stopped"),
        ])
    func table(event: ChannelLife.Event, expected: String) {
        let expected = expected.split(separator: " ").map(String.init)
        for (state, after) in zip(ChannelStatus.State.allCases, expected) {
            var life = life(in: state)
            // Six seconds later: long enough for silence, not for giving up.
            _ = life.take(event, at: start + .seconds(6))
            #expect(life.state.rawValue == after, "\(event) in \(state)")
        }
    }

    @Test("five seconds without a packet are a stall with its reason, fifteen a reason to begin anew; a packet ends it")
    func silence() {
        var life = life(in: .patrolling)
        _ = life.take(.packet, at: start)
        #expect(life.take(.tick, at: start + .seconds(4.9)) == .none)
        #expect(life.state == .patrolling)
        #expect(life.take(.tick, at: start + .seconds(5)) == .none)
        #expect(life.state == .stalled && life.reason == "source-silent")
        var other = life
        _ = other.take(.packet, at: start + .seconds(9))
        #expect(other.state == .patrolling && other.reason.isEmpty)
        #expect(life.take(.tick, at: start + .seconds(14.9)) == .none)
        #expect(life.take(.tick, at: start + .seconds(15)) == .giveUp)
        _ = life.take(.broke(reason: "anything", cause: .passing), at: start + .seconds(15))
        #expect(life.state == .backingOff && life.reason == "source-silent")
    }

    @Test("packets without a picture are blindness, and after a while a reason to begin anew")
    func blindness() {
        var life = life(in: .patrolling)
        for second in 1..<20 { #expect(life.take(.packet, at: start + .seconds(second)) == .none) }
        #expect(life.state == .patrolling)
        _ = life.take(.packet, at: start + .seconds(20))
        #expect(life.state == .stalled && life.reason == "source-no-picture")
        _ = life.take(.packet, at: start + .seconds(21))
        #expect(life.state == .stalled)
        #expect(life.take(.packet, at: start + .seconds(90)) == .giveUp)
        _ = life.take(Self.looked, at: start + .seconds(91))
        #expect(life.state == .patrolling && life.reason.isEmpty)
    }

    @Test("a camera with a key frame a minute is not called blind in between")
    func seldomKeyFrames() {
        var life = life(in: .warmingUp)
        _ = life.take(.noticed("gop-too-long", seconds: nil), at: start + .seconds(9))
        for second in 10..<60 { _ = life.take(.packet, at: start + .seconds(second)) }
        #expect(life.state == .warmingUp && life.reason == "gop-too-long")
    }

    @Test("the gravest reason is shown: the view's fault before a remark, the remark when that is over, and then none")
    func reasons() {
        var life = life(in: .patrolling)
        _ = life.take(.noticed("clock-jumped", seconds: 60), at: start)
        #expect(life.reason == "clock-jumped")
        _ = life.take(.looked(isLearning: false, isWatching: false, fault: "view-black"), at: start + .seconds(1))
        #expect(life.reason == "view-black")
        _ = life.take(Self.looked, at: start + .seconds(2))
        #expect(life.reason == "clock-jumped")
        _ = life.take(Self.looked, at: start + .seconds(18))
        _ = life.take(Self.looked, at: start + .seconds(36))
        _ = life.take(Self.looked, at: start + .seconds(54))
        _ = life.take(.packet, at: start + .seconds(60))
        #expect(life.reason.isEmpty)
        _ = life.take(.noticed("clock-drift", seconds: nil), at: start + .seconds(61))
        _ = life.take(.settled("clock-drift"), at: start + .seconds(62))
        #expect(life.reason.isEmpty)
    }

    @Test("a good stream that broke is tried at once; one that never comes doubles its wait to half a minute")
    func waits() {
        var life = life(in: .patrolling)
        #expect(life.take(Self.broke, at: start) == .wait(.seconds(1)))
        let waits = (0..<8).map { _ in life.take(Self.broke, at: start) }
        #expect(waits == [1, 2, 4, 8, 16, 30, 30, 30].map { .wait(.seconds($0)) })
    }

    @Test("a wrong password is tried ever more seldom, up to five minutes apart, and the wait says so by its reason")
    func needsPerson() {
        var life = life(in: .connecting)
        let refused = ChannelLife.Event.broke(reason: "source-unauthorized", cause: .needsPerson)
        let waits = (0..<6).map { _ in life.take(refused, at: start) }
        #expect(waits == [20, 40, 80, 160, 300, 300].map { .wait(.seconds($0)) })
        #expect(life.state == .backingOff && life.reason == "source-unauthorized")
        _ = life.take(.begin, at: start)
        #expect(life.state == .connecting && life.reason == "source-unauthorized")
    }

    @Test("jitter halves a wait at most, and may spread the first retry over its whole second")
    func jitter() {
        var life = life(in: .patrolling)
        #expect(life.take(Self.broke, at: start, random: 0) == .wait(.zero))
        #expect(life.take(Self.broke, at: start, random: 0) == .wait(.seconds(0.5)))
    }
}
