import Foundation
import Testing

import Casework

@Suite("What starts and stops each clock")
struct ClockTableTests {
    private static func all(_ events: [CaseEvent], _ violation: String = "piled-goods") throws -> [CaseClock] {
        try DutyBench.clocks().clocks(of: DutyBench.record(violation), events: events)
    }

    private static func last(_ kind: CaseClock.Kind, _ events: [CaseEvent], _ violation: String = "piled-goods") throws -> CaseClock {
        try #require(all(events, violation).last { $0.kind == kind })
    }

    private static func after(_ minutes: Double) -> Date { DutyBench.start + minutes * 60 }

    @Test("a slip of the finger goes on with the same review; a case opened again has a new one")
    func review() throws {
        let undone = [
            DutyBench.sealed, try DutyBench.act(CaseAction(.falseAlarm, reason: "x"), 5), try DutyBench.act(CaseAction(.undo), 5.5),
        ]
        let same = try Self.last(.review, undone)
        #expect(same.isRunning && same.dueAt == Self.after(30))
        #expect(try Self.last(.limitation, undone).isRunning)
        let reopened = try undone.dropLast() + [DutyBench.act(CaseAction(.reopen, note: "n"), 600)]
        let new = try Self.last(.review, Array(reopened))
        #expect(new.isRunning && new.startedBy == "reopen" && new.dueAt == Self.after(630))
        #expect(try Self.all(Array(reopened)).count { $0.kind == .review } == 2)
    }

    @Test("late and in time are told apart, and the party's time is never a breach")
    func status() throws {
        let review = try Self.last(.review, [DutyBench.sealed])
        #expect(review.status(at: Self.after(30)) == .running && review.status(at: Self.after(30.1)) == .breached)
        #expect(try Self.last(.review, [DutyBench.sealed, DutyBench.act(CaseAction(.confirm), 31)]).status(at: Self.after(99)) == .late)
        #expect(try Self.last(.review, [DutyBench.sealed, DutyBench.act(CaseAction(.confirm), 29)]).status(at: Self.after(99)) == .met)
        let reminded = try Array(DutyBench.toSecondReview().prefix(3))
        #expect(try Self.last(.correction, reminded).status(at: Self.after(31)) == .over)
        #expect(try Self.last(.correction, DutyBench.toSecondReview()).status(at: Self.after(99)) == .met)
    }

    @Test("the re-check begins when the time to correct is over, and anew when another time is given")
    func recheck() throws {
        let looked = try Array(DutyBench.toSecondReview().prefix(4))
        let first = try Self.last(.recheck, looked)
        // 10:00 and two working hours.
        #expect(first.startedAt == Self.after(30) && first.dueAt == Self.after(150) && first.isRunning)
        let again = try looked + [DutyBench.act(CaseAction(.cannotSee, dueAt: Self.after(120)), 45)]
        let clocks = try Self.all(again).filter { $0.kind == .recheck }
        #expect(clocks.map(\.isRunning) == [false, true])
        #expect(clocks[0].stoppedBy == "cannot-see" && clocks[1].startedAt == Self.after(120))
        #expect(try Self.last(.correction, again).dueAt == Self.after(120))
    }

    @Test("second review, settlement and objection each run in their state and stop with its end")
    func people() throws {
        let second = try DutyBench.toSecondReview()
        #expect(try Self.last(.secondReview, second).isRunning)
        // One working day, the first not counted: the end of the 25th.
        #expect(try Self.last(.secondReview, second).dueAt == DutyBench.at("2026-11-26 00:00"))
        let disputed = try second + [DutyBench.act(CaseAction(.disagree, note: "n"), 50)]
        #expect(try !Self.last(.secondReview, disputed).isRunning && Self.last(.settlement, disputed).isRunning)
        let objected = try disputed + [DutyBench.act(CaseAction(.object, note: "n"), 60)]
        #expect(try !Self.last(.settlement, objected).isRunning)
        #expect(try Self.last(.objection, objected).dueAt == DutyBench.at("2026-12-02 00:00"))
        let upheld = try objected + [DutyBench.act(CaseAction(.uphold, note: "n"), 70)]
        #expect(try !Self.last(.objection, upheld).isRunning)
        let anew = try Self.last(.settlement, upheld)
        #expect(anew.isRunning && anew.startedBy == "uphold")
        let dropped = try upheld + [DutyBench.act(CaseAction(.drop, note: "n"), 80)]
        #expect(try Self.all(dropped).allSatisfy { !$0.isRunning })
    }

    @Test("the city's decision stops the ninety days and starts the seven working days of service")
    func service() throws {
        let handed = try DutyBench.toSecondReview() + [DutyBench.act(CaseAction(.agree), 50)]
        #expect(try Self.last(.decision, handed).isRunning)
        #expect(try !Self.all(handed).contains { $0.kind == .service })
        let decided = handed + [DutyBench.line("exchange-decided", 60 * 24)]
        #expect(try !Self.last(.decision, decided).isRunning)
        // From Wednesday the 25th: Thursday is the first, Friday the 4th of December the seventh.
        #expect(try Self.last(.service, decided).dueAt == DutyBench.at("2026-12-05 00:00"))
        let served = decided + [DutyBench.line("exchange-served", 60 * 48)]
        #expect(try Self.last(.service, served).status(at: .distantFuture) == .met)
        #expect(try Self.all(served + [DutyBench.line("exchange-decided", 60 * 49)]).count { $0.kind == .service } == 1)
    }

    @Test("the day that the paper names counts, not the day when it was entered")
    func enteredLater() throws {
        let handed = try DutyBench.toSecondReview() + [DutyBench.act(CaseAction(.agree), 50)]
        let detail = try CityAnswer(.decided, on: #require(LocalDay("2026-11-25")), note: "沪城罚〔2026〕1").detail()
        let decided = handed + [DutyBench.line("exchange-decided", 60 * 24 * 9, detail)]
        #expect(try Self.last(.decision, decided).stoppedAt == DutyBench.at("2026-11-25 12:00"))
        #expect(try Self.last(.service, decided).dueAt == DutyBench.at("2026-12-05 00:00"))
        #expect(CityAnswer.all(in: decided).map(\.step) == [.decided] && CityAnswer.next(after: CityAnswer.all(in: decided)) == .served)
        #expect(CityAnswer.all(in: [DutyBench.line("exchange-served", 1, detail)]).isEmpty)
    }

    @Test("an operator has two hours from the moment at which the notice went out, by the clock")
    func referral() throws {
        let transferred = [DutyBench.sealed, try DutyBench.act(CaseAction(.transfer, reason: "bike-operator"), 5)]
        let sending = try Self.last(.referralSending, transferred, "shared-bike-heap")
        #expect(sending.body == "bike-operator" && sending.isRunning)
        let sent = transferred + [DutyBench.line("referral-sent", 150, #"{"body":"bike-operator","note":""}"#)]
        let answer = try Self.last(.referralAnswer, sent, "shared-bike-heap")
        #expect(answer.dueAt == Self.after(270) && answer.isRunning)
        #expect(try !Self.last(.referralSending, sent, "shared-bike-heap").isRunning)
        let reopened = try sent + [DutyBench.act(CaseAction(.reopen, note: "n"), 200)]
        #expect(try Self.last(.referralAnswer, reopened, "shared-bike-heap").stoppedBy == "withdrawn")
    }

    @Test("times that go backwards in the log leave deadlines where their own lines put them")
    func backwards() throws {
        let events = [
            DutyBench.sealed, try DutyBench.act(CaseAction(.confirm), 70),
            try DutyBench.act(CaseAction(.remind, dueAt: Self.after(90)), 15),
        ]
        #expect(try Self.last(.review, events).status(at: Self.after(15)) == .late)
        let handling = try Self.last(.handling, events)
        #expect(handling.startedAt == Self.after(70) && handling.stoppedAt == Self.after(15) && handling.status(at: Self.after(15)) == .met)
    }
}
