import FrameCore
import SceneRenderer
import Testing

@Suite("Street scene")
struct StreetSceneTests {
    /// A sample script at a size that draws quickly.
    private func small(_ number: Int) -> SceneScript {
        var script = SceneScript.samples[number]
        script.size = PixelSize(width: 256, height: 144)
        return script
    }

    private func frames(_ script: SceneScript, at seconds: [Double]) -> [Frame] {
        var scene = StreetScene(script: script)
        return seconds.map { second in
            var frame = Frame(size: script.size)
            scene.render(frame: Int(second * Double(script.frameRate)), into: &frame)
            return frame
        }
    }

    @Test("the same seed draws the same bytes, in whatever order frames are asked for")
    func sameSeedSameBytes() {
        let script = small(0)
        let forward = frames(script, at: [5, 20])
        let backward = frames(script, at: [20, 5])
        for (one, other) in [(forward[0], backward[1]), (forward[1], backward[0])] {
            #expect(one.luma == other.luma)
            #expect(one.cb == other.cb)
            #expect(one.cr == other.cr)
        }
        #expect(forward[0].luma != forward[1].luma)
    }

    @Test("another seed draws another grain")
    func otherSeedOtherBytes() {
        var other = small(0)
        other.seed &+= 1
        #expect(frames(small(0), at: [5])[0].luma != frames(other, at: [5])[0].luma)
    }

    @Test("a frame is neither black, white nor flat, and carries its time")
    func looksLikeAPicture() {
        for number in [1, 6] {
            let frame = frames(small(number), at: [8])[0]
            let mean = frame.luma.bytes.reduce(0) { $0 + Int($1) } / frame.luma.bytes.count
            let spread = frame.luma.bytes.reduce(0) { $0 + abs(Int($1) - mean) } / frame.luma.bytes.count
            #expect((40...190).contains(mean), "mean luma of \(SceneScript.samples[number].name) is \(mean)")
            #expect(spread > 12, "mean deviation of \(SceneScript.samples[number].name) is \(spread)")
            #expect(frame.time == FrameTime(microseconds: 8_000_000))
        }
    }

    @Test("the box of a placed thing holds nearly all the picture changes that it makes, apart from its shadow", arguments: [0, 2, 6])
    func boxHoldsTheThing(number: Int) throws {
        let script = small(number)
        var full = StreetScene(script: script.withoutActors)
        var bare = StreetScene(script: script.emptied)
        let event = try #require(script.groundTruth.events.first)
        let index = Int((event.stillSeconds + 2) * Double(script.frameRate))
        var with = Frame(size: script.size)
        var without = Frame(size: script.size)
        full.render(frame: index, into: &with)
        bare.render(frame: index, into: &without)
        let box = PixelRect(x: event.box[0], y: event.box[1], width: event.box[2], height: event.box[3])
        // A shadow falls at most about two heights away; nothing else may change at all.
        let around = box.inset(by: -max(box.width, box.height) * 2, within: script.size)
        var inside = 0
        var near = 0
        var elsewhere = 0
        for y in 0..<script.size.height {
            for x in 0..<script.size.width where abs(Int(with.luma[x, y]) - Int(without.luma[x, y])) > 10 {
                if x >= box.x && x < box.maxX && y >= box.y && y < box.maxY {
                    inside += 1
                } else if x >= around.x && x < around.maxX && y >= around.y && y < around.maxY {
                    near += 1
                } else {
                    elsewhere += 1
                }
            }
        }
        #expect(inside * 4 > box.area, "only \(inside) of \(box.area) pixels of the box changed")
        #expect(near < inside * 2, "\(near) pixels changed round the box, \(inside) in it")
        #expect(elsewhere == 0)
    }
}
