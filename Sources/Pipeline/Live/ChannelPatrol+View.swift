import FFmpegIO
import Foundation
import FrameCore
import Logging
import SceneAnalysis

// What somebody wants to see in full resolution.
extension ChannelPatrol {
    /// How long the main stream may take to come before the sub-stream's picture has to do.
    private static let mainPatience = Duration.seconds(10)

    mutating func showFullView(_ picture: borrowing DecodedFrame, _ time: FrameTime, _ context: RecordingContext) {
        guard let since = pictureWantedSince else { return }
        let isPatient = since.duration(to: .now) < Self.mainPatience
        do {
            guard let view = try recorder.fullPicture(picture, time, context.stream, waitsForMain: isPatient) else { return }
            pictureWantedSince = nil
            var shown = LiveView(frame: view, at: context.date(of: time))
            if case .fault(let fault) = analysis.view { shown.fault = "view-" + fault.rawValue }
            worker.show(shown)
        } catch {
            // The next key frame is another chance; whoever waits gives up by the clock.
            dependencies.logger.debug(
                "a picture in full resolution could not be decoded", metadata: ["channel": "\(assignment.id)", "reason": "\(error)"])
        }
    }
}
