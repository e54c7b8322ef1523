/// Marks the cells in which something has stood long enough to be looked at.
public enum StillMarks {
    /// - Parameters:
    ///   - hits: how long each cell's candidate was seen, in the memory's ticks, of which eight make one of the birth clock.
    ///   - birth: when it came; `now`: the birth clock, which wraps.
    ///   - held: 1 where an open region keeps its cells, which are not marked again.
    ///   - least: age from which a cell is marked, in ticks of the birth clock.
    ///   - marks: becomes 1 where the candidate is that old, was seen for at least half of its age, and is not held.
    public static func set(hits: [UInt16], birth: [UInt16], held: [UInt8], least: UInt16, now: UInt16, into marks: inout [UInt8]) {
        let hits = hits.span, birth = birth.span, held = held.span
        var marks = marks.mutableSpan
        precondition(birth.count == hits.count && held.count == hits.count && marks.count == hits.count)
        for i in 0..<hits.count {
            let age = now &- birth[i]
            let seen = hits[i]
            // Conditions as numbers 0 and 1: of conditions joined by && the compiler makes branches, and no vector code.
            let isOld: UInt8 = age >= least ? 1 : 0
            let isSeen: UInt8 = seen &>> 2 >= age ? 1 : 0
            let isThere: UInt8 = seen > 0 ? 1 : 0
            let isFree: UInt8 = held[i] == 0 ? 1 : 0
            marks[i] = isOld & isSeen & isThere & isFree
        }
    }
}
