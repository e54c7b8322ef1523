internal import FrameKernels

/// Names what is wrong with one picture of a view, from its tiles and the plate's.
///
/// The kinds are those of video-quality diagnosis. A picture without anything to see in it is *black* when dark, *signal
/// lost* when it is as even or as coloured as only a recorder draws it, and else *blocked*: an eye that is dazzled white
/// sees as little as one that is covered.
struct ViewJudgement: Codable {
    private let settings: ViewSettings
    private let grid: TileGrid
    /// Tiles of the plate with something to compare.
    private var isTextured: [Bool]
    private var isLost: [Bool]
    private var wasLost: [Bool]
    private var plateEmptyShare = 0.0

    init(grid: TileGrid, settings: ViewSettings) {
        self.grid = grid
        self.settings = settings
        isTextured = [Bool](repeating: false, count: grid.count)
        isLost = isTextured
        wasLost = isTextured
    }

    mutating func takePlate(_ plate: borrowing ViewTiles) {
        let least = Int32(settings.textureEnergy * ViewTiles.coarseCells)
        var empty = 0
        for tile in 0..<grid.count {
            isTextured[tile] = plate.energy[tile] > least
            if plate.energy[tile] == 0 { empty += 1 }
        }
        plateEmptyShare = Double(empty) / Double(max(1, grid.count))
    }

    /// - Parameters:
    ///   - ignored: tiles with burnt-in text.
    ///   - named: the fault that holds, which ends later than it begins.
    ///   - isRestless: nearly all tiles changed since the picture before.
    mutating func fault(
        _ now: borrowing ViewTiles, plate: borrowing ViewTiles, hasPlate: Bool, ignored: [Bool], named: ViewFault?,
        isRestless: Bool
    ) -> ViewFault? {
        if let fault = nothingToSee(now, plate, hasPlate, ignored) { return fault }
        guard hasPlate else { return nil }
        let contrast = spread(now) / max(1, spread(plate))
        if isRestless && isGrainy(now, plate, contrast, ignored, isNamed: named == .noisy) { return .noisy }
        let view = compare(now, plate, contrast, ignored)
        defer { swap(&isLost, &wasLost) }
        // With hardly any texture (fog at the start, a bare wall) there is nothing to compare; the view passes.
        guard view.textured >= settings.minimumTiles else { return nil }
        if view.lost >= settings.coveredShare {
            if keepsBrightness(now, plate, in: isLost) { return .defocused }
            if view.lost >= settings.coveredSureShare || view.steadyLost >= settings.coveredShare { return .blocked }
        }
        if view.soft > 0.5 && (view.alike >= settings.alikeShare || keepsBrightness(now, plate, in: isTextured)) { return .defocused }
        let limit = named == .shifted ? settings.returnShare : settings.alikeShare
        if view.alike < limit && (view.sure < settings.sureShare || named == .shifted) { return .shifted }
        return isCast(now, plate, ignored) ? .colourCast : nil
    }

    // MARK: Nothing to see

    private func nothingToSee(
        _ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, _ hasPlate: Bool, _ ignored: [Bool]
    ) -> ViewFault? {
        let bareEnergy = Int32(settings.bareEnergy * ViewTiles.coarseCells)
        let neutral = Int32(128 * ViewTiles.sampledCells)
        let strong = Int32(settings.screenColour * ViewTiles.sampledCells)
        var counted = 0, empty = 0, bare = 0, street = 0, coloured = 0, level = 0
        for tile in 0..<grid.count where !ignored[tile] {
            counted += 1
            level += Int(now.luma[tile])
            if max(abs(now.cb[tile] - neutral), abs(now.cr[tile] - neutral)) > strong { coloured += 1 }
            let energy = now.energy[tile]
            if energy == 0 { empty += 1 }
            if energy <= bareEnergy {
                bare += 1
            } else if hasPlate && isAlike(now, plate, tile, settings.alikeCorrelation) {
                street += 1
            }
        }
        guard counted > 0 else { return nil }
        let all = Double(counted)
        let meanLevel = Double(level) / (ViewTiles.coarseCells * all)
        let isBare = Double(bare) >= settings.bareShare * all
        let isWhite = meanLevel > settings.whiteLevel
        let isScreen = isBare && tint(now, plate, hasPlate) >= settings.screenColour
        // Bars are coloured and have edges; what is grey all over may be a cover, unless nearly all of it is even. Without a
        // plate, only what no street looks like counts.
        let evenShare = hasPlate && Double(coloured) > settings.evenShare * all / 2 ? settings.evenShare : settings.greyEvenShare
        let isEven = Double(empty) >= evenShare * all && plateEmptyShare < settings.evenShare / 2
        if (isEven || isScreen) && !isWhite && Double(street) < settings.streetShare * all {
            // An even black is a camera without light; letters on it are a recorder's.
            return meanLevel < settings.blackLevel && !isScreen && counted - bare - street < 2 ? .black : .signalLost
        }
        guard isBare || spread(now) < settings.bareDeviation else { return nil }
        if meanLevel < settings.blackLevel { return .black }
        return isWhite && hasPlate ? .blocked : nil
    }

    /// Distance of the mean chroma from the plate's, or from neutral without one, levels.
    private func tint(_ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, _ hasPlate: Bool) -> Double {
        let neutral = Int(128 * ViewTiles.sampledCells)
        var cb = 0, cr = 0
        for tile in 0..<grid.count {
            cb += Int(now.cb[tile]) - (hasPlate ? Int(plate.cb[tile]) : neutral)
            cr += Int(now.cr[tile]) - (hasPlate ? Int(plate.cr[tile]) : neutral)
        }
        return Double(max(abs(cb), abs(cr))) / (ViewTiles.sampledCells * Double(max(1, grid.count)))
    }

    // MARK: Against the plate

    private struct Comparison {
        var textured = 0
        /// Shares of the textured tiles.
        var alike = 0.0
        var sure = 0.0
        var lost = 0.0
        var steadyLost = 0.0
        var soft = 0.0
    }

    private func isAlike(_ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, _ tile: Int, _ correlation: Double) -> Bool {
        let product = Double(now.products[tile])
        return product > 0
            && product * product > correlation * correlation * Double(now.energy[tile]) * Double(plate.energy[tile])
    }

    private mutating func compare(
        _ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, _ contrast: Double, _ ignored: [Bool]
    ) -> Comparison {
        var textured = 0, alike = 0, sure = 0, lost = 0, steadyLost = 0, soft = 0
        // Dim light weakens edges and contrast alike; only edges that fall more than the whole picture's contrast are blur.
        let softLimit = settings.defocusRatio * min(contrast, 1)
        let plainLimit = settings.defocusGrain * min(contrast, 1)
        for tile in 0..<grid.count {
            isLost[tile] = false
            guard isTextured[tile], !ignored[tile] else { continue }
            textured += 1
            let isSoft = Double(now.edges[tile]) < softLimit * Double(plate.edges[tile])
            let isPlain = Double(now.grain[tile]) < plainLimit * Double(plate.grain[tile])
            if isSoft || isPlain { soft += 1 }
            if isAlike(now, plate, tile, settings.alikeCorrelation) {
                alike += 1
                if isAlike(now, plate, tile, settings.sureCorrelation) { sure += 1 }
            } else if Double(now.energy[tile]) < settings.lostEnergy * Double(plate.energy[tile]) {
                isLost[tile] = true
                lost += 1
                if wasLost[tile] { steadyLost += 1 }
            }
        }
        let all = Double(max(1, textured))
        return Comparison(
            textured: textured, alike: Double(alike) / all, sure: Double(sure) / all, lost: Double(lost) / all,
            steadyLost: Double(steadyLost) / all, soft: Double(soft) / all)
    }

    /// Whether tiles are still as bright and as dark as the plate's: out of focus, and neither covered nor elsewhere.
    private func keepsBrightness(_ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, in chosen: [Bool]) -> Bool {
        var count = 0.0, sumA = 0.0, sumB = 0.0, squareA = 0.0, squareB = 0.0, product = 0.0
        for tile in 0..<grid.count where chosen[tile] {
            let a = Double(now.luma[tile]) / ViewTiles.coarseCells, b = Double(plate.luma[tile]) / ViewTiles.coarseCells
            count += 1
            sumA += a
            sumB += b
            squareA += a * a
            squareB += b * b
            product += a * b
        }
        guard count > 0 else { return false }
        let varianceA = squareA / count - (sumA / count) * (sumA / count)
        let varianceB = squareB / count - (sumB / count) * (sumB / count)
        let covariance = product / count - (sumA / count) * (sumB / count)
        let least = settings.blurCorrelation * (varianceA * varianceB).squareRoot()
        // A cover keeps no more than a shadow of the street's contrast.
        return covariance > least && varianceA > settings.lostEnergy * varianceB
    }

    /// Standard deviation of the tiles' brightness, levels: the contrast of what is larger than any blur.
    private func spread(_ tiles: borrowing ViewTiles) -> Double {
        var sum = 0.0
        var square = 0.0
        for tile in 0..<grid.count {
            let level = Double(tiles.luma[tile]) / ViewTiles.coarseCells
            sum += level
            square += level * level
        }
        let count = Double(max(1, grid.count))
        return max(0, square / count - (sum / count) * (sum / count)).squareRoot()
    }

    // MARK: Noise and colour

    /// Grain far above the plate's in three quarters of the tiles; what is textured anyway has more of it in strong light.
    private func isGrainy(
        _ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, _ contrast: Double, _ ignored: [Bool], isNamed: Bool
    ) -> Bool {
        var counted = 0, grainy = 0
        let limit = (isNamed ? settings.noiseGrainAgain : settings.noiseGrain) * ViewTiles.sampledCells
        for tile in 0..<grid.count where !ignored[tile] {
            counted += 1
            if Double(now.grain[tile]) > max(1, contrast) * Double(plate.grain[tile]) + limit { grainy += 1 }
        }
        return 4 * grainy > 3 * counted
    }

    private func isCast(_ now: borrowing ViewTiles, _ plate: borrowing ViewTiles, _ ignored: [Bool]) -> Bool {
        // An infrared picture has no colour to be wrong, nor can it say what is right.
        guard !isGrey(now), !isGrey(plate) else { return false }
        return isShifted(now.cb, plate.cb, ignored) || isShifted(now.cr, plate.cr, ignored)
    }

    private func isGrey(_ tiles: borrowing ViewTiles) -> Bool {
        let neutral = Int32(128 * ViewTiles.sampledCells)
        var sum = 0
        for tile in 0..<grid.count { sum += Int(abs(tiles.cb[tile] - neutral) + abs(tiles.cr[tile] - neutral)) }
        return Double(sum) < settings.greyLevels * ViewTiles.sampledCells * Double(max(1, grid.count))
    }

    private func isShifted(_ now: [Int32], _ plate: [Int32], _ ignored: [Bool]) -> Bool {
        let whole = Int32(settings.castLevels * ViewTiles.sampledCells)
        var counted = 0, up = 0, halfUp = 0, down = 0, halfDown = 0
        for tile in 0..<grid.count where !ignored[tile] {
            let shift = now[tile] - plate[tile]
            counted += 1
            if shift > whole { up += 1 }
            if shift > whole / 2 { halfUp += 1 }
            if shift < -whole { down += 1 }
            if shift < -whole / 2 { halfDown += 1 }
        }
        let share = settings.castShare * Double(counted)
        return (2 * up > counted && Double(halfUp) > share) || (2 * down > counted && Double(halfDown) > share)
    }
}
