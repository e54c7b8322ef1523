public import SceneAnalysis
import FrameCore

/// A time for which the view could not be judged.
public struct ViewFaultSpan: Codable, Sendable, Hashable {
    public var kind: ViewFault
    public var fromSeconds: Double
    public var toSeconds: Double

    public init(kind: ViewFault, fromSeconds: Double, toSeconds: Double) {
        self.kind = kind
        self.fromSeconds = fromSeconds
        self.toSeconds = toSeconds
    }

    enum CodingKeys: String, CodingKey {
        case kind
        case fromSeconds = "from_s"
        case toSeconds = "to_s"
    }
}

/// Joins the view conditions of single frames to spans.
struct ViewFaultLog: Codable {
    private struct Running: Codable {
        var kind: ViewFault
        var from: FrameTime
    }

    private var closed: [ViewFaultSpan] = []
    private var current: Running?

    mutating func add(_ view: ViewCondition, at time: FrameTime) {
        let fault: ViewFault? = if case .fault(let kind) = view { kind } else { nil }
        if current?.kind == fault { return }
        close(at: time)
        current = fault.map { Running(kind: $0, from: time) }
    }

    func spans(end: FrameTime) -> [ViewFaultSpan] {
        var log = self
        log.close(at: end)
        return log.closed
    }

    private mutating func close(at time: FrameTime) {
        guard let current else { return }
        closed.append(
            ViewFaultSpan(kind: current.kind, fromSeconds: current.from.seconds, toSeconds: time.seconds))
        self.current = nil
    }
}
