internal import FrameCore

extension StillTrack {
    /// - Parameter now: the time that `since` is written against.
    func write(to archive: inout ArchiveWriter, now: FrameTime) {
        archive.put(id)
        archive.put(Int(now.microseconds - since.microseconds))
        archive.put(bornAt)
        archive.put(visible)
        for side in [group.box.x, group.box.y, group.box.width, group.box.height] { archive.put(side) }
        archive.put(group.cells)
        let whole = wholeFeatures
        for value in [
            whole.area, whole.fill, whole.aspect, whole.height, whole.texture, whole.colourfulness, whole.structureChange,
            whole.correlation, whole.leftEvidence, whole.thinness, whole.overhang, whole.repetition,
        ] { archive.put(value) }
    }

    /// - Parameter now: the time at which the region is taken up again; what it did while nobody looked is not known.
    init(from archive: inout ArchiveReader, size: PixelSize, now: FrameTime) throws(SceneArchiveError) {
        let id = try archive.int(in: 1...Int.max)
        let age = try archive.int(in: 0...Int.max / 2)
        let bornAt = try archive.double()
        let visible = try archive.double()
        let box = PixelRect(
            x: try archive.int(in: 0...size.width), y: try archive.int(in: 0...size.height),
            width: try archive.int(in: 0...size.width), height: try archive.int(in: 0...size.height))
        guard box.maxX <= size.width, box.maxY <= size.height, !box.isEmpty else { throw .badValue }
        let cells = try archive.cells(area: size.area)
        guard !cells.isEmpty else { throw .badValue }
        self.init(
            id: id, group: RegionFinder.Group(box: box, cells: cells), bornAt: bornAt,
            since: FrameTime(microseconds: now.microseconds - Int64(age)))
        stage = .published
        self.visible = visible
        features.area = try archive.double()
        features.fill = try archive.double()
        features.aspect = try archive.double()
        features.height = try archive.double()
        features.texture = try archive.double()
        features.colourfulness = try archive.double()
        features.structureChange = try archive.double()
        features.correlation = try archive.double()
        features.leftEvidence = try archive.double()
        features.thinness = try archive.double()
        features.overhang = try archive.double()
        features.repetition = try archive.double()
    }
}
