import Casework
import Foundation
import Pipeline
import Testing

@Suite("Work orders of troubles that last")
struct FaultWatchTests {
    private static let subject = FaultWatch.Subject(channelID: "c1", kind: .source)
    private static let lasting = Dictionary(
        uniqueKeysWithValues: FaultKind.allCases.map {
            ($0, HealthSettings.Lasting(opensAfterSeconds: 30, closesAfterSeconds: 20))
        })
    private static let start = Date(timeIntervalSince1970: 1_795_464_000)

    /// One letter a look, every five seconds: b bad, w well, ? unknown, - not watched. Answers what each look did:
    /// o opened, c closed, m changed, . nothing.
    private static func run(_ looks: String, open: [FaultRecord] = []) -> (answers: String, changes: [FaultWatch.Change]) {
        var watch = FaultWatch(lasting: lasting, open: open)
        var answers = ""
        var all: [FaultWatch.Change] = []
        for (place, look) in looks.enumerated() {
            var findings: [FaultWatch.Subject: FaultFinding] = [:]
            switch look {
            case "b": findings[subject] = .bad(reason: "source-silent")
            case "B": findings[subject] = .bad(reason: "source-refused")
            case "w": findings[subject] = .well
            case "?": findings[subject] = .unknown
            default: break
            }
            let changes = watch.look(findings, at: start + Double(place) * 5) { "id-\(place)" }
            all += changes
            switch changes.first {
            case nil: answers += "."
            case .opened: answers += "o"
            case .changed: answers += "m"
            case .closed: answers += "c"
            }
        }
        return (answers, all)
    }

    @Test(
        "opens when it has lasted, closes when all was well for a while, and never flaps",
        arguments: [
            // Lasted 30 s.
            ("bbbbbbbbb", "......o.."),
            // Too short.
            ("bbbbbwwwwwbb", "............"),
            // Closed after 20 s of being well.
            ("bbbbbbbwwwwww", "......o....c."),
            // Well for a moment is no end.
            ("bbbbbbbwwwbbwwwww", "......o.........c"),
            // A camera that comes and goes is one trouble, made at a moment when it is bad.
            ("bbwwbbwwbbwwbb", "........o....."),
            // What cannot be told keeps an order open, and keeps none from being made.
            ("bbbbbbb?????www", "......o........"), ("b?????b", "......o"),
            // Another reason is the same order with another word.
            ("bbbbbbbBBb", "......om.m"),
            // Nobody watches it any more: as if well.
            ("bbbbbbb------", "......o....c."),
            ("wwww????", "........"),
        ])
    func course(looks: String, expected: String) {
        #expect(Self.run(looks).answers == expected)
    }

    @Test("an order begins with the trouble and ends with the moment from which all was well")
    func times() throws {
        let changes = Self.run("wbbbbbbbbwwwww").changes
        let opened = try #require(changes.first?.fault)
        let closed = try #require(changes.last?.fault)
        #expect(opened.startedAt == Self.start + 5 && opened.endedAt == nil && opened.channelID == "c1" && opened.kind == .source)
        #expect(closed.id == opened.id && closed.endedAt == Self.start + 45)
    }

    @Test("what was open when the program ended goes on as the same order")
    func restart() {
        let open = FaultRecord(id: "old", channelID: "c1", kind: .source, reason: "source-silent", startedAt: Self.start - 3600)
        #expect(Self.run("bbbbbbbbbb", open: [open]).answers == "..........")
        let ended = Self.run("wwwww", open: [open])
        #expect(ended.answers == "....c" && ended.changes.last?.fault.id == "old")
        #expect(ended.changes.last?.fault.endedAt == Self.start)
    }

    @Test("a figure is written again when it has moved by a fifth, not with every look")
    func figures() {
        var watch = FaultWatch(lasting: Self.lasting, open: [])
        let subject = FaultWatch.Subject(channelID: "c1", kind: .gop)
        var changed: [Double?] = []
        for (place, figure) in [10.0, 10, 10, 10, 10, 10, 10, 11, 12, 13, 13].enumerated() {
            for change in watch.look(
                [subject: .bad(reason: "gop-too-long", figure: figure)], at: Self.start + Double(place) * 5, newID: { "i" })
            {
                changed.append(change.fault.figure)
            }
        }
        #expect(changed == [10, 13])
    }

    private static let limits = HealthSettings.Limits(diskFreeGigabytes: 2)

    private static func status(_ state: ChannelStatus.State, _ reason: String = "", _ change: (inout ChannelStatus) -> Void = { _ in })
        -> ChannelStatus
    {
        var status = ChannelStatus(id: "c1", state: state, reason: reason, since: start)
        status.canRecord = true
        change(&status)
        return status
    }

    private static let cases: [(ChannelStatus, FaultKind, FaultFinding)] = [
        (status(.patrolling), .view, .well), (status(.watching, "view-black"), .view, .bad(reason: "view-black")),
        (status(.warmingUp), .view, .unknown), (status(.backingOff, "source-refused"), .view, .unknown),
        (status(.backingOff, "source-refused"), .source, .bad(reason: "source-refused")),
        (status(.stopped, "zone “a” has no kind"), .source, .bad(reason: "zone “a” has no kind")),
        (status(.connecting), .source, .unknown), (status(.patrolling), .source, .well),
        (status(.stalled, "source-silent"), .stalled, .bad(reason: "source-silent")), (status(.backingOff, "x"), .stalled, .well),
        (status(.patrolling) { $0.canRecord = false }, .recording, .bad(reason: "cannot-record")),
        (status(.connecting) { $0.canRecord = false }, .recording, .unknown),
        (status(.patrolling) { ($0.gopSeconds, $0.notices) = (60, ["gop-too-long"]) }, .gop, .bad(reason: "gop-too-long", figure: 60)),
        (status(.patrolling) { $0.gopSeconds = 2 }, .gop, .well), (status(.patrolling), .gop, .unknown),
        (
            status(.patrolling) { ($0.clocks, $0.notices) = (.init(driftPPM: -900), ["clock-drift"]) }, .clock,
            .bad(reason: "clock-drift", figure: -900)
        ),
        (
            status(.patrolling) { ($0.clocks, $0.notices) = (.init(senderOffsetSeconds: -40, driftPPM: 3), ["clock-offset"]) }, .clock,
            .bad(reason: "clock-offset", figure: -40)
        ),
        (status(.patrolling) { $0.clocks = .init(senderOffsetSeconds: 0.4) }, .clock, .well),
        (status(.patrolling) { $0.restraint = "budget" }, .restraint, .bad(reason: "budget")),
    ]

    @Test("each state of a channel says what is wrong, what is well and what cannot be told", arguments: cases.indices)
    func findings(_ index: Int) {
        let (status, kind, expected) = Self.cases[index]
        #expect(FaultFinding.findings(of: status)[kind] == expected)
    }

    @Test("a paused channel and a file that is over have no faults")
    func atRest() {
        #expect(FaultFinding.findings(of: Self.status(.stopped)).isEmpty)
        #expect(FaultFinding.findings(of: Self.status(.stopped, ChannelStatus.Reason.fileOver)).isEmpty)
    }

    @Test("evidence that cannot be stored goes before a disk that is nearly full")
    func disk() {
        #expect(
            FaultFinding.disk(evidenceProblem: "full", freeGigabytes: 0, limits: Self.limits)
                == .bad(reason: "evidence-not-stored", figure: 0))
        #expect(FaultFinding.disk(evidenceProblem: nil, freeGigabytes: 1.5, limits: Self.limits) == .bad(reason: "disk-low", figure: 1.5))
        #expect(FaultFinding.disk(evidenceProblem: nil, freeGigabytes: 50, limits: Self.limits) == .well)
    }
}
