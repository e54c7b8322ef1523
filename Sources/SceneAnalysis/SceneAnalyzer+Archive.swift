public import FrameCore

/// A background is worth hours: what a restart would interrupt can be saved and taken up again.
extension SceneAnalyzer {
    private static let archiveVersion = 1
    /// Counters and clocks beyond this were never reached by counting (five centuries of ticks); in microseconds they still
    /// fit, whatever is added to them later.
    private static let largestNumber = 1 << 40
    /// A region may be younger or older than the clock of clear view by the rounding of ages, seconds.
    private static let ageRounding = 60.0

    /// Everything that took time to learn: plates, candidates and their ages, what stands, each preset and light.
    ///
    /// About 30 bytes for each cell of each view; nil while the first plate is learned. Not compressed, not signed: who
    /// stores it does that.
    public func archive() -> [UInt8]? {
        guard let memory, let frameSize, let now = lastTime else { return nil }
        var archive = ArchiveWriter()
        archive.put(Self.archiveVersion)
        archive.put(frameSize.width)
        archive.put(frameSize.height)
        archive.put(tracker.nextID)
        let present = KnownView(
            preset: preset, memory: memory, tracker: tracker, shift: shift, clearTicks: clearTicks, leftAt: now)
        let views = otherViews + [present]
        archive.put(views.count)
        for view in views {
            archive.put(view.preset)
            archive.put(view.clearTicks)
            archive.put(view.shift.referenceLuma)
            view.memory.write(to: &archive)
            let standing = view.tracker.tracks.filter { $0.stage == .published }
            archive.put(standing.count)
            for track in standing { track.write(to: &archive, now: now) }
        }
        return archive.bytes
    }

    /// Takes up what was saved; the street is known from the first frame on. Time that passed in between does not count as
    /// dwell: nobody saw it.
    ///
    /// - Parameters:
    ///   - bytes: what `archive()` gave.
    ///   - time: stream time of the next frame; `gap` is how long ago, then, the archive was made.
    /// - Throws: and leaves the analyzer as it was, if the bytes are not such an archive.
    public mutating func restore(_ bytes: [UInt8], at time: FrameTime, gap: Duration) throws(SceneArchiveError) {
        var archive = ArchiveReader(bytes)
        guard try archive.int() == Self.archiveVersion else { throw .otherVersion }
        let size = PixelSize(width: try archive.int(in: 16...8192), height: try archive.int(in: 16...8192))
        let nextID = try archive.int(in: 1...Self.largestNumber)
        let savedAt = time - gap
        let cellSize = Cells(frameSize: size).size
        var views: [KnownView] = []
        for _ in 0..<(try archive.int(in: 1...Self.keptViews + 1)) {
            let preset = try archive.int(in: 0...Self.largestNumber)
            let clearTicks = try archive.int(in: 0...Self.largestNumber)
            var shift = ViewShift(size: size)
            shift.setReference(Plane(size: size, bytes: try archive.bytePlane(count: size.area)))
            let memory = try StreetMemory(from: &archive, size: cellSize)
            var tracks: [StillTrack] = []
            for _ in 0..<(try archive.int(in: 0...4096)) {
                let track = try StillTrack(from: &archive, size: cellSize, now: savedAt)
                guard track.id < nextID, Self.canBe(track, width: cellSize.width, clearTicks: clearTicks) else { throw .badValue }
                tracks.append(track)
            }
            let tracker = RegionTracker(
                size: cellSize, settings: settings, stillAfter: stillAfterSeconds, firstID: nextID, standing: tracks)
            views.append(
                KnownView(preset: preset, memory: memory, tracker: tracker, shift: shift, clearTicks: clearTicks, leftAt: savedAt))
        }
        guard archive.isAtEnd, let present = views.popLast() else { throw .badValue }
        takeUp(present, others: views, size: size)
    }

    /// Whether a region came while its view was watched, and fills its own box: what measures it counts on both.
    private static func canBe(_ track: StillTrack, width: Int, clearTicks: Int) -> Bool {
        let clock = Double(clearTicks) / StreetMemory.ticksPerSecond
        guard (-ageRounding...clock + ageRounding).contains(track.bornAt) else { return false }
        let box = track.group.box
        return track.group.cells.allSatisfy { cell in
            let x = Int(cell) % width
            let y = Int(cell) / width
            return x >= box.x && x < box.maxX && y >= box.y && y < box.maxY
        }
    }
}
