internal import FrameCore
internal import FrameKernels

/// Gives still regions an identity, believes or rejects them, and notices when they are gone.
struct RegionTracker: Codable {
    private let settings: RegionSettings
    private let memorySettings: MemorySettings
    private let size: PixelSize
    /// Age from which cells form a region, seconds.
    private let stillAfter: Double
    private var finder: RegionFinder
    private let joiner: RegionJoiner
    private var verifier: RegionVerifier
    private var marks: [UInt8]
    private var parts = RegionParts()
    /// Ages of up to `agesAsked` cells of a region, sorted.
    private var ages = [Int](repeating: 0, count: 2 * agesAsked)
    private static let agesAsked = 64
    private var movers: MoverFinder
    /// Who was on the street in the last picture that was looked at.
    var moving: [MoverFinder.Mover] { movers.movers }
    private var history = MoverHistory()
    private(set) var tracks: [StillTrack] = []
    /// Tracks that are over: their storage serves those that come.
    private var spent: [StillTrack] = []
    private static let mostSpent = 16
    private static let spentAtFirst = 8
    private static let usualCells = 512
    /// The id that the next region gets.
    var nextID: Int

    init(size: PixelSize, settings: AnalysisSettings, stillAfter: Double, firstID: Int = 1, standing: [StillTrack] = []) {
        self.size = size
        self.settings = settings.regions
        memorySettings = settings.memory
        self.stillAfter = stillAfter
        nextID = firstID
        tracks = standing
        tracks.reserveCapacity(Self.mostSpent)
        spent.reserveCapacity(Self.mostSpent)
        for _ in 0..<Self.spentAtFirst { spent.append(.spent(usualCells: Self.usualCells)) }
        finder = RegionFinder(size: size)
        joiner = RegionJoiner(size: size, settings: settings.regions)
        verifier = RegionVerifier(size: size, settings: settings.regions)
        marks = [UInt8](repeating: 0, count: size.area)
        movers = MoverFinder(size: size)
    }

    /// Takes the memory after a step.
    /// - Parameters:
    ///   - clock: seconds of clear view; `elapsed` of them since the previous step.
    ///   - now: the same clock in ticks.
    /// - Returns: published regions that ended because the plate is back.
    mutating func update(
        _ memory: inout StreetMemory, _ frame: Frame, shift: (x: Int, y: Int), now: Int, clock: Double, elapsed: Double
    ) -> [StillTrack] {
        let time = frame.time
        movers.find(state: memory.state, held: memory.held)
        history.add(movers.movers, clock: clock)
        let ended = watchPublished(&memory, now: now, elapsed: elapsed, time: time)
        mark(memory, now: now)
        finder.find(in: marks, minimumCells: max(2, settings.minimumCells / 3), into: &parts)
        for index in 0..<parts.count { parts[index].age = settledAge(parts[index].group, memory, now: now) }
        joiner.join(&parts, memory)
        match(&memory, now: now, clock: clock, time: time)
        uniteHalves(memory, clock: clock)
        judge(&memory)
        watchSurroundings(frame, shift)
        return ended
    }

    // MARK: Published regions

    private mutating func watchPublished(
        _ memory: inout StreetMemory, now: Int, elapsed: Double, time: FrameTime
    ) -> [StillTrack] {
        var ended: [StillTrack] = []
        for index in tracks.indices where tracks[index].stage == .published {
            let (still, back) = shares(tracks[index].group.cells, memory)
            tracks[index].visible = still
            if still >= 0.5 { tracks[index].stir.add(1 - still) }
            tracks[index].goneFor = back >= settings.clearedShare ? tracks[index].goneFor + elapsed : 0
            let isUnseen = still < settings.minimumVisibleShare / 2 && back < settings.clearedShare
            tracks[index].unseenFor = isUnseen ? tracks[index].unseenFor + elapsed : 0
            let isPartGone = back >= settings.partGoneShare && back < settings.clearedShare && still >= settings.partGoneShare
            tracks[index].partGoneFor = isPartGone ? tracks[index].partGoneFor + elapsed : 0
            if tracks[index].partGoneFor >= settings.clearedSeconds { shrink(index, &memory, now: now, time: time) }
            if tracks[index].goneFor >= settings.clearedSeconds {
                memory.release(tracks[index].group.cells)
            } else if tracks[index].unseenFor >= settings.lostSeconds {
                // Neither the thing nor the street has been seen for so long that the plate itself must be out of date.
                memory.absorb(tracks[index].group.cells)
            } else {
                continue
            }
            tracks[index].stage = .ended
            ended.append(tracks[index])
        }
        if !ended.isEmpty { removeEnded() }
        return ended
    }

    /// One of several things that were taken for one went away (the owner who stood beside a bag): what stays is the
    /// region from now on, with its own age and without what the other one did.
    private mutating func shrink(_ index: Int, _ memory: inout StreetMemory, now: Int, time: FrameTime) {
        let cells = tracks[index].group.cells
        for i in 0..<marks.count { marks[i] = 0 }
        for cell in cells where memory.state[Int(cell)] != MemoryStep.State.background { marks[Int(cell)] = 1 }
        finder.find(in: marks, minimumCells: settings.minimumCells, into: &parts)
        tracks[index].partGoneFor = 0
        guard parts.count > 0 else { return }
        var rest = RegionFinder.Group(box: parts[0].group.box, cells: [])
        for part in 0..<parts.count { rest.join(parts[part].group) }
        let features = verifier.features(of: rest, in: memory)
        guard !isNoThing(features, leftEvidence: settings.keptLeftEvidence) else {
            memory.release(cells)
            memory.absorb(rest.cells)
            tracks[index].goneFor = settings.clearedSeconds
            return
        }
        let kept = Set(rest.cells)
        memory.release(cells.filter { !kept.contains($0) })
        memory.hold(rest.cells)
        let age = settledAge(rest, memory, now: now)
        tracks[index].restart(
            as: rest, features: features,
            bornAt: Double(now) / StreetMemory.ticksPerSecond - age, since: time - .seconds(age))
    }

    /// Shares of the cells that show what stands there, and that show the plate.
    private func shares(_ cells: [Int32], _ memory: StreetMemory) -> (still: Double, back: Double) {
        var still = 0
        var back = 0
        for cell in cells {
            switch memory.state[Int(cell)] {
            case MemoryStep.State.still: still &+= 1
            case MemoryStep.State.background: back &+= 1
            default: break
            }
        }
        return (Double(still) / Double(cells.count), Double(back) / Double(cells.count))
    }

    /// What only a view of the whole tells: whether it sways as people do, and who keeps it company.
    private mutating func watchSurroundings(_ frame: Frame, _ shift: (x: Int, y: Int)) {
        for index in tracks.indices {
            let box = tracks[index].group.box
            tracks[index].samples += 1
            if history.hasCompany(box) { tracks[index].accompanied += 1 }
            tracks[index].swayMeter.add(frame.luma, shift: shift, box: box.scaled(from: size, to: frame.size))
        }
    }

    // MARK: Finding

    private mutating func mark(_ memory: StreetMemory, now: Int) {
        let least = UInt16(stillAfter * StreetMemory.ticksPerSecond / Double(StreetMemory.ticksPerBirthTick))
        let coarseNow = UInt16(truncatingIfNeeded: now / StreetMemory.ticksPerBirthTick)
        StillMarks.set(hits: memory.hits, birth: memory.birth, held: memory.held, least: least, now: coarseNow, into: &marks)
    }

    /// For how long nearly all of it has been there: a dwell must never be overstated, so the youngest parts count, but
    /// for a fifth that light and passers-by play with.
    private mutating func settledAge(_ group: RegionFinder.Group, _ memory: StreetMemory, now: Int) -> Double {
        let step = max(1, group.cells.count / Self.agesAsked)
        var count = 0
        var index = 0
        while index < group.cells.count {
            let cell = Int(group.cells[index])
            index += step
            // The closing adds cells that have no age of their own.
            guard memory.hits[cell] > 0 else { continue }
            let age = memory.age(at: cell, now: now)
            // Sorted as they come: a sort of the standard library takes memory for itself.
            var place = count
            while place > 0 && ages[place - 1] > age {
                ages[place] = ages[place - 1]
                place -= 1
            }
            ages[place] = age
            count += 1
        }
        return count > 0 ? Double(ages[count / 5]) / StreetMemory.ticksPerSecond : 0
    }

    // MARK: Identity and belief

    private mutating func match(_ memory: inout StreetMemory, now: Int, clock: Double, time: FrameTime) {
        for index in tracks.indices { tracks[index].wasMatched = tracks[index].stage == .published }
        for part in 0..<parts.count where !parts[part].isGone && parts[part].group.cells.count >= settings.minimumCells {
            let group = parts[part].group
            let age = settledAge(group, memory, now: now)
            if let whole = publishedWhole(of: group, bornAt: clock - age, memory) {
                tracks[whole].group.join(group)
                tracks[whole].features = verifier.features(of: tracks[whole].group, in: memory)
                memory.hold(group.cells)
                // What showed a part first may be the ghost of something larger.
                let isFresh = clock - tracks[whole].bornAt < 2 * stillAfter
                if isFresh && isNoThing(tracks[whole].features) {
                    tracks[whole].stage = .young
                    memory.letGo(tracks[whole].group.cells)
                }
                continue
            }
            guard let known = youngTrack(like: group.box) else {
                begin(group, bornAt: clock - age, since: time - .seconds(age))
                continue
            }
            let isSteady = tracks[known].group.box.overlap(group.box) >= settings.steadyOverlap
            tracks[known].steadySamples = isSteady ? tracks[known].steadySamples + 1 : 0
            tracks[known].group.become(group)
            tracks[known].bornAt = clock - age
            tracks[known].since = time - .seconds(age)
            tracks[known].wasMatched = true
        }
        removeTracks { !$0.wasMatched }
    }

    private mutating func begin(_ group: RegionFinder.Group, bornAt: Double, since: FrameTime) {
        var track = spent.popLast() ?? .spent(usualCells: group.cells.count)
        track.begin(id: nextID, as: group, bornAt: bornAt, since: since)
        tracks.append(track)
        nextID += 1
    }

    private mutating func removeTracks(where isOver: (StillTrack) -> Bool) {
        for index in stride(from: tracks.count - 1, through: 0, by: -1) where isOver(tracks[index]) {
            let over = tracks.remove(at: index)
            if spent.count < Self.mostSpent { spent.append(over) }
        }
    }

    /// The track not yet believed whose place is most like this one's.
    private func youngTrack(like box: PixelRect) -> Int? {
        var best: Int?
        var bestOverlap = settings.sameRegionOverlap
        for index in tracks.indices where tracks[index].stage == .young && !tracks[index].wasMatched {
            let overlap = tracks[index].group.box.overlap(box)
            if overlap > bestOverlap {
                bestOverlap = overlap
                best = index
            }
        }
        return best
    }

    /// The published region that this group is a late part of: it came at the same time and stands with it.
    private func publishedWhole(of group: RegionFinder.Group, bornAt: Double, _ memory: StreetMemory) -> Int? {
        for index in tracks.indices where tracks[index].stage == .published {
            let whole = tracks[index].group
            let together = whole.box.union(group.box)
            if hollows(whole, with: group) || isScattered(cells: whole.cells.count + group.cells.count, box: together) { continue }
            if joiner.belongTogether(
                whole.box, tracks[index].bornAt, group.box, bornAt, memory, within: settings.lateJoinAgeSeconds)
            {
                return index
            }
            // The half of a box that passers-by hid when it came: together they fill their box as one does.
            if completes(whole, with: group), abs(bornAt - tracks[index].bornAt) <= settings.hiddenPartSeconds { return index }
            // What its owner hid until now comes later and is the same thing; so is what is put on a pile.
            let common = Double(whole.box.intersection(group.box).area)
            if group.cells.count <= whole.cells.count, common >= settings.sameThingOverlap * Double(group.box.area) { return index }
        }
        return nil
    }

    /// Whether a late part beside, not above or below, would leave the whole much emptier than it is: then it is a neighbour.
    private func hollows(_ whole: RegionFinder.Group, with part: RegionFinder.Group) -> Bool {
        let across = min(whole.box.maxX, part.box.maxX) - max(whole.box.x, part.box.x)
        if 2 * across >= part.box.width { return false }
        let fill = Double(whole.cells.count) / Double(max(1, whole.box.area))
        let together = Double(whole.cells.count + part.cells.count) / Double(max(1, whole.box.union(part.box).area))
        return together < settings.keptFill * fill
    }

    /// Two parts of one thing that were believed one by one, because somebody hid what lies between, become one.
    private mutating func uniteHalves(_ memory: StreetMemory, clock: Double) {
        var second = 1
        while second < tracks.count {
            let part = tracks[second]
            let isFresh = part.stage == .published && clock - part.bornAt < 4 * stillAfter
            let whole =
                isFresh
                ? tracks[..<second].firstIndex { track in
                    track.stage == .published && abs(track.bornAt - part.bornAt) <= settings.lateJoinAgeSeconds
                        && completes(track.group, with: part.group)
                } : nil
            guard let whole else {
                second += 1
                continue
            }
            tracks[whole].group.join(part.group)
            tracks[whole].features = verifier.features(of: tracks[whole].group, in: memory)
            tracks.remove(at: second)
        }
    }

    private func completes(_ whole: RegionFinder.Group, with part: RegionFinder.Group) -> Bool {
        let gapX = max(whole.box.x, part.box.x) - min(whole.box.maxX, part.box.maxX)
        let gapY = max(whole.box.y, part.box.y) - min(whole.box.maxY, part.box.maxY)
        guard max(gapX, gapY) <= settings.joinGap else { return false }
        let together = Double(whole.cells.count + part.cells.count) / Double(max(1, whole.box.union(part.box).area))
        return together >= settings.keptFill * Double(whole.cells.count) / Double(max(1, whole.box.area))
            && together >= settings.keptFill * Double(part.cells.count) / Double(max(1, part.box.area))
    }

    private mutating func judge(_ memory: inout StreetMemory) {
        var isAnyOver = false
        for index in tracks.indices where tracks[index].stage == .young {
            let features = verifier.features(of: tracks[index].group, in: memory)
            let (still, _) = shares(tracks[index].group.cells, memory)
            tracks[index].features = features
            tracks[index].visible = still
            tracks[index].stir.add(1 - still)
            if memory.formerShare(tracks[index].group.cells, settings: memorySettings) >= settings.formerShare {
                memory.absorb(tracks[index].group.cells)
                tracks[index].stage = .ended
                isAnyOver = true
                continue
            }
            if isNoThing(features) {
                // A part of what is still uncovering itself says little.
                if tracks[index].steadySamples >= 1 { tracks[index].rejections += 1 }
                if tracks[index].rejections >= settings.absorbAfterRejections {
                    memory.absorb(tracks[index].group.cells)
                    tracks[index].stage = .ended
                    isAnyOver = true
                }
                continue
            }
            tracks[index].rejections = 0
            let isSteady = tracks[index].steadySamples >= 1 && still >= settings.minimumVisibleShare
            if isSteady && !isScattered(cells: tracks[index].group.cells.count, box: tracks[index].group.box) { publish(index, &memory) }
        }
        if isAnyOver { removeEnded() }
    }

    private mutating func removeEnded() { removeTracks { $0.stage == .ended } }

    /// Light or a shadow, which leave the structure of the ground, or the ghost of what went away.
    private func isNoThing(_ features: RegionFeatures, leftEvidence: Double? = nil) -> Bool {
        features.structureChange < settings.minimumStructureChange || features.correlation > settings.maximumCorrelation
            || features.leftEvidence < leftEvidence ?? settings.minimumLeftEvidence
    }

    /// A bus before the camera, another scene, scraps, or many things at once: nothing that one could point at.
    private func isScattered(cells: Int, box: PixelRect) -> Bool {
        let filled = Double(cells) / Double(size.area)
        let spanned = Double(box.area) / Double(size.area)
        let isHollow = spanned > settings.hollowBoxShare && filled < settings.hollowFill * spanned
        return filled > settings.maximumShare || spanned > settings.maximumBoxShare || isHollow || filled < settings.minimumFill * spanned
    }

    private mutating func publish(_ index: Int, _ memory: inout StreetMemory) {
        let group = tracks[index].group
        tracks[index].stage = .published
        tracks[index].arrival = history.arrival(of: group.box, area: group.cells.count, bornAt: tracks[index].bornAt)
        let handover = history.handover(
            of: group.box, area: group.cells.count, bornAt: tracks[index].bornAt, longest: settings.handoverSeconds)
        tracks[index].bornAt += handover
        tracks[index].since = tracks[index].since + .microseconds(Int64(handover * 1_000_000))
        memory.hold(group.cells)
    }
}
