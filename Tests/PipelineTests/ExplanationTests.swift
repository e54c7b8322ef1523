import Foundation
import Pipeline
import Testing

@Suite("A moment of a clip is explained")
struct ExplanationTests {
    private func stories(at seconds: Double) throws -> [String] {
        let root = ShippedSettingsTests.root
        let samples = root.appendingPathComponent("SampleStreams")
        let truth = try GroundTruth.read(path: samples.appendingPathComponent("annotations.json").path)
        let clip = try #require(truth.clips.first { $0.file == "s1_goods_out.mp4" })
        let library = try ProfileLibrary.load(folder: root.appendingPathComponent("Models").path)
        return try Explanation.of(
            path: samples.appendingPathComponent(clip.file).path, at: seconds, zones: clip.zones, library: library
        ).stories
    }

    @Test("goods that have stood for less than their dwell wait, and are reported after it")
    func goods() throws {
        let early = try stories(at: 27)
        #expect(early.contains { $0.contains("not reported yet") && $0.contains("it must stay for 10.0 s") }, "\(early)")
        let late = try stories(at: 31)
        #expect(late.contains { $0.contains("reported as storefront-encroachment in “front”") && $0.contains("confirmed at") }, "\(late)")
    }

    @Test("before the first picture there is nothing to explain")
    func tooEarly() {
        #expect(throws: ReplayError.self) { try stories(at: -1) }
    }
}
