import Foundation
import Pipeline
import SceneAnalysis
import Testing

@Suite("View faults are scored by kind and start")
struct ViewFaultScoreTests {
    private func span(_ kind: ViewFault, _ from: Double, _ to: Double) -> ViewFaultSpan {
        ViewFaultSpan(kind: kind, fromSeconds: from, toSeconds: to)
    }

    private let frozen = [GroundTruth.LabelledFault(kind: "frozen", fromSeconds: 60, toSeconds: 72)]

    @Test("named in time, late, in pieces, under another name, out of nothing")
    func table() {
        let cases: [([ViewFaultSpan], named: Int, invented: Int)] = [
            ([], 0, 0),
            ([span(.frozen, 62.9, 70)], 1, 0),
            ([span(.frozen, 57.1, 75)], 1, 0),
            ([span(.frozen, 64, 72)], 0, 0),
            ([span(.frozen, 61, 64), span(.frozen, 65, 72)], 1, 0),
            ([span(.black, 60, 72)], 0, 1),
            ([span(.frozen, 60, 72), span(.frozen, 90, 95)], 1, 1),
        ]
        for (spans, named, invented) in cases {
            let score = ViewFaultScore.of(frozen, spans)
            #expect(score.named == named && score.invented == invented && score.labelled == 1, "\(spans)")
        }
    }

    @Test("one fault names one label; sums add up")
    func sums() {
        let two = frozen + [GroundTruth.LabelledFault(kind: "frozen", fromSeconds: 61, toSeconds: 70)]
        let score = ViewFaultScore.of(two, [span(.frozen, 60.5, 72)])
        #expect(score.named == 1 && score.recall == 0.5)
        let total = ViewFaultScore.total([score, ViewFaultScore.of([], [span(.black, 1, 2)])])
        #expect(total.labelled == 2 && total.named == 1 && total.invented == 1)
        #expect(ViewFaultScore.of([], []).recall == nil)
    }
}
