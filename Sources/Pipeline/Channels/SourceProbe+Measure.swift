import Dispatch
import Evidence
import FFmpegIO
import Foundation
import FrameCore
import FrameKernels

extension SourceProbe {
    /// Of a brief look the longest time, seconds: first connection, then until two key frames were seen.
    private static let briefOpenSeconds = 5.0
    private static let briefWatchSeconds = 5.0
    private static let briefStillWidth = 480

    /// Opens a source once, on a thread of its own, and says what it is; ends early when the task is cancelled.
    ///
    /// - Parameter isBrief: ten seconds at most and a still of at most about 480 pixels' width, for looking at many; otherwise
    ///   within about twenty, with the still in full size.
    /// - Throws: `MediaURLError`, `AVError`, none of which holds credentials.
    public static func measure(url: String, transport: String, isBrief: Bool = false) async throws -> SourceProbe {
        let address = try MediaURL(url)
        let stop = StopFlag()
        var options = InputOptions(transport: RTSPTransport(rawValue: transport) ?? .tcp, stop: stop)
        if isBrief {
            options.openTimeout = .seconds(briefOpenSeconds)
            options.readTimeout = .seconds(briefWatchSeconds)
        }
        let given = options
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Not on the cooperative pool, which has two threads on a small machine.
                Thread.detachNewThread {
                    let result = Result { () throws -> SourceProbe in
                        if isBrief {
                            DispatchQueue.global().asyncAfter(deadline: .now() + briefOpenSeconds + briefWatchSeconds) { stop.stop() }
                        }
                        let report =
                            isBrief
                            ? try Probe.run(address, options: given, seconds: 2, longestSeconds: briefWatchSeconds)
                            : try Probe.run(address, options: given)
                        return try SourceProbe(report, stillWidth: isBrief ? briefStillWidth : nil)
                    }
                    continuation.resume(with: result)
                }
            }
        } onCancel: {
            stop.stop()
        }
    }

    private init(_ report: ProbeReport, stillWidth: Int?) throws {
        let still = stillWidth.map { report.still.halved(toWidth: $0) } ?? report.still
        self.init(
            codec: report.codecName, width: report.size.width, height: report.size.height, frameRate: report.frameRate ?? 0,
            gopSeconds: report.gopSeconds, container: report.container, still: try JPEGEncoder.encode(still, quality: 85))
    }
}

extension Frame {
    /// Halved as often as it takes, and as its sides allow.
    fileprivate func halved(toWidth width: Int) -> Frame {
        var frame = self
        while frame.size.width > width, frame.size.width % 4 == 0, frame.size.height % 4 == 0 {
            frame = Frame(
                time: frame.time, luma: frame.luma.halved, cb: frame.cb.halved, cr: frame.cr.halved, range: frame.range)
        }
        return frame
    }
}

extension Plane {
    fileprivate var halved: Plane {
        var half = Plane(size: PixelSize(width: width / 2, height: height / 2))
        Reduce.halve(bytes, sourceSize: size, shiftX: 0, shiftY: 0, into: &half.bytes)
        return half
    }
}
