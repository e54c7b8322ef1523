import FrameCore

/// How a foreground mask compares with a hand-made one, pixel by pixel.
public struct MaskScore: Sendable, Hashable {
    public var truePositives = 0
    public var falsePositives = 0
    public var falseNegatives = 0
    public var trueNegatives = 0
    /// False positives in what the labels call hard shadow.
    public var shadowPositives = 0
    public var frames = 0

    public init() {}

    public var precision: Double? { Self.part(truePositives, falsePositives) }
    public var recall: Double? { Self.part(truePositives, falseNegatives) }
    /// Harmonic mean of both; nil where nothing is labelled foreground.
    public var fMeasure: Double? {
        guard truePositives + falseNegatives > 0 else { return nil }
        return 2 * Double(truePositives) / Double(2 * truePositives + falsePositives + falseNegatives)
    }

    /// Adds one frame; `mask` is 0 for background, `labels` are those of `MaskSequence.Label`, any other level is not scored.
    public mutating func add(_ mask: [UInt8], labels: [UInt8]) {
        precondition(mask.count == labels.count)
        var counts = [Int](repeating: 0, count: 6)
        for index in 0..<mask.count {
            let row: Int
            switch labels[index] {
            case MaskSequence.Label.background: row = 0
            case MaskSequence.Label.shadow: row = 1
            case MaskSequence.Label.foreground: row = 2
            default: continue
            }
            counts[2 * row + (mask[index] != 0 ? 1 : 0)] += 1
        }
        trueNegatives += counts[0] + counts[2]
        falsePositives += counts[1] + counts[3]
        shadowPositives += counts[3]
        falseNegatives += counts[4]
        truePositives += counts[5]
        frames += 1
    }

    /// The counts of several sequences together.
    public static func total(_ parts: [MaskScore]) -> MaskScore {
        parts.reduce(into: MaskScore()) { sum, part in
            sum.truePositives += part.truePositives
            sum.falsePositives += part.falsePositives
            sum.falseNegatives += part.falseNegatives
            sum.trueNegatives += part.trueNegatives
            sum.shadowPositives += part.shadowPositives
            sum.frames += part.frames
        }
    }

    private static func part(_ right: Int, _ wrong: Int) -> Double? {
        right + wrong > 0 ? Double(right) / Double(right + wrong) : nil
    }
}
