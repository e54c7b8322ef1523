internal import FrameKernels

/// Luma and chroma of one cell, 0…255 each.
struct CellColour {
    var luma: Int
    var cb: Int
    var cr: Int

    /// Sum of the three differences.
    func distance(to other: CellColour) -> Int { abs(luma - other.luma) + abs(cb - other.cb) + abs(cr - other.cr) }
}

extension StreetMemory {
    func plateColour(at index: Int) -> CellColour {
        CellColour(luma: plate(at: index), cb: Int(plateCb[index] >> 8), cr: Int(plateCr[index] >> 8))
    }

    func candidateColour(at index: Int) -> CellColour {
        CellColour(luma: Int(candidateLuma[index]), cb: Int(candidateCb[index]), cr: Int(candidateCr[index]))
    }

    /// What is seen at a place now, but for passers-by. The plate alone would not do: beside a part of a ghost it still shows
    /// the rest of what went away.
    func seenColour(at index: Int) -> CellColour {
        let isStanding = state[index] == MemoryStep.State.still
        return CellColour(
            luma: state[index] == MemoryStep.State.moving ? plate(at: index) : Int(currentLuma[index]),
            cb: isStanding ? Int(candidateCb[index]) : Int(plateCb[index] >> 8),
            cr: isStanding ? Int(candidateCr[index]) : Int(plateCr[index] >> 8))
    }
}
