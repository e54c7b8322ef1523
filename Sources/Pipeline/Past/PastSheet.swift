public import FFmpegIO
import Evidence
public import Foundation
public import FrameCore

/// Draws the answer of a search as a strip of stills: a row for each entry with its coming, its staying and its going.
public struct PastSheet {
    private enum Ink {
        static let ground = SheetColour(0x14181d)
        static let panel = SheetColour(0x1f252c)
        static let text = SheetColour(0xf0f3f6)
        static let faint = SheetColour(0x93a1ae)
        static let region = SheetColour(0x4c93ff)
        static let box = SheetColour(0xffd33d)
        static let bad = SheetColour(0xff5c5c)
    }

    /// Rows of one sheet; a longer answer says how many are left out.
    public static let rowLimit = 40
    private static let picture = PixelSize(width: 480, height: 270)
    private static let margin = 20
    private static let gap = 12
    private static let caption = 24
    private static let rowHead = 34
    private static let headHeight = 108
    private static let jpegQuality = 88

    private let answer: PastAnswer
    private let region: Polygon
    private let timeZone: TimeZone
    private var canvas: SheetCanvas

    /// The JPEG's bytes. Decodes three pictures for each entry, one after the other.
    public static func jpeg(_ answer: PastAnswer, region: Polygon, timeZone: TimeZone) throws -> [UInt8] {
        var sheet = PastSheet(answer, region, timeZone)
        sheet.draw()
        return try JPEGEncoder.encode(sheet.canvas.frame, quality: jpegQuality)
    }

    private init(_ answer: PastAnswer, _ region: Polygon, _ timeZone: TimeZone) {
        self.answer = answer
        self.region = region
        self.timeZone = timeZone
        let rows = max(1, min(answer.entries.count, Self.rowLimit))
        canvas = SheetCanvas(
            size: PixelSize(
                width: 2 * Self.margin + 3 * Self.picture.width + 2 * Self.gap,
                height: (Self.headHeight + rows * Self.rowHeight + Self.margin + 1) / 2 * 2), colour: Ink.ground)
    }

    private static var rowHeight: Int { rowHead + caption + picture.height + 2 * gap }

    private mutating func draw() {
        canvas.write(answer.channelID, x: Self.margin, y: 18, Ink.text, scale: 4)
        canvas.write("\(text(answer.first)) – \(text(answer.last))", x: Self.margin, y: 62, Ink.faint)
        let moved = answer.pictures > 0 ? 100 * answer.busyPictures / answer.pictures : 0
        let missing = answer.gaps.isEmpty ? "" : " · \(answer.gaps.count) gaps without footage"
        canvas.write(
            "\(answer.entries.count) stood here · something moved through in \(moved) % of \(answer.pictures) pictures\(missing)",
            x: Self.margin, y: 84, Ink.faint)
        var y = Self.headHeight
        for entry in answer.entries.prefix(Self.rowLimit) {
            row(entry, y)
            y += Self.rowHeight
        }
        if answer.entries.isEmpty { canvas.write("Nothing stood here in this time.", x: Self.margin, y: y, Ink.text, scale: 3) }
        if answer.entries.count > Self.rowLimit {
            canvas.write("and \(answer.entries.count - Self.rowLimit) more", x: Self.margin, y: y - 4, Ink.faint)
        }
    }

    private mutating func row(_ entry: PastEntry, _ y: Int) {
        canvas.fill(
            PixelRect(x: Self.margin, y: y, width: canvas.size.width - 2 * Self.margin, height: Self.rowHeight - Self.gap), Ink.panel)
        canvas.write("\(entry.id)", x: Self.margin + 10, y: y + 10, Ink.box, scale: 2)
        canvas.write("\(RegionStory.seconds(entry.seconds))", x: Self.margin + 60, y: y + 10, Ink.text)
        let moments = [
            ("\(entry.beginning.words) \(text(entry.from))", entry.from, true),
            ("staying \(text(entry.staying))", entry.staying, true),
            ("\(entry.ending.words) \(text(entry.to))", entry.to, entry.ending == .standing),
        ]
        for (column, (caption, moment, isThere)) in moments.enumerated() {
            let x = Self.margin + column * (Self.picture.width + Self.gap)
            canvas.write(caption, x: x + 10, y: y + Self.rowHead + 4, Ink.faint)
            still(
                moment, entry, isThere: isThere,
                in: PixelRect(
                    x: x + 4, y: y + Self.rowHead + Self.caption, width: Self.picture.width - 8, height: Self.picture.height - 4))
        }
    }

    private mutating func still(_ moment: PastMoment, _ entry: PastEntry, isThere: Bool, in box: PixelRect) {
        let closeUp = PastCloseUp(region: region, box: entry.box)
        guard let frame = try? PastPicture.frame(moment, closeUp: closeUp, width: Self.picture.width) else {
            canvas.write("this picture cannot be read any more", x: box.x + 8, y: box.y + 8, Ink.bad)
            return
        }
        // The picture keeps its shape.
        let fitted = frame.size.fitted(into: PixelSize(width: max(2, box.width), height: max(2, box.height)))
        let place = PixelRect(
            x: box.x + (box.width - fitted.width) / 2, y: box.y + (box.height - fitted.height) / 2, width: fitted.width,
            height: fitted.height)
        canvas.draw(SheetCanvas(frame), in: place)
        func pixel(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
            let point = closeUp.place(UnitPoint(x: x, y: y))
            return (place.x + Int(point.x * Double(place.width - 1)), place.y + Int(point.y * Double(place.height - 1)))
        }
        var previous = region.vertices[region.vertices.count - 1]
        for vertex in region.vertices {
            canvas.line(from: pixel(previous.x, previous.y), to: pixel(vertex.x, vertex.y), Ink.region, thickness: 2)
            previous = vertex
        }
        guard isThere, entry.box.count == 4 else { return }
        let corner = pixel(entry.box[0], entry.box[1])
        let opposite = pixel(entry.box[0] + entry.box[2], entry.box[1] + entry.box[3])
        canvas.outline(
            PixelRect(x: corner.x, y: corner.y, width: opposite.x - corner.x, height: opposite.y - corner.y), Ink.box, thickness: 2)
    }

    private func text(_ moment: PastMoment) -> String { moment.text(in: timeZone) }
}

extension PastMoment {
    /// Day and time of day, or the seconds in its file where no wall clock is known.
    public func text(in timeZone: TimeZone) -> String {
        guard let at else { return RegionStory.seconds(seconds) }
        let parts = Calendar(identifier: .gregorian).dateComponents(in: timeZone, from: at)
        return String(
            format: "%04d-%02d-%02d %02d:%02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0, parts.minute ?? 0,
            parts.second ?? 0)
    }
}

extension PastEntry.Beginning {
    /// For terminals and sheets.
    public var words: String {
        switch self {
        case .appeared: "appeared"
        case .before: "there since"
        case .unknown: "there from the start"
        case .unseen: "came in a gap before"
        }
    }
}

extension PastEntry.Ending {
    public var words: String {
        switch self {
        case .vanished: "gone"
        case .standing: "still there"
        case .lost: "lost from sight"
        case .unseen: "left in a gap before"
        }
    }
}

extension SheetCanvas {
    /// As a picture: BT.601, full range, 4:2:0. Sides must be even.
    var frame: Frame {
        var frame = Frame(size: size, range: .full)
        func byte(_ value: Double) -> UInt8 { UInt8(min(max(value.rounded(), 0), 255)) }
        for y in 0..<size.height {
            for x in 0..<size.width {
                let (red, green, blue) = self[x, y].levels
                let luma: Double = 0.299 * red + 0.587 * green + 0.114 * blue
                frame.luma[x, y] = byte(luma)
            }
        }
        for y in 0..<size.height / 2 {
            for x in 0..<size.width / 2 {
                let left = self[2 * x, 2 * y].mixed(with: self[2 * x, 2 * y + 1], 0.5)
                let right = self[2 * x + 1, 2 * y].mixed(with: self[2 * x + 1, 2 * y + 1], 0.5)
                let (red, green, blue) = left.mixed(with: right, 0.5).levels
                let cb: Double = 128 - 0.168736 * red - 0.331264 * green + 0.5 * blue
                let cr: Double = 128 + 0.5 * red - 0.418688 * green - 0.081312 * blue
                frame.cb[x, y] = byte(cb)
                frame.cr[x, y] = byte(cr)
            }
        }
        return frame
    }
}

extension SheetColour {
    fileprivate var levels: (red: Double, green: Double, blue: Double) { (Double(red), Double(green), Double(blue)) }
}
