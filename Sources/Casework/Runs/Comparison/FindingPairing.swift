import Foundation

/// One channel's findings of both sides, paired.
struct FindingPairing {
    private let before: [ComparedFinding]
    private let after: [ComparedFinding]
    private let tolerance: RunComparison.Tolerance
    /// before → after.
    private var pairs: [Int: Int] = [:]

    init(_ before: [ComparedFinding], _ after: [ComparedFinding], _ tolerance: RunComparison.Tolerance) {
        // Neither the order of the lists nor which is called “before” may decide who is left over.
        self.before = before.sorted { $0.key < $1.key }
        self.after = after.sorted { $0.key < $1.key }
        self.tolerance = tolerance
        if self.after.lexicographicallyPrecedes(self.before, by: { $0.key < $1.key }) {
            let turned = Self.pair(self.after, self.before, tolerance)
            pairs = Dictionary(uniqueKeysWithValues: turned.map { ($0.value, $0.key) })
        } else {
            pairs = Self.pair(self.before, self.after, tolerance)
        }
    }

    /// - Parameters:
    ///   - before, after: what the sides could have found; nil for everything.
    func entries(before beforeCoverage: RunCoverage?, after afterCoverage: RunCoverage?) -> [RunComparison.Entry] {
        var entries: [RunComparison.Entry] = []
        let partners = Dictionary(uniqueKeysWithValues: pairs.map { ($0.value, $0.key) })
        for (index, one) in before.enumerated() {
            if let partner = pairs[index] {
                let other = after[partner]
                let difference = one.distance(to: other)
                let change: RunComparison.Change =
                    one.violation != other.violation
                    ? .renamed : (difference ?? 0) > tolerance.movedSeconds ? .moved : .kept
                entries.append(.init(change: change, before: one, after: other, differenceS: difference.map(Self.thousandths)))
            } else {
                let host = after.indices.first { partners[$0] != nil && Self.mayMatch(one, after[$0], tolerance) }
                let isSeen = afterCoverage?.covers(one) ?? true
                entries.append(
                    .init(change: isSeen ? .lost : .uncovered, before: one, partOf: host.flatMap { partners[$0] }.map { before[$0].id }))
            }
        }
        for (index, other) in after.enumerated() where partners[index] == nil {
            let host = before.indices.first { pairs[$0] != nil && Self.mayMatch(before[$0], other, tolerance) }
            let isSeen = beforeCoverage?.covers(other) ?? true
            entries.append(
                .init(change: isSeen ? .gained : .uncovered, after: other, partOf: host.flatMap { pairs[$0] }.map { after[$0].id }))
        }
        return entries
    }

    /// Those of the same violation first; then what is left over, whatever it is called.
    private static func pair(
        _ left: [ComparedFinding], _ right: [ComparedFinding], _ tolerance: RunComparison.Tolerance
    ) -> [Int: Int] {
        let candidates = left.map { one in right.indices.filter { mayMatch(one, right[$0], tolerance) } }
        let named = PlaceMatch.pairs(
            left.indices.map { index in
                ranked(candidates[index].filter { right[$0].violation == left[index].violation }, left[index], right)
            })
        let taken = Set(named.values)
        let renamed = PlaceMatch.pairs(
            left.indices.map { index in
                named[index] != nil ? [] : ranked(candidates[index].filter { !taken.contains($0) }, left[index], right)
            })
        return named.merging(renamed) { first, _ in first }
    }

    /// Better boxes first (by hundredths of IoU), then nearer times.
    private static func ranked(_ candidates: [Int], _ one: ComparedFinding, _ right: [ComparedFinding]) -> [Int] {
        guard candidates.count > 1 else { return candidates }
        func rank(_ index: Int) -> (Double, Double, Int) {
            let other = right[index]
            let iou = one.box.count == 4 && other.box.count == 4 ? PlaceMatch.overlap(one.box, other.box).iou : 0
            return (-(iou * 100).rounded(), one.distance(to: other) ?? 0, index)
        }
        return candidates.map { ($0, rank($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    private static func mayMatch(_ one: ComparedFinding, _ other: ComparedFinding, _ tolerance: RunComparison.Tolerance) -> Bool {
        one.sharesTime(with: other, slack: tolerance.clockSeconds) && one.sharesPlace(with: other)
    }

    private static func thousandths(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

extension ComparedFinding {
    /// Tells any two apart that are not the same.
    fileprivate var key: (Double, Double, String, String, String) {
        (firstStillAt?.timeIntervalSince1970 ?? firstStillS ?? 0, moment, violation, "\(box)", id)
    }
}
