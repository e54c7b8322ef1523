/// Whether two boxes are of one thing: the one rule by which findings meet labels, other findings and cases.
///
/// Boxes are x, y, width, height in any unit, the same for both.
public enum PlaceMatch {
    /// The area that both share, and that as a part of what they cover together (Jaccard), 0…1.
    public static func overlap(_ a: [Double], _ b: [Double]) -> (shared: Double, iou: Double) {
        let width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
        let height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
        guard width > 0, height > 0 else { return (0, 0) }
        let shared = width * height
        return (shared, shared / (a[2] * a[3] + b[2] * b[3] - shared))
    }

    /// IoU ≥ 0.3; or `box` covers half of `reference` and is at most four times as large; or 70 % of it lies in `reference`
    /// and it is at least a fifth as large.
    public static func agrees(_ box: [Double], with reference: [Double]) -> Bool {
        let (shared, iou) = overlap(box, reference)
        let area = box[2] * box[3]
        let referenceArea = reference[2] * reference[3]
        return iou >= 0.3 || (shared > 0 && shared >= 0.5 * referenceArea && area <= 4 * referenceArea)
            || (shared > 0 && shared >= 0.7 * area && area >= 0.2 * referenceArea)
    }

    /// Largest one-to-one pairing by augmenting paths (Kuhn 1955), left → right.
    /// - Parameter edges: for each on the left those on the right that it may be paired with, the better ones first.
    public static func pairs(_ edges: [[Int]]) -> [Int: Int] {
        var owner: [Int: Int] = [:]
        func place(_ left: Int, _ tried: inout Set<Int>) -> Bool {
            for right in edges[left] where tried.insert(right).inserted {
                guard let other = owner[right] else {
                    owner[right] = left
                    return true
                }
                if place(other, &tried) {
                    owner[right] = left
                    return true
                }
            }
            return false
        }
        for left in edges.indices {
            var tried: Set<Int> = []
            _ = place(left, &tried)
        }
        return Dictionary(uniqueKeysWithValues: owner.map { ($0.value, $0.key) })
    }
}
