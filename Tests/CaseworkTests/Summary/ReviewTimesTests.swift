import Casework
import Testing

@Suite("Review times")
struct ReviewTimesTests {
    @Test(
        "the median is the minute by which half were reviewed",
        arguments: [
            ([], nil), ([(7, 1)], 7), ([(1, 1), (9, 1)], 1), ([(1, 1), (9, 2)], 9), ([(1, 3), (9, 2), (1_440, 1)], 1),
            ([(0, 5), (30, 4)], 0),
        ] as [([(Int, Int)], Int?)])
    func median(_ minutes: [(Int, Int)], _ median: Int?) {
        #expect(ReviewTimes(minutes: minutes.map { (minutes: $0.0, cases: $0.1) }).medianMinutes == median)
    }

    @Test("the promise is kept below thirty minutes, not at thirty")
    func promise() {
        let times = ReviewTimes(minutes: [(29, 3), (30, 1)])
        #expect(times.withinPromise == 3 && times.withinPromisePart == 0.75)
        #expect(ReviewTimes(minutes: []).withinPromisePart == nil)
    }
}
