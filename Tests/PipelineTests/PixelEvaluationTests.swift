import Foundation
import Pipeline
import Testing

@Suite("Masks compared with hand-made ones")
struct PixelEvaluationTests {
    @Test("shadow counts as background, what is unsure does not count")
    func labels() {
        var score = MaskScore()
        //         fg   fg bg shadow outside unsure
        score.add([255, 0, 1, 1, 255, 255], labels: [255, 255, 0, 50, 85, 170])
        #expect(score.truePositives == 1 && score.falseNegatives == 1 && score.falsePositives == 2 && score.shadowPositives == 1)
        #expect(score.precision == 1.0 / 3 && score.recall == 0.5 && score.fMeasure == 0.4)
        score.add([0, 0], labels: [0, 50])
        #expect(score.trueNegatives == 2 && score.frames == 2)
    }

    @Test("without foreground there is no measure")
    func nothing() {
        var score = MaskScore()
        score.add([0], labels: [0])
        #expect(score.precision == nil && score.recall == nil && score.fMeasure == nil)
    }

    private func folder(_ files: [String: String]) throws -> String {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("masks-\(UUID().uuidString)").path
        for (name, text) in files {
            let path = "\(root)/\(name)"
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        }
        return root
    }

    @Test("a folder of sequences is found in order, with the frames that are scored")
    func sequences() throws {
        let pictures = ["in000001.jpg", "in000002.jpg", "in000003.jpg"]
        var files: [String: String] = ["readme.txt": ""]
        for name in ["b", "a"] {
            for picture in pictures { files["\(name)/input/\(picture)"] = "" }
            files["\(name)/groundtruth/gt000001.png"] = ""
            files["\(name)/temporalROI.txt"] = "2 3\n"
        }
        let root = try folder(files)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let found = try MaskSequence.find(in: root)
        #expect(found.map(\.name) == ["a", "b"])
        #expect(found[0].frames == 1...3 && found[0].scored == 2...3)
        #expect(found[0].picturePath(2).hasSuffix("/a/input/in000002.jpg") && found[0].maskPath(3).hasSuffix("/a/groundtruth/gt000003.png"))
        #expect(try MaskSequence.find(in: root + "/b").map(\.name) == ["b"])
    }

    @Test("what is missing is said", arguments: ["no folder", "gap", "no range", "bad range"])
    func refused(what: String) throws {
        var files = ["s/input/in000001.jpg": "", "s/input/in000002.jpg": "", "s/groundtruth/gt000001.png": "", "s/temporalROI.txt": "1 2"]
        switch what {
        case "no folder": files = ["empty.txt": ""]
        case "gap": files["s/input/in000004.jpg"] = ""
        case "no range": files["s/temporalROI.txt"] = nil
        default: files["s/temporalROI.txt"] = "1 9"
        }
        let root = try folder(files)
        defer { try? FileManager.default.removeItem(atPath: root) }
        #expect(throws: SettingsError.self) { try MaskSequence.find(in: root) }
    }
}
