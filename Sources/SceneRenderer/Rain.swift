import FrameCore

/// Falling rain: streaks close to the lens and short-lived rings where drops meet the ground.
struct Rain: Sendable {
    let size: PixelSize
    let seed: UInt64

    func draw(frameIndex: Int, plate: Plate, into picture: inout LightLayer) {
        var generator = Generator(seed: seed &+ UInt64(frameIndex), part: 95)
        let scale = Float(size.height) / 540
        for _ in 0..<320 {
            let near = generator.unit()
            let length = (8 + near * near * 34) * scale
            let x = generator.range(-10, Float(size.width))
            let y = generator.range(-30, Float(size.height))
            let strength = generator.range(0.012, 0.045) * (1.2 - near * 0.5)
            let slant = 0.1 + 0.03 * generator.bell()
            for step in 0..<Int(length) {
                let column = x + Float(step) * slant
                let row = Int(y) + step
                let left = floorIndex(column)
                guard row >= 0, row < size.height, left >= 0, left + 1 < size.width else { continue }
                let fade = strength * min(1, Float(min(step, Int(length) - step)) / 4)
                let part = column - Float(left)
                let index = row * size.width + left
                picture.add(.grey(fade * (1 - part)), at: index)
                picture.add(.grey(fade * part), at: index + 1)
            }
        }
        // Each splash is seen in two frames.
        for age in 0..<2 where frameIndex >= age {
            var splashes = Generator(seed: seed &+ UInt64(frameIndex - age), part: 96)
            for _ in 0..<420 {
                let column = splashes.index(size.width - 8) + 4
                let row = splashes.index(size.height - 8) + 4
                let index = row * size.width + column
                guard plate.upward[index] > 0.8, plate.place[index].y < 0.2 else { continue }
                let near = Int(clamp(9 / plate.depth[index], 0.4, 1.6) * scale * (age == 0 ? 1 : 2) + 0.5)
                let glint = Vector.grey(age == 0 ? 0.06 : 0.025)
                picture.add(glint, at: index - near)
                picture.add(glint, at: index + near)
                if age == 0 { picture.add(glint * 1.5, at: index) }
            }
        }
    }
}
