public import FrameCore

/// Each kernel once more, written for the reader and not for the processor; tests demand the same result to the bit.
public enum Reference {
    public static func halve(_ source: [UInt8], sourceSize: PixelSize, shiftX: Int, shiftY: Int) -> [UInt8] {
        func pixel(_ x: Int, _ y: Int) -> Int {
            Int(source[min(max(y, 0), sourceSize.height - 1) * sourceSize.width + min(max(x, 0), sourceSize.width - 1)])
        }
        var result: [UInt8] = []
        for row in 0..<sourceSize.height / 2 {
            for column in 0..<sourceSize.width / 2 {
                let x = 2 * column + shiftX
                let y = 2 * row + shiftY
                result.append(UInt8((pixel(x, y) + pixel(x + 1, y) + pixel(x, y + 1) + pixel(x + 1, y + 1) + 2) / 4))
            }
        }
        return result
    }

    public static func double(_ source: [UInt8], size: PixelSize) -> [UInt8] {
        (0..<size.area).map { source[$0 / size.width / 2 * ((size.width + 1) / 2) + $0 % size.width / 2] }
    }

    public static func corner(_ source: [UInt8], width: Int, target: PixelSize) -> [UInt8] {
        (0..<target.area).map { source[$0 / target.width * width + $0 % target.width] }
    }

    public static func markedRows(_ marks: [UInt8], size: PixelSize) -> Range<Int> {
        let marked = (0..<size.height).filter { y in marks[y * size.width..<(y + 1) * size.width].contains { $0 != 0 } }
        guard let first = marked.first, let last = marked.last else { return 0..<0 }
        return first..<last + 1
    }

    public static func count(equalTo value: UInt8, in plane: [UInt8]) -> Int {
        plane.filter { $0 == value }.count
    }

    public static func stillMarks(hits: [UInt16], birth: [UInt16], held: [UInt8], least: UInt16, now: UInt16) -> [UInt8] {
        hits.indices.map { i in
            let age = now &- birth[i]
            return age >= least && hits[i] / 4 >= age && hits[i] > 0 && held[i] == 0 ? 1 : 0
        }
    }

    /// What `BlockCount.foreground` counts.
    public static func foregroundBlocks(_ state: [UInt8], held: [UInt8], size: PixelSize) -> [UInt8] {
        var counts: [UInt8] = []
        for top in stride(from: 0, through: size.height - 4, by: 4) {
            for left in stride(from: 0, through: size.width - 4, by: 4) {
                var count: UInt8 = 0
                for index in 0..<16 {
                    let cell = (top + index / 4) * size.width + left + index % 4
                    let isStanding = held[cell] != 0 && state[cell] == MemoryStep.State.still
                    if state[cell] != MemoryStep.State.background && !isStanding { count += 1 }
                }
                counts.append(count)
            }
        }
        return counts
    }

    public static func closing(_ marks: [UInt8], size: PixelSize) -> [UInt8] {
        func around(_ source: [UInt8], _ isAll: Bool) -> [UInt8] {
            (0..<size.area).map { index in
                let x = index % size.width
                let y = index / size.width
                guard x > 0, y > 0, x < size.width - 1, y < size.height - 1 else { return 0 }
                let neighbours = (y - 1...y + 1).flatMap { row in (x - 1...x + 1).map { source[row * size.width + $0] } }
                return isAll ? neighbours.min() ?? 0 : neighbours.max() ?? 0
            }
        }
        return around(around(marks, false), true)
    }

    public static func medianOfNine(_ planes: [[UInt8]]) -> [UInt8] {
        planes[0].indices.map { index in planes.map { $0[index] }.sorted()[4] }
    }

    /// One cell of `MemoryStep`.
    public struct Cell: Hashable, Sendable {
        public var plate: [UInt16]
        public var noise: UInt16
        public var candidate: [UInt8]
        public var hits: UInt16
        public var misses: UInt16
        public var birth: UInt16
        public var state: UInt8

        public init(plate: [UInt16], noise: UInt16, candidate: [UInt8], hits: UInt16, misses: UInt16, birth: UInt16, state: UInt8) {
            self.plate = plate
            self.noise = noise
            self.candidate = candidate
            self.hits = hits
            self.misses = misses
            self.birth = birth
            self.state = state
        }

        /// - Parameter seen: luma, cb, cr of the new picture.
        public mutating func step(_ settings: MemoryStep.Settings, seen: [UInt8], previousLuma: UInt8, isHeld: Bool) {
            let ticks = Int(settings.ticks)
            let plateNow = plate.map { Int($0 >> 8) }
            let base = min(
                max(plateNow[0] * Int(settings.thresholdSlope) / 256 + Int(settings.thresholdBase), Int(settings.thresholdLow)),
                Int(settings.thresholdHigh))
            let threshold = base + Int(noise) / 16 * Int(settings.noiseFactor) / 16
            func difference(_ to: [Int]) -> Int {
                let parts = zip(seen, to).map { abs(Int($0) - $1) }
                return max(parts[0], Int(settings.chromaWeight) * max(parts[1], parts[2]))
            }
            let isForeground = difference(plateNow) > threshold
            let isMatch = isForeground && difference(candidate.map { Int($0) }) <= threshold
            let isMoving = abs(Int(seen[0]) - Int(previousLuma)) > threshold
            let oldHits = Int(hits)
            var isReset = false
            if !isForeground {
                if !isHeld { hits = UInt16(max(0, oldHits - 2 * ticks)) }
                misses = UInt16(max(0, Int(misses) - ticks))
            } else if isMatch {
                hits = UInt16(min(oldHits + ticks, Int(settings.hitCap)))
                candidate = zip(candidate, seen).map { UInt8((Int($0) * 3 + Int($1) + 2) / 4) }
            } else {
                misses = UInt16(min(Int(misses) + (isMoving ? ticks >> Int(settings.coverShift) : ticks), Int(settings.hitCap)))
                isReset = !isHeld && Int(misses) >= oldHits / 2 + oldHits / 8
            }
            if isReset {
                candidate = seen
                hits = 0
                misses = 0
            }
            if isReset {
                birth = settings.bornNow
            } else if !isMatch && oldHits == 0 {
                birth = settings.bornNext
            }
            if !isForeground && !isHeld {
                let deviation = abs(Int(seen[0]) - plateNow[0])
                plate = zip(plate, seen).map { Self.learn($0, Int($1), settings.plateRate) }
                noise = Self.learn(noise, deviation, settings.noiseRate)
            }
            state = isForeground ? (isMatch ? MemoryStep.State.still : MemoryStep.State.moving) : MemoryStep.State.background
        }

        private static func learn(_ old: UInt16, _ new: Int, _ rate: Int32) -> UInt16 {
            let change = (new * 256 - Int(old)) * Int(rate)
            return UInt16(Int(old) + (change >> 16))
        }
    }
}
