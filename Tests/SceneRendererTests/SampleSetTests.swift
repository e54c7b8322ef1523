import Foundation
import FrameCore
import SceneRenderer
import Testing

@Suite("Sample set")
struct SampleSetTests {
    @Test("rendering writes the same clip twice, with its annotations, and reports every frame")
    func writesClips() throws {
        var script = SceneScript.samples[4]
        script.size = PixelSize(width: 128, height: 72)
        script.seconds = 2
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("sample-set-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        var clips: [Data] = []
        for folder in ["first", "second"] {
            let directory = root.appendingPathComponent(folder).path
            var last: SampleProgress?
            try SampleSet.render([script], into: directory) { last = $0 }
            #expect(last?.frames == 50 && last?.framesInAll == 50 && last?.clips == 1)
            clips.append(try Data(contentsOf: URL(fileURLWithPath: directory + "/" + script.name + ".mp4")))
            let text = try Data(contentsOf: URL(fileURLWithPath: directory + "/annotations.json"))
            let truth = try JSONDecoder().decode(SceneTruthSet.self, from: text)
            #expect(truth.clips.map(\.file) == [script.name + ".mp4"])
            #expect(truth.clips[0].frames == 50)
        }
        #expect(clips[0].count > 1000)
        #expect(clips[0] == clips[1])
    }
}
