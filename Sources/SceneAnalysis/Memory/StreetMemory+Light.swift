internal import FrameCore
internal import FrameKernels

/// What a sudden change of light does to the memory: the street is the same, its colours are not.
extension StreetMemory {
    /// Part of the cells that were background before the change and that `plate` does not explain, 0…1.
    ///
    /// - Parameter cells: the picture after its light was brought to the plate's.
    func unexplained(_ cells: Cells, by plate: PlateSet, settings: MemorySettings) -> Double {
        var asked = 0
        var unlike = 0
        for i in 0..<size.area where wasStreet(i) {
            asked += 1
            if isUnlike(cells, plate, i, settings) { unlike += 1 }
        }
        return asked > 0 ? Double(unlike) / Double(asked) : 0
    }

    /// A lamp that changes a part of the view only: where the street looks otherwise now, that is the plate.
    ///
    /// - Parameters:
    ///   - cells: the picture after its light was brought to the plate's.
    ///   - before: the same a moment ago: what differs moves and is no light.
    mutating func takeUp(_ cells: Cells, before: Cells, settings: MemorySettings) {
        let plate = plateSet
        for i in 0..<size.area where wasStreet(i) && isUnlike(cells, plate, i, settings) {
            let change = abs(Int(cells.luma[i]) - Int(before.luma[i]))
            guard change <= threshold(plate, i, settings) else { continue }
            plateLuma[i] = UInt16(cells.luma[i]) << 8
            plateCb[i] = UInt16(cells.cb[i]) << 8
            plateCr[i] = UInt16(cells.cr[i]) << 8
        }
    }

    private func wasStreet(_ i: Int) -> Bool { state[i] == MemoryStep.State.background && held[i] == 0 }

    private func threshold(_ plate: PlateSet, _ i: Int, _ settings: MemorySettings) -> Int {
        let slope = Int((Double(plate.luma[i] >> 8) * settings.thresholdSlope).rounded(.down))
        let base = min(max(slope + settings.thresholdBase, settings.thresholdLow), settings.thresholdHigh)
        return base + settings.noiseFactor * Int(plate.noise[i] >> 8)
    }

    private func isUnlike(_ cells: Cells, _ plate: PlateSet, _ i: Int, _ settings: MemorySettings) -> Bool {
        let weight = cells.hasColour && plate.hasColour ? settings.chromaWeight : 0
        let luma = abs(Int(cells.luma[i]) - Int(plate.luma[i] >> 8))
        let chroma = max(abs(Int(cells.cb[i]) - Int(plate.cb[i] >> 8)), abs(Int(cells.cr[i]) - Int(plate.cr[i] >> 8)))
        return max(luma, weight * chroma) > threshold(plate, i, settings)
    }

    /// The plate in force.
    var plateSet: PlateSet {
        PlateSet(luma: plateLuma, cb: plateCb, cr: plateCr, noise: noise, hasColour: hasColour)
    }

    /// Another light that is known: its plate comes back; what stood before the change goes on standing, as it looks now.
    mutating func adopt(known index: Int, showing cells: Cells) {
        let plate = otherLights.remove(at: index)
        otherLights.append(plateSet)
        for i in 0..<size.area {
            if isStanding(i) { showCandidate(i, cells) }
            plateLuma[i] = plate.luma[i]
            plateCb[i] = plate.cb[i]
            plateCr[i] = plate.cr[i]
            noise[i] = plate.noise[i]
        }
        hasColour = plate.hasColour
        endLightChange(cells)
    }

    /// A light that was never seen: what was background is the plate as it looks now; behind what stood or moved there, the
    /// old plate is taken through the tone curve that the background shows.
    mutating func relight(showing cells: Cells, keeping kept: Int) {
        otherLights.append(plateSet)
        if otherLights.count > kept { otherLights.removeFirst() }
        let curve = toneCurve(cells)
        for i in 0..<size.area {
            if wasStreet(i) {
                plateLuma[i] = UInt16(cells.luma[i]) << 8
                plateCb[i] = UInt16(cells.cb[i]) << 8
                plateCr[i] = UInt16(cells.cr[i]) << 8
            } else {
                if isStanding(i) { showCandidate(i, cells) }
                plateLuma[i] = curve[Int(plateLuma[i] >> 8)]
                if !cells.hasColour {
                    plateCb[i] = 128 << 8
                    plateCr[i] = 128 << 8
                }
            }
        }
        hasColour = cells.hasColour
        endLightChange(cells)
    }

    /// Something stood here when the light changed: it is held, or was seen for a second.
    private func isStanding(_ i: Int) -> Bool {
        held[i] != 0 || (state[i] == MemoryStep.State.still && Double(hits[i]) >= Self.ticksPerSecond)
    }

    private mutating func showCandidate(_ i: Int, _ cells: Cells) {
        candidateLuma[i] = cells.luma[i]
        candidateCb[i] = cells.cb[i]
        candidateCr[i] = cells.cr[i]
        misses[i] = 0
    }

    private mutating func endLightChange(_ cells: Cells) {
        Copy.plane(cells.luma, into: &currentLuma)
    }

    /// Mean level now (Q8.8) of the background cells of each level of the plate; levels that do not occur lie between.
    private func toneCurve(_ cells: Cells) -> [UInt16] {
        var sums = [Int](repeating: 0, count: 256)
        var counts = sums
        for i in 0..<size.area where wasStreet(i) {
            sums[Int(plateLuma[i] >> 8)] += Int(cells.luma[i])
            counts[Int(plateLuma[i] >> 8)] += 1
        }
        let known = (0..<256).filter { counts[$0] > 0 }
        guard let first = known.first, let last = known.last else { return (0..<256).map { UInt16($0) << 8 } }
        func mean(_ level: Int) -> Double { Double(sums[level]) / Double(counts[level]) }
        var curve = [UInt16](repeating: 0, count: 256)
        var below = first
        for level in 0..<256 {
            if counts[level] > 0 { below = level }
            let above = known.first { $0 >= level } ?? last
            let value: Double
            if level <= first {
                value = mean(first)
            } else if level >= last || above == below {
                value = mean(below)
            } else {
                value = mean(below) + (mean(above) - mean(below)) * Double(level - below) / Double(above - below)
            }
            curve[level] = UInt16(min(max(value, 0), 255) * 256)
        }
        return curve
    }
}
