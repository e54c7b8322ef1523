import FrameCore
import SceneAnalysis

/// The planes of the analysis in colours that tell them apart.
enum StagePictures {
    static let moving = SheetColour(0x4aa3ff)
    static let still = SheetColour(0xffb02e)
    static let held = SheetColour(0xff4d6d)
    static let new = SheetColour(0x3b4cc0)
    static let old = SheetColour(0xffe14d)
    private static let darker = SheetColour(0x2f7de1)
    private static let brighter = SheetColour(0xff7a2f)

    /// A picture as a quiet ground for colours.
    static func dimmed(_ picture: SheetCanvas, to ground: SheetColour) -> SheetCanvas {
        var quiet = picture
        for y in 0..<picture.size.height {
            for x in 0..<picture.size.width {
                let colour = picture[x, y]
                let sum: Int = 299 * Int(colour.red) + 587 * Int(colour.green) + 114 * Int(colour.blue)
                let level = UInt8(sum / 1000)
                quiet[x, y] = SheetColour(red: level, green: level, blue: level).mixed(with: ground, 0.65)
            }
        }
        return quiet
    }

    static func states(_ stages: SceneStages, on ground: SheetCanvas) -> SheetCanvas {
        painted(ground) { index in
            // A held cell keeps its colour while something covers it; what moves is drawn over it.
            switch stages.state[index] {
            case 1: moving
            case 2: stages.held[index] != 0 ? held : still
            default: stages.held[index] != 0 ? held.mixed(with: SheetColour(0), 0.5) : nil
            }
        }
    }

    static func candidates(_ stages: SceneStages, on ground: SheetCanvas) -> SheetCanvas {
        let whole = SheetCanvas(
            size: stages.size, luma: stages.candidate.luma, cb: stages.candidate.cb, cr: stages.candidate.cr)
        return painted(ground) { index in
            stages.ageSeconds[index] > 0 || stages.held[index] != 0 ? whole[index % stages.size.width, index / stages.size.width] : nil
        }
    }

    static func ages(_ stages: SceneStages, on ground: SheetCanvas, full: Double) -> SheetCanvas {
        painted(ground) { index in
            let age = Double(stages.ageSeconds[index])
            return age > 0 ? new.mixed(with: old, age / max(full, 1)) : nil
        }
    }

    /// Tile by tile; a stop (factor two) has the full colour.
    static func light(_ stages: SceneStages, on ground: SheetCanvas) -> SheetCanvas {
        guard stages.lightColumns > 0, stages.lightGains.count >= stages.lightColumns else { return ground }
        let rows = stages.lightGains.count / stages.lightColumns
        return painted(ground) { index in
            let column = (index % stages.size.width) * stages.lightColumns / stages.size.width
            let row = (index / stages.size.width) * rows / stages.size.height
            let gain = Double(stages.lightGains[row * stages.lightColumns + column])
            let quiet = ground[index % stages.size.width, index / stages.size.width]
            // A gain above one means that the picture was darker than the plate.
            return quiet.mixed(with: gain > 1 ? darker : brighter, min(1, (gain > 1 ? gain - 1 : 1 / max(gain, 0.01) - 1)))
        }
    }

    private static func painted(_ ground: SheetCanvas, _ colour: (Int) -> SheetColour?) -> SheetCanvas {
        var picture = ground
        for y in 0..<ground.size.height {
            for x in 0..<ground.size.width {
                if let colour = colour(y * ground.size.width + x) { picture[x, y] = colour }
            }
        }
        return picture
    }
}
