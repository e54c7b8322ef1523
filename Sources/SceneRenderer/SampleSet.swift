import FFmpegIO
public import Foundation
import FrameCore

/// How far a rendering is.
public struct SampleProgress: Hashable, Sendable {
    /// The clip's name.
    public let name: String
    /// Of all clips, from 0.
    public let clip: Int
    public let clips: Int
    /// Frames written of this clip.
    public let frames: Int
    public let framesInAll: Int
}

/// Renders scripts to a folder of clips with their ground truth.
public struct SampleSet {
    /// Writes `NAME.mp4` for each script and `annotations.json` into `directory`, which is made where it is missing.
    ///
    /// The clips are H.264 without B-frames, a key frame every 50; `progress` is called after every 25 frames and at
    /// each clip's end. Throws the encoder's or the file system's error.
    public static func render(_ scripts: [SceneScript], into directory: String, progress: (SampleProgress) -> Void) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var truths: [SceneTruth] = []
        for (index, script) in scripts.enumerated() {
            var scene = StreetScene(script: script)
            truths.append(script.groundTruth)
            let path = directory + "/" + script.name + ".mp4"
            let settings = VideoEncoder.Settings(frameRate: script.frameRate, gopFrames: 50, quality: script.quality)
            var encoder = try VideoEncoder(path: path, size: script.size, settings: settings)
            var frame = Frame(size: script.size)
            for number in 0..<script.frameCount {
                scene.render(frame: number, into: &frame)
                try encoder.append(frame)
                if (number + 1) % 25 == 0 || number + 1 == script.frameCount {
                    progress(
                        SampleProgress(
                            name: script.name, clip: index, clips: scripts.count, frames: number + 1, framesInAll: script.frameCount))
                }
            }
            _ = try encoder.finish()
        }
        let text = try encode(SceneTruthSet(clips: truths))
        try text.write(to: URL(fileURLWithPath: directory + "/annotations.json"), options: .atomic)
    }

    /// The annotation file's text.
    public static func encode(_ truth: SceneTruthSet) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return try encoder.encode(truth)
    }
}
