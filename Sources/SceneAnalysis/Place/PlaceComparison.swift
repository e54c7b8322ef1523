public import FrameCore

/// Tells whether what stood at a place still stands there: compares pictures of now with one from before it came and one
/// that shows it.
///
/// Light is divided out by the surroundings, the view's shift is put back, and only slopes, colour and, with little weight,
/// light within the place are compared, block by block. Of several pictures each block's median counts, so that a passer-by
/// does not decide. A pure value; a comparison of five 1080p pictures takes about half a second: never on a channel's thread.
public struct PlaceComparison: Sendable {
    /// The longer side of the object in the pictures that are compared, pixels.
    private static let objectPixels = 96.0
    private static let blockSides = 4...8
    /// Blocks along the object's shorter side that are wanted.
    private static let blocksAcross = 5
    /// Part of the object's longer side that counts as surroundings all around.
    private static let surroundingsPart = 0.75
    private static let leastSurroundings = 24.0
    /// Further shift that is looked for around the place, pixels of the compared pictures.
    private static let fineReach = 4
    /// Distance up to which surroundings count as the same.
    private static let sameDistance: Float = 0.4
    private static let formatTolerance = 0.02
    /// Mean distance of chroma from grey below which a picture has no colour, levels.
    private static let colourless: Float = 2

    let settings: PlaceSettings
    /// Pictures of a clear view that a comparison needs.
    public var fewestPictures: Int { settings.fewestPictures }

    public init(settings: PlaceSettings) {
        self.settings = settings
    }

    /// - Parameters:
    ///   - before: the scene before the object came; nil if the package has none.
    ///   - object: the scene with the object.
    ///   - box: the object in pixels of `object`.
    ///   - now: pictures of about a minute, of any sizes of the same proportions.
    public func judge(before: Frame?, object: Frame, box: PixelRect, now: [Frame]) -> PlaceJudgement {
        let box = box.inset(by: 0, within: object.size)
        guard !box.isEmpty else { return PlaceJudgement(.unseen, .indistinct) }
        let view = PlaceView(object)
        var obstacles: [PlaceJudgement.Obstacle] = []
        var shifts: [(frame: Frame, x: Double, y: Double)] = []
        for frame in now {
            switch placed(frame, object, view) {
            case .success(let shift): shifts.append((frame, shift.x, shift.y))
            case .failure(let obstacle): obstacles.append(obstacle.obstacle)
            }
        }
        guard shifts.count >= settings.fewestPictures else {
            return PlaceJudgement(.unseen, Self.mostFrequent(obstacles) ?? .tooFewPictures, pictures: shifts.count)
        }
        let geometry = PlaceGeometry(
            box: box, frame: object.size, objectPixels: Self.objectPixels, blockSides: Self.blockSides,
            blocksAcross: Self.blocksAcross, surroundingsPart: Self.surroundingsPart, leastSurroundings: Self.leastSurroundings,
            margin: Self.fineReach + 1)
        let with = geometry.picture(of: object, object.size)
        var reference: (picture: PlacePicture, shift: (x: Int, y: Int))?
        if let before, case .success(let shift) = placed(before, object, view) {
            let picture = geometry.picture(of: before, object.size, shiftX: shift.x, shiftY: shift.y)
            reference = (picture, fineShift(picture, with, geometry))
        }
        return judge(with, reference, shifts.map { geometry.picture(of: $0.frame, object.size, shiftX: $0.x, shiftY: $0.y) }, geometry)
    }

    private struct Failure: Error { var obstacle: PlaceJudgement.Obstacle }

    /// How far `frame` is shifted against the package's picture, as a part of its width; or why it cannot be compared.
    private func placed(_ frame: Frame, _ object: Frame, _ reference: PlaceView) -> Result<(x: Double, y: Double), Failure> {
        let proportions = Double(frame.size.width * object.size.height) / Double(frame.size.height * object.size.width)
        guard abs(proportions - 1) <= Self.formatTolerance else { return .failure(Failure(obstacle: .otherFormat)) }
        let view = PlaceView(frame)
        if view.meanLuma < settings.darkLevels, view.isEmpty { return .failure(Failure(obstacle: .dark)) }
        guard view.structure >= settings.leastStructurePart * reference.structure else {
            return .failure(Failure(obstacle: view.meanLuma < settings.darkLevels ? .dark : .blurred))
        }
        let reach = max(1, Int((settings.farthestShiftPart * Double(PlaceView.width)).rounded()))
        let shift = view.shift(from: reference, reach: reach)
        guard view.agreement(with: reference, shiftX: shift.x, shiftY: shift.y) >= settings.leastViewPart else {
            return .failure(Failure(obstacle: .moved))
        }
        return .success((Double(shift.x) / Double(PlaceView.width), Double(shift.y) / Double(PlaceView.width)))
    }

    private func fineShift(_ picture: PlacePicture, _ reference: PlacePicture, _ geometry: PlaceGeometry) -> (x: Int, y: Int) {
        PlaceView.bestShift(picture, reference, reach: Self.fineReach, margin: geometry.margin) { x, y in !geometry.isInside(x, y) }
    }

    // MARK: The place

    private func judge(
        _ with: PlacePicture, _ before: (picture: PlacePicture, shift: (x: Int, y: Int))?, _ now: [PlacePicture],
        _ geometry: PlaceGeometry
    ) -> PlaceJudgement {
        let usesColour = ([with] + (before.map { [$0.picture] } ?? []) + now).allSatisfy { Self.colourfulness($0) >= Self.colourless }
        /// Distances of all blocks: of the place and of the surroundings, light and tint divided out.
        func distances(_ first: PlacePicture, _ shift: (x: Int, y: Int), _ second: PlacePicture, _ otherShift: (x: Int, y: Int))
            -> Distances
        {
            // `second` was shifted itself: blocks are given in its coordinates.
            func block(_ rect: PixelRect) -> PlaceBlock {
                let moved = PixelRect(x: rect.x + otherShift.x, y: rect.y + otherShift.y, width: rect.width, height: rect.height)
                return PlaceBlock(first, second, moved, shiftX: shift.x - otherShift.x, shiftY: shift.y - otherShift.y)
            }
            let around = geometry.surroundings.map(block)
            let tint = (
                cb: Self.median(around.map(\.cb)), cr: Self.median(around.map(\.cr)), light: Self.median(around.map(\.light))
            )
            func distance(_ block: PlaceBlock) -> Float {
                var left: Float = 1 - block.structure
                if usesColour {
                    let (cb, cr) = (block.cb - tint.cb, block.cr - tint.cr)
                    left *= 1 - min(1, (cb * cb + cr * cr).squareRoot() / Float(settings.chromaLevels))
                }
                left *= 1 - Float(settings.lightWeight) * min(1, abs(block.light - tint.light) / Float(settings.lightStops))
                return 1 - left
            }
            return Distances(inside: geometry.place.map { distance(block($0)) }, around: around.map(distance))
        }
        let none = (x: 0, y: 0)
        let fine = now.map { fineShift($0, with, geometry) }
        let toObject = zip(now, fine).map { distances($0, $1, with, none) }
        guard let before else { return withoutBefore(toObject, pictures: now.count) }
        let toGround = zip(now, fine).map { distances($0, $1, before.picture, before.shift) }
        let told = distances(before.picture, before.shift, with, none)

        let telling = geometry.place.indices.filter { Double(told.inside[$0]) >= settings.tellingDistance }
        guard Double(telling.count) >= settings.leastTellingPart * Double(geometry.place.count), telling.count >= 2 else {
            return PlaceJudgement(.unseen, .indistinct, pictures: now.count)
        }
        let stable = geometry.surroundings.indices.filter { told.around[$0] <= Self.sameDistance }
        let same = stable.count {
            index in Self.median(toObject.indices.map { min(toObject[$0].around[index], toGround[$0].around[index]) }) <= Self.sameDistance
        }
        let areSurroundingsClear = stable.isEmpty || Double(same) >= settings.leastSurroundingsPart * Double(stable.count)

        var (object, ground, all): (Double, Double, Double) = (0, 0, 0)
        for index in telling {
            let weight = Double(told.inside[index])
            let fromObject = Self.median(toObject.map { $0.inside[index] })
            let fromGround = Self.median(toGround.map { $0.inside[index] })
            all += weight
            guard Double(min(fromObject, fromGround)) < settings.strangeDistance else { continue }
            if fromObject < fromGround { object += weight } else { ground += weight }
        }
        let (objectPart, groundPart) = (object / all, ground / all)
        func judgement(_ finding: PlaceJudgement.Finding, _ obstacle: PlaceJudgement.Obstacle? = nil) -> PlaceJudgement {
            PlaceJudgement(finding, obstacle, objectPart: objectPart, groundPart: groundPart, pictures: now.count)
        }
        guard areSurroundingsClear else { return judgement(.unseen, .covered) }
        if objectPart >= settings.there.leastObjectPart { return judgement(.there) }
        if objectPart <= settings.gone.mostObjectPart, groundPart >= settings.gone.leastGroundPart { return judgement(.gone) }
        return judgement(.unseen, .neither)
    }

    /// Likeness to the object can be seen, absence cannot.
    private func withoutBefore(_ toObject: [Distances], pictures: Int) -> PlaceJudgement {
        guard let first = toObject.first, !first.inside.isEmpty else { return PlaceJudgement(.unseen, .noPictureBefore) }
        let like = first.inside.indices.count { index in Self.median(toObject.map { $0.inside[index] }) <= Self.sameDistance }
        let part = Double(like) / Double(first.inside.count)
        let isThere = part >= settings.there.leastObjectPart
        return PlaceJudgement(isThere ? .there : .unseen, isThere ? nil : .noPictureBefore, objectPart: part, pictures: pictures)
    }

    private struct Distances {
        var inside: [Float]
        var around: [Float]
    }

    private static func median(_ values: [Float]) -> Float {
        guard !values.isEmpty else { return 0 }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    private static func colourfulness(_ picture: PlacePicture) -> Float {
        var sum: Float = 0
        for index in picture.cb.indices { sum += abs(picture.cb[index] - 128) + abs(picture.cr[index] - 128) }
        return sum / Float(max(1, picture.cb.count))
    }

    private static func mostFrequent(_ obstacles: [PlaceJudgement.Obstacle]) -> PlaceJudgement.Obstacle? {
        let counts = obstacles.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        return PlaceJudgement.Obstacle.allCases.filter { counts[$0] != nil }.max { counts[$0, default: 0] < counts[$1, default: 0] }
    }
}
