internal import FrameCore

extension StreetMemory {
    func write(to archive: inout ArchiveWriter) {
        archive.put(hasColour)
        for plane in [plateLuma, plateCb, plateCr, noise, hits, misses, birth] { archive.put(plane) }
        for plane in [candidateLuma, candidateCb, candidateCr, state, held, currentLuma] { archive.put(plane) }
        for plane in [formerLuma, formerCb, formerCr, hasFormer] { archive.put(plane) }
        archive.put(otherLights.count)
        for light in otherLights {
            archive.put(light.hasColour)
            for plane in [light.luma, light.cb, light.cr, light.noise] { archive.put(plane) }
        }
    }

    init(from archive: inout ArchiveReader, size: PixelSize) throws(SceneArchiveError) {
        self.init(plate: Cells(size: size), noiseLevels: [UInt8](repeating: 0, count: size.area))
        let area = size.area
        hasColour = try archive.bool()
        plateLuma = try archive.wordPlane(count: area)
        plateCb = try archive.wordPlane(count: area)
        plateCr = try archive.wordPlane(count: area)
        noise = try archive.wordPlane(count: area)
        hits = try archive.wordPlane(count: area)
        misses = try archive.wordPlane(count: area)
        birth = try archive.wordPlane(count: area)
        candidateLuma = try archive.bytePlane(count: area)
        candidateCb = try archive.bytePlane(count: area)
        candidateCr = try archive.bytePlane(count: area)
        state = try archive.bytePlane(count: area)
        held = try archive.bytePlane(count: area)
        currentLuma = try archive.bytePlane(count: area)
        formerLuma = try archive.bytePlane(count: area)
        formerCb = try archive.bytePlane(count: area)
        formerCr = try archive.bytePlane(count: area)
        hasFormer = try archive.bytePlane(count: area)
        for _ in 0..<(try archive.int(in: 0...16)) {
            let hasColour = try archive.bool()
            otherLights.append(
                PlateSet(
                    luma: try archive.wordPlane(count: area), cb: try archive.wordPlane(count: area),
                    cr: try archive.wordPlane(count: area), noise: try archive.wordPlane(count: area), hasColour: hasColour))
        }
    }
}
