import FrameCore
import Foundation
import SceneAnalysis
import Testing
import Yams

/// Something on a drawn street: still there, gone, covered, in other light, seen by a camera that was moved.
@Suite("A place compared with how it looked")
struct PlaceComparisonTests {
    private static let box = PixelRect(x: 180, y: 100, width: 50, height: 44)

    private static func settings() throws -> PlaceSettings {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Models/second-look.yaml").path
        return try YAMLDecoder().decode(PlaceSettings.self, from: String(contentsOfFile: path, encoding: .utf8))
    }

    /// Crates: stripes and boards on the drawn ground.
    private static func put(_ picture: inout DrawnView.Picture, at box: PixelRect = box, part: Int = 1) {
        let cut = PixelRect(x: box.x, y: box.y, width: box.width / part, height: box.height)
        DrawnView.draw(cut, on: &picture.luma) { x, y in (x / 7 + y / 11) % 2 == 0 ? 200 : 45 }
        for y in cut.y / 2..<cut.maxY / 2 {
            for x in cut.x / 2..<cut.maxX / 2 {
                picture.cb[y * DrawnView.size.width / 2 + x] = 95
                picture.cr[y * DrawnView.size.width / 2 + x] = 160
            }
        }
    }

    /// Judges five pictures that `alter` changed.
    private static func judge(
        hasObject: Bool, before: Bool = true, _ alter: (inout DrawnView.Picture, Int) -> Void = { _, _ in }
    ) throws -> PlaceJudgement {
        var view = DrawnView()
        let empty = view.picture(at: 0)
        var full = view.picture(at: 10)
        put(&full)
        let now = (0..<5).map { index in
            var picture = view.picture(at: 100 + 3 * Double(index))
            if hasObject { put(&picture) }
            alter(&picture, index)
            return picture.frame(at: 0)
        }
        return PlaceComparison(settings: try settings()).judge(
            before: before ? empty.frame(at: 0) : nil, object: full.frame(at: 0), box: box, now: now)
    }

    @Test("what stands is still there, and what was taken away is gone")
    func plain() throws {
        let there = try Self.judge(hasObject: true)
        #expect(there.finding == .there, "\(there)")
        let gone = try Self.judge(hasObject: false)
        #expect(gone.finding == .gone, "\(gone)")
        #expect(there.pictures == 5)
    }

    @Test("a passer-by before the place in two of five pictures does not decide", arguments: [true, false])
    func passerBy(hasObject: Bool) throws {
        let judged = try Self.judge(hasObject: hasObject) { picture, index in
            guard index == 1 || index == 3 else { return }
            DrawnView.draw(PixelRect(x: 170, y: 60, width: 70, height: 100), on: &picture.luma) { _, y in y < 40 ? 30 : 90 }
        }
        #expect(judged.finding == (hasObject ? .there : .gone), "\(judged)")
    }

    @Test("somebody who stands before it all the time hides it", arguments: [true, false])
    func covered(hasObject: Bool) throws {
        let judged = try Self.judge(hasObject: hasObject) { picture, _ in
            DrawnView.draw(PixelRect(x: 165, y: 50, width: 80, height: 120), on: &picture.luma) { x, y in y < 60 ? 30 : UInt8(90 + x % 20) }
        }
        #expect(judged.finding == .unseen, "\(judged)")
        #expect(judged.obstacle == .covered || judged.obstacle == .neither)
    }

    @Test("half the light, twice the contrast or no colour changes nothing", arguments: [0, 1, 2], [true, false])
    func otherLight(kind: Int, hasObject: Bool) throws {
        let judged = try Self.judge(hasObject: hasObject) { picture, _ in
            switch kind {
            case 0: for index in picture.luma.indices { picture.luma[index] = 16 + (picture.luma[index] - 16) / 2 }
            case 1:
                for index in picture.luma.indices { picture.luma[index] = UInt8(min(235, 16 + (Int(picture.luma[index]) - 16) * 7 / 5)) }
            default:
                for index in picture.cb.indices {
                    picture.cb[index] = 128
                    picture.cr[index] = 128
                }
            }
        }
        #expect(judged.finding == (hasObject ? .there : .gone), "\(judged)")
    }

    @Test("a camera that was nudged is put back, one that was turned sees nothing of the place", arguments: [true, false])
    func moved(hasObject: Bool) throws {
        func shifted(_ picture: inout DrawnView.Picture, _ dx: Int, _ dy: Int) {
            func shift(_ plane: [UInt8], _ width: Int, _ dx: Int, _ dy: Int) -> [UInt8] {
                let height = plane.count / width
                return plane.indices.map { index in
                    plane[min(max(index / width + dy, 0), height - 1) * width + min(max(index % width + dx, 0), width - 1)]
                }
            }
            picture.luma = shift(picture.luma, DrawnView.size.width, dx, dy)
            picture.cb = shift(picture.cb, DrawnView.size.width / 2, dx / 2, dy / 2)
            picture.cr = shift(picture.cr, DrawnView.size.width / 2, dx / 2, dy / 2)
        }
        let nudged = try Self.judge(hasObject: hasObject) { picture, _ in shifted(&picture, 10, -4) }
        #expect(nudged.finding == (hasObject ? .there : .gone), "\(nudged)")
        let turned = try Self.judge(hasObject: hasObject) { picture, _ in shifted(&picture, 130, 30) }
        #expect(turned.obstacle == .moved, "\(turned)")
    }

    @Test("a blind camera says so: dark, or nothing but haze", arguments: [true, false])
    func blind(hasObject: Bool) throws {
        let dark = try Self.judge(hasObject: hasObject) { picture, _ in
            for index in picture.luma.indices { picture.luma[index] = 17 }
        }
        #expect(dark.obstacle == .dark)
        let haze = try Self.judge(hasObject: hasObject) { picture, _ in
            for index in picture.luma.indices { picture.luma[index] = 110 + picture.luma[index] / 32 }
        }
        #expect(haze.obstacle == .blurred, "\(haze)")
    }

    @Test("half of it taken away is not “gone”")
    func half() throws {
        let judged = try Self.judge(hasObject: false) { picture, _ in Self.put(&picture, part: 2) }
        #expect(judged.finding != .gone, "\(judged)")
    }

    @Test("without a picture from before, presence can be told and absence cannot")
    func withoutBefore() throws {
        #expect(try Self.judge(hasObject: true, before: false).finding == .there)
        #expect(try Self.judge(hasObject: false, before: false).obstacle == .noPictureBefore)
    }

    @Test("two pictures are too few, and another format is no picture of the place")
    func unusable() throws {
        var view = DrawnView()
        let empty = view.picture(at: 0).frame(at: 0)
        var full = view.picture(at: 10)
        Self.put(&full)
        let comparison = PlaceComparison(settings: try Self.settings())
        let few = comparison.judge(before: empty, object: full.frame(at: 0), box: Self.box, now: [empty, empty])
        #expect(few.obstacle == .tooFewPictures)
        let tall = Frame(size: PixelSize(width: 240, height: 416))
        let other = comparison.judge(before: empty, object: full.frame(at: 0), box: Self.box, now: [tall, tall, tall])
        #expect(other.obstacle == .otherFormat)
    }

    @Test("an object that looks like the ground is not guessed at")
    func indistinct() throws {
        var view = DrawnView()
        let empty = view.picture(at: 0, hasWalkers: false).frame(at: 0)
        let same = view.picture(at: 9, hasWalkers: false).frame(at: 0)
        let judged = PlaceComparison(settings: try Self.settings()).judge(
            before: empty, object: same, box: Self.box, now: [same, same, same])
        #expect(judged.obstacle == .indistinct)
    }
}
