public import FFmpegIO
import FrameCore
import SceneAnalysis
import Violations

/// Draws an explanation as one picture: what the camera saw, what each stage made of it, and what is said of each region.
public struct SceneSheet {
    private enum Ink {
        static let ground = SheetColour(0x14181d)
        static let panel = SheetColour(0x1f252c)
        static let text = SheetColour(0xf0f3f6)
        static let faint = SheetColour(0x93a1ae)
        static let zone = SheetColour(0xffd600)
        static let good = SheetColour(0x4cd07d)
        static let wait = SheetColour(0xffb02e)
        static let bad = SheetColour(0xff5c5c)
        static let calm = SheetColour(0x6aa9ff)
    }

    private static let width = 1600
    private static let margin = 20
    private static let gap = 16
    private static let caption = 30
    private static let line = 26
    private static let regionLimit = 12

    private let explanation: Explanation
    private let stories: [RegionStory]
    private var canvas: SheetCanvas

    /// The PNG's bytes.
    public static func png(_ explanation: Explanation) throws(AVError) -> [UInt8] {
        var sheet = SceneSheet(explanation)
        sheet.draw()
        return try PNGEncoder.encode(sheet.canvas.bytes, size: sheet.canvas.size, samples: .rgb)
    }

    private init(_ explanation: Explanation) {
        self.explanation = explanation
        stories = explanation.regions.prefix(Self.regionLimit).map { RegionStory($0, settings: explanation.settings.regions) }
        canvas = SheetCanvas(size: PixelSize(width: Self.width, height: 1), colour: Ink.ground)
        let height = layOut().height
        canvas = SheetCanvas(size: PixelSize(width: Self.width, height: height), colour: Ink.ground)
    }

    // MARK: Layout

    private struct Places {
        var picture: PixelRect
        /// Plate, states, candidate, light, age.
        var panels: [PixelRect]
        var textTop: Int
        var height: Int
    }

    /// The picture takes two thirds, two panels stand beside it, three below.
    private func layOut() -> Places {
        let inner = Self.width - 2 * Self.margin
        let third = (inner - 2 * Self.gap) / 3
        let wide = inner - Self.gap - third
        let shape = Double(explanation.frameSize.height) / Double(explanation.frameSize.width)
        let small = Int(Double(third) * shape)
        let top = 92 + Self.caption
        let picture = PixelRect(x: Self.margin, y: top, width: wide, height: Int(Double(wide) * shape))
        let right = Self.margin + wide + Self.gap
        let below = max(picture.maxY, top + 2 * small + Self.caption + Self.gap) + Self.caption + Self.gap
        let panels =
            [
                PixelRect(x: right, y: top, width: third, height: small),
                PixelRect(x: right, y: top + small + Self.caption + Self.gap, width: third, height: small),
            ] + (0..<3).map { PixelRect(x: Self.margin + $0 * (third + Self.gap), y: below, width: third, height: small) }
        let textTop = below + small + 2 * Self.gap
        let lines = stories.map { 2 + Self.sentenceLines($0.reason).count + Self.wrapped($0.checks.map(RegionStory.text)).count }
            .reduce(0, +)
        let rest = max(0, explanation.regions.count - stories.count)
        return Places(
            picture: picture, panels: panels, textTop: textTop,
            height: textTop + max(lines, 2) * Self.line + stories.count * Self.gap + (rest > 0 ? Self.line : 0) + Self.margin)
    }

    /// Chips that fit on one line together.
    private static func wrapped(_ texts: [String]) -> [[Int]] {
        var lines: [[Int]] = [[]]
        var used = 0
        for (index, text) in texts.enumerated() {
            let length = SheetCanvas.width(of: text) + 40
            if used + length > width - 2 * margin - 40, !lines[lines.count - 1].isEmpty {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(index)
            used += length
        }
        return lines
    }

    /// A sentence broken between words where it would leave the sheet.
    private static func sentenceLines(_ text: String) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let longer = lines[lines.count - 1].isEmpty ? String(word) : lines[lines.count - 1] + " " + word
            if SheetCanvas.width(of: longer) <= width - 2 * margin - 40 || lines[lines.count - 1].isEmpty {
                lines[lines.count - 1] = longer
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    // MARK: Drawing

    private mutating func draw() {
        let places = layOut()
        drawHead()
        drawPicture(in: places.picture)
        drawPanels(places.panels)
        drawStories(from: places.textTop)
    }

    private mutating func drawHead() {
        canvas.write(explanation.name, x: Self.margin, y: 20, Ink.text, scale: 4)
        let moment = "at \(RegionStory.seconds(explanation.time.seconds))"
        canvas.write(moment, x: Self.width - Self.margin - SheetCanvas.width(of: moment, scale: 4), y: 20, Ink.text, scale: 4)
        let (view, colour) =
            switch explanation.view {
            case .clear: ("the view is clear", Ink.good)
            case .learning(let remaining): ("the street is being learned, \(RegionStory.seconds(remaining)) to go", Ink.wait)
            case .fault(let fault): ("the view is \(fault.rawValue): nothing is judged", Ink.bad)
            }
        let end = canvas.write(view, x: Self.margin, y: 68, colour)
        let counts =
            " · \(explanation.analysedFrames) pictures analysed · \(explanation.regions.count) "
            + (explanation.regions.count == 1 ? "region stands still" : "regions stand still")
        canvas.write(counts, x: end, y: 68, Ink.faint)
    }

    private mutating func drawPicture(in box: PixelRect) {
        title("What the camera saw", above: box)
        canvas.draw(SheetCanvas(explanation.picture), in: box)
        for zone in explanation.zones.zones {
            canvas.outline(zone.polygon, in: box, Ink.ground, thickness: 5)
            canvas.outline(zone.polygon, in: box, Ink.zone, thickness: 3)
        }
        for zone in explanation.zones.zones {
            let corner = zone.polygon.vertices.min { ($0.y, $0.x) < ($1.y, $1.x) }
            guard let corner else { continue }
            canvas.label(
                zone.id, x: box.x + Int(corner.x * Double(box.width)) + 6, y: box.y + Int(corner.y * Double(box.height)) + 6, Ink.ground,
                on: Ink.zone)
        }
        for (region, story) in zip(explanation.regions, stories).reversed() {
            let place = placed(region, in: box)
            let colour = colour(of: story.outcome)
            canvas.outline(place.inset(by: -2, within: canvas.size), Ink.ground, thickness: 5)
            canvas.outline(place, colour, thickness: 3)
            let score = region.incident.map { " · \(RegionStory.number($0.score))" } ?? ""
            canvas.label("\(region.seen.id)\(score)", x: place.x, y: max(box.y, place.y - 24), Ink.ground, on: colour)
        }
    }

    private mutating func drawPanels(_ boxes: [PixelRect]) {
        let captions = [
            "Plate: the street without anything on it", "State: moving, still, held", "Candidates: what stands before the plate",
            "Light taken out: darker … brighter", "Age of what stands there",
        ]
        for (box, caption) in zip(boxes, captions) {
            title(caption, above: box)
            canvas.fill(box, Ink.panel)
        }
        guard let stages = explanation.stages else {
            for box in boxes { canvas.write("being learned", x: box.x + 12, y: box.y + 12, Ink.faint) }
            return
        }
        let size = stages.size
        let plate = SheetCanvas(size: size, luma: stages.plate.luma, cb: stages.plate.cb, cr: stages.plate.cr)
        canvas.draw(plate, in: boxes[0])
        let dim = StagePictures.dimmed(plate, to: Ink.panel)
        canvas.draw(StagePictures.states(stages, on: dim), in: boxes[1], isSmooth: false)
        canvas.draw(StagePictures.candidates(stages, on: dim), in: boxes[2])
        canvas.draw(StagePictures.light(stages, on: dim), in: boxes[3])
        canvas.draw(StagePictures.ages(stages, on: dim, full: 2 * explanation.stillAfterSeconds), in: boxes[4], isSmooth: false)
        legend([("moving", StagePictures.moving), ("still", StagePictures.still), ("held", StagePictures.held)], in: boxes[1])
        let gains = stages.lightGains
        let range =
            gains.isEmpty ? "" : "× \(RegionStory.number(Double(gains.min() ?? 1))) to × \(RegionStory.number(Double(gains.max() ?? 1)))"
        canvas.label(range, x: boxes[3].x + 8, y: boxes[3].maxY - 32, Ink.text, on: Ink.ground)
        let full = RegionStory.seconds(2 * explanation.stillAfterSeconds)
        legend([("new", StagePictures.new), ("\(full) and more", StagePictures.old)], in: boxes[4])
    }

    private mutating func legend(_ entries: [(String, SheetColour)], in box: PixelRect) {
        var x = box.x + 8
        let y = box.maxY - 32
        let width = entries.map { SheetCanvas.width(of: $0.0) + 40 }.reduce(0, +)
        canvas.fill(PixelRect(x: x, y: y, width: width, height: 24), Ink.ground, opacity: 0.85)
        for (name, colour) in entries {
            canvas.fill(PixelRect(x: x + 6, y: y + 5, width: 14, height: 14), colour)
            x = canvas.write(name, x: x + 26, y: y + 5, Ink.text) + 14
        }
    }

    private mutating func drawStories(from top: Int) {
        var y = top
        if stories.isEmpty {
            canvas.write("Nothing stands still here that was not part of the street before.", x: Self.margin, y: y, Ink.faint)
        }
        for story in stories {
            let lines = Self.wrapped(story.checks.map(RegionStory.text))
            let sentences = Self.sentenceLines(story.reason)
            let height = (1 + sentences.count + lines.count) * Self.line + 18
            canvas.fill(PixelRect(x: Self.margin, y: y, width: Self.width - 2 * Self.margin, height: height), Ink.panel)
            canvas.fill(PixelRect(x: Self.margin, y: y, width: 6, height: height), colour(of: story.outcome))
            let left = Self.margin + 20
            canvas.write(story.title, x: left, y: y + 10, colour(of: story.outcome))
            for (row, sentence) in sentences.enumerated() {
                canvas.write(sentence, x: left, y: y + 10 + (1 + row) * Self.line, Ink.text)
            }
            for (row, indices) in lines.enumerated() {
                var x = left
                for index in indices {
                    let check = story.checks[index]
                    let colour = check.holds ? Ink.good : Ink.bad
                    x = canvas.write(check.holds ? "✓" : "✗", x: x, y: y + 10 + (1 + sentences.count + row) * Self.line, colour) + 4
                    x =
                        canvas.write(
                            RegionStory.text(of: check), x: x, y: y + 10 + (1 + sentences.count + row) * Self.line,
                            check.holds ? Ink.faint : Ink.bad) + 24
                }
            }
            y += height + Self.gap
        }
        let rest = explanation.regions.count - stories.count
        if rest > 0 { canvas.write("… and \(rest) more", x: Self.margin, y: y, Ink.faint) }
    }

    private mutating func title(_ text: String, above box: PixelRect) {
        canvas.write(text, x: box.x, y: box.y - Self.caption + 6, Ink.faint)
    }

    private func colour(of outcome: RegionStory.Outcome) -> SheetColour {
        switch outcome {
        case .reported: Ink.good
        case .waiting: Ink.wait
        case .passedOver: Ink.calm
        case .disbelieved: Ink.bad
        }
    }

    private func placed(_ region: Explanation.Region, in box: PixelRect) -> PixelRect {
        guard let stages = explanation.stages else { return box }
        let part = region.seen.box.scaled(from: stages.size, to: PixelSize(width: box.width, height: box.height))
        return PixelRect(x: box.x + part.x, y: box.y + part.y, width: part.width, height: part.height)
    }
}
