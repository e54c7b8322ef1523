internal import FrameCore
internal import FrameKernels

/// Gives still regions an identity, believes or rejects them, and notices when they are gone.
struct RegionTracker {
    private let settings: RegionSettings
    private let size: PixelSize
    /// Age from which cells form a region, seconds.
    private let stillAfter: Double
    private var finder: RegionFinder
    private var verifier: RegionVerifier
    private var marks: [UInt8]
    private(set) var tracks: [StillTrack] = []
    private var nextID = 1

    init(size: PixelSize, settings: RegionSettings, stillAfter: Double) {
        self.size = size
        self.settings = settings
        self.stillAfter = stillAfter
        finder = RegionFinder(size: size)
        verifier = RegionVerifier(size: size)
        marks = [UInt8](repeating: 0, count: size.area)
    }

    /// Takes the memory after a step.
    /// - Parameters:
    ///   - clock: seconds of clear view; `elapsed` of them since the previous step.
    ///   - now: the same clock in ticks.
    /// - Returns: published regions that ended because the plate is back.
    mutating func update(
        _ memory: inout StreetMemory, now: Int, clock: Double, elapsed: Double, time: FrameTime
    ) -> [StillTrack] {
        let ended = watchPublished(&memory, elapsed: elapsed)
        mark(memory, now: now)
        var groups = finder.groups(in: marks, minimumCells: max(2, settings.minimumCells / 3))
        groups = join(groups, memory, now: now).filter { $0.cells.count >= settings.minimumCells }
        match(groups, &memory, now: now, clock: clock, time: time)
        judge(&memory)
        return ended
    }

    // MARK: Published regions

    private mutating func watchPublished(_ memory: inout StreetMemory, elapsed: Double) -> [StillTrack] {
        var ended: [StillTrack] = []
        var kept: [StillTrack] = []
        for var track in tracks {
            guard track.stage == .published else {
                kept.append(track)
                continue
            }
            let (still, back) = shares(track.group.cells, memory)
            track.visible = still
            if still >= 0.5 {
                track.stirSum += 1 - still
                track.stirCount += 1
            }
            track.goneFor = back >= settings.clearedShare ? track.goneFor + elapsed : 0
            track.unseenFor = still < settings.minimumVisibleShare / 2 && back < settings.clearedShare ? track.unseenFor + elapsed : 0
            if track.goneFor >= settings.clearedSeconds {
                memory.release(track.group.cells)
                ended.append(track)
            } else if track.unseenFor >= settings.lostSeconds {
                // Neither the thing nor the street has been seen for so long that the plate itself must be out of date.
                memory.absorb(track.group.cells)
                ended.append(track)
            } else {
                kept.append(track)
            }
        }
        tracks = kept
        return ended
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

    // MARK: Finding

    private mutating func mark(_ memory: StreetMemory, now: Int) {
        let least = UInt16(stillAfter * StreetMemory.ticksPerSecond / Double(StreetMemory.ticksPerBirthTick))
        let coarseNow = UInt16(truncatingIfNeeded: now / StreetMemory.ticksPerBirthTick)
        Self.mark(memory, age: least, now: coarseNow, into: &marks)
    }

    private static func mark(_ memory: StreetMemory, age least: UInt16, now: UInt16, into marks: inout [UInt8]) {
        let hits = memory.hits.span
        let birth = memory.birth.span
        let held = memory.held.span
        var marks = marks.mutableSpan
        for i in 0..<hits.count {
            let age = now &- birth[i]
            // Seen for at least half of its age: the rest was covered.
            let isSeen = hits[i] &>> 2 >= age
            marks[i] = age >= least && isSeen && hits[i] > 0 && held[i] == 0 ? 1 : 0
        }
    }

    private func medianAge(_ group: RegionFinder.Group, _ memory: StreetMemory, now: Int) -> Double {
        let step = max(1, group.cells.count / 64)
        var ages: [Int] = []
        for index in stride(from: 0, to: group.cells.count, by: step) {
            let cell = Int(group.cells[index])
            // The closing adds cells that have no age of their own.
            if memory.hits[cell] > 0 { ages.append(memory.age(at: cell, now: now)) }
        }
        guard !ages.isEmpty else { return 0 }
        ages.sort()
        return Double(ages[ages.count / 2]) / StreetMemory.ticksPerSecond
    }

    /// Joins parts that came together: near each other, or one standing on the other (an umbrella over its table).
    private func join(_ groups: [RegionFinder.Group], _ memory: StreetMemory, now: Int) -> [RegionFinder.Group] {
        var parts = groups.map { (group: $0, age: medianAge($0, memory, now: now)) }
        var changed = true
        while changed {
            changed = false
            outer: for first in parts.indices {
                for second in parts.indices where second > first && belongTogether(parts[first], parts[second], memory) {
                    parts[first].group.box = parts[first].group.box.union(parts[second].group.box)
                    parts[first].group.cells += parts[second].group.cells
                    parts[first].age = max(parts[first].age, parts[second].age)
                    parts.remove(at: second)
                    changed = true
                    break outer
                }
            }
        }
        return parts.map(\.group)
    }

    private func belongTogether(
        _ a: (group: RegionFinder.Group, age: Double), _ b: (group: RegionFinder.Group, age: Double),
        _ memory: StreetMemory
    ) -> Bool {
        guard abs(a.age - b.age) <= settings.joinAgeSeconds else { return false }
        let boxA = a.group.box
        let boxB = b.group.box
        let gapX = max(0, max(boxA.x, boxB.x) - min(boxA.maxX, boxB.maxX))
        let gapY = max(0, max(boxA.y, boxB.y) - min(boxA.maxY, boxB.maxY))
        if max(gapX, gapY) <= settings.joinGap { return true }
        let common = min(boxA.maxX, boxB.maxX) - max(boxA.x, boxB.x)
        let narrower = min(boxA.width, boxB.width)
        guard 2 * common >= narrower else { return false }
        return gapY <= max(boxA.height, boxB.height) || isBridged(boxA, boxB, memory)
    }

    /// Whether a held region that is covered now lies between the two: then they are the top and bottom of what covers it.
    private func isBridged(_ a: PixelRect, _ b: PixelRect, _ memory: StreetMemory) -> Bool {
        let top = min(a.maxY, b.maxY)
        let bottom = max(a.y, b.y)
        let x = (max(a.x, b.x) + min(a.maxX, b.maxX)) / 2
        var covered = 0
        for y in top..<max(top, bottom)
        where memory.held[y * size.width + x] != 0 && memory.state[y * size.width + x] != MemoryStep.State.background {
            covered += 1
        }
        return 2 * covered >= bottom - top && bottom > top
    }

    // MARK: Identity and belief

    private mutating func match(
        _ groups: [RegionFinder.Group], _ memory: inout StreetMemory, now: Int, clock: Double, time: FrameTime
    ) {
        for index in tracks.indices { tracks[index].wasMatched = tracks[index].stage == .published }
        for group in groups {
            let age = medianAge(group, memory, now: now)
            if let whole = publishedWhole(of: group, bornAt: clock - age, memory) {
                tracks[whole].group.box = tracks[whole].group.box.union(group.box)
                tracks[whole].group.cells += group.cells
                tracks[whole].features = verifier.features(of: tracks[whole].group, in: memory)
                memory.hold(group.cells)
                continue
            }
            var best: Int?
            var bestOverlap = 0.3
            for index in tracks.indices where tracks[index].stage == .young && !tracks[index].wasMatched {
                let overlap = tracks[index].group.box.overlap(group.box)
                if overlap > bestOverlap {
                    bestOverlap = overlap
                    best = index
                }
            }
            if let best {
                tracks[best].steadySamples = bestOverlap >= settings.steadyOverlap ? tracks[best].steadySamples + 1 : 0
                tracks[best].group = group
                tracks[best].wasMatched = true
            } else {
                tracks.append(
                    StillTrack(id: nextID, group: group, bornAt: clock - age, since: time - .seconds(age)))
                nextID += 1
            }
        }
        tracks.removeAll { !$0.wasMatched }
    }

    /// The published region that this group is a late part of: it came at the same time and stands with it.
    private func publishedWhole(of group: RegionFinder.Group, bornAt: Double, _ memory: StreetMemory) -> Int? {
        tracks.firstIndex { track in
            track.stage == .published
                && belongTogether((track.group, track.bornAt), (group, bornAt), memory)
        }
    }

    private mutating func judge(_ memory: inout StreetMemory) {
        var kept: [StillTrack] = []
        for var track in tracks {
            guard track.stage == .young else {
                kept.append(track)
                continue
            }
            track.features = verifier.features(of: track.group, in: memory)
            let (still, _) = shares(track.group.cells, memory)
            track.visible = still
            track.stirSum += 1 - still
            track.stirCount += 1
            let isLight =
                track.features.structureChange < settings.minimumStructureChange
                || track.features.correlation > settings.maximumCorrelation
            let isGhost = track.features.leftEvidence < settings.minimumLeftEvidence
            if isLight || isGhost {
                track.rejections += 1
                if track.rejections >= settings.absorbAfterRejections {
                    memory.absorb(track.group.cells)
                } else {
                    kept.append(track)
                }
                continue
            }
            track.rejections = 0
            if track.steadySamples >= 1 && still >= settings.minimumVisibleShare {
                track.stage = .published
                memory.hold(track.group.cells)
            }
            kept.append(track)
        }
        tracks = kept
    }
}
