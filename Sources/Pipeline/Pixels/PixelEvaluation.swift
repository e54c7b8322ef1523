public import FFmpegIO
import Foundation
import FrameCore
import FrameKernels
public import SceneAnalysis

/// Compares what the analysis believes is moving or standing with hand-made masks, frame by frame.
///
/// The data sets name no frame rate; `frameRate` is assumed. Every frame is analysed, in order, as a watched channel is.
/// The cells' answer is brought to the source's size and passed through a 9×9 median, as it is for every model compared here.
public struct PixelEvaluation: Sendable {
    private static let medianSide = 9
    /// Learning must be over before the first scored frame, and the street must have had time to be free.
    private static let warmUp = Duration.seconds(10)
    /// Far longer than anything in such a sequence stands for: nothing is held, nothing absorbed.
    private static let stillAfter = Duration.seconds(20)

    public struct Result: Sendable {
        public var name: String
        public var score: MaskScore
        public var failure: String?
    }

    private let settings: AnalysisSettings
    private let frameRate: Double

    public init(settings: AnalysisSettings, frameRate: Double = 25) {
        precondition(frameRate > 0)
        self.settings = settings
        self.frameRate = frameRate
    }

    /// - Parameters:
    ///   - masks: folder that `bin%06d.png` of every scored frame is written to; nil for none.
    ///   - progress: called with the number of frames done, on the calling thread.
    public func run(
        _ sequence: MaskSequence, masks: String? = nil, stop: StopFlag = StopFlag(), progress: (Int) -> Void = { _ in }
    ) -> Result {
        var result = Result(name: sequence.name, score: MaskScore())
        do {
            if let masks { try FileManager.default.createDirectory(atPath: masks, withIntermediateDirectories: true) }
            try compare(sequence, masks, stop, &result.score, progress)
        } catch {
            result.failure = "\(error)"
        }
        return result
    }

    private func compare(
        _ sequence: MaskSequence, _ masks: String?, _ stop: StopFlag, _ score: inout MaskScore, _ progress: (Int) -> Void
    ) throws {
        var reader = PictureReader()
        var picture = DecodedFrame()
        var scaler = Scaler()
        var frame = Frame(size: PixelSize(width: 2, height: 2))
        var analyzer = SceneAnalyzer(settings: settings, warmUp: Self.warmUp, stillAfter: Self.stillAfter)
        var finder = ForegroundFinder(settings: settings)
        for number in sequence.frames {
            if stop.isStopped { throw AVError(.stopped, .read, sequence.folder) }
            try reader.read(sequence.picturePath(number), into: &picture)
            let size = picture.size
            let time = FrameTime(seconds: Double(number - sequence.frames.lowerBound) / frameRate)
            try scaler.scale(picture, time: time, into: &frame)
            _ = analyzer.analyze(frame)
            progress(number - sequence.frames.lowerBound + 1)
            guard sequence.scored.contains(number) else { continue }
            var mask = [UInt8](repeating: 0, count: size.area)
            if let cells = finder.mask(of: frame, by: analyzer) {
                var median = MajorityFilter(size: size, side: Self.medianSide)
                median.apply(Self.scaled(cells, to: size), into: &mask)
            }
            try reader.read(sequence.maskPath(number), into: &picture)
            let labels = try picture.levels()
            guard labels.size == size else {
                throw SettingsError(
                    file: sequence.maskPath(number), line: nil,
                    reason: "is \(labels.width)×\(labels.height), its picture \(size.width)×\(size.height)")
            }
            score.add(mask, labels: labels.bytes)
            if let masks {
                let bytes = try PNGEncoder.encode(mask, size: size, samples: .grey)
                try Data(bytes).write(to: URL(fileURLWithPath: "\(masks)/\(MaskSequence.resultName(number))"))
            }
        }
    }

    /// Foreground at the source's size.
    private static func scaled(_ cells: Plane, to size: PixelSize) -> [UInt8] {
        var whole = [UInt8](repeating: 0, count: size.area)
        let columns = (0..<size.width).map { $0 * cells.width / size.width }
        for y in 0..<size.height {
            let row = y * cells.height / size.height * cells.width
            for x in 0..<size.width { whole[y * size.width + x] = cells.bytes[row + columns[x]] }
        }
        return whole
    }
}
