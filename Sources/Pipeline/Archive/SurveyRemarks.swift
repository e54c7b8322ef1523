import Casework
import FFmpegIO
import Foundation
import FrameCore

/// What is odd about a file that can be analysed all the same.
enum SurveyRemarks {
    /// A name's length may differ from the file's by this before it is said: recorders cut at key frames.
    private static let namedLengthSlack = 60.0
    /// A first key frame later than this is worth a word.
    private static let lateKeySeconds = 1.0

    static func remarks(_ survey: FileSurvey, path: String, origin: FileOrigin) -> [ArchiveRemark] {
        var remarks: [ArchiveRemark] = []
        func say(_ text: String, _ kind: ArchiveRemark.Kind = .single) { remarks.append(ArchiveRemark(kind: kind, text: text)) }
        if let missing = survey.missingSeconds, let seconds = survey.seconds {
            say("is cut off: \(ArchiveText.span(seconds)) of \(ArchiveText.span(seconds + missing)) are there")
        }
        switch survey.firstKeySeconds {
        case let late? where late > lateKeySeconds: say("its first \(ArchiveText.span(late)) cannot be decoded: no key frame before")
        case nil: say("has no key frame in its first minute: what comes before one cannot be decoded")
        default: break
        }
        if !survey.otherVideos.isEmpty { say(otherVideos(survey)) }
        if let usual = usualContainer(path), usual != survey.container {
            say("is \(survey.container) in spite of its extension, and read as that", .otherExtension)
        }
        if let start = origin.startsAt, let end = origin.endsAt, let seconds = survey.seconds, !survey.secondsAreEstimated {
            let named = end.timeIntervalSince(start)
            if abs(named - seconds) > max(namedLengthSlack, named / 20) {
                say("lasts \(ArchiveText.span(seconds)), by its name \(ArchiveText.span(named))", .namedLength)
            }
        }
        return remarks
    }

    private static func otherVideos(_ survey: FileSurvey) -> String {
        let others = survey.otherVideos.map { "\($0.codecName) \(size($0.size))" + ($0.isOtherProgramme ? " of another programme" : "") }
        return
            "holds \(others.count + 1) videos: \(survey.codecName) \(size(survey.size)) is analysed, \(others.joined(separator: " and ")) is not; "
            + "if that is another camera, put it into a file of its own"
    }

    private static func size(_ size: PixelSize) -> String { size.area > 0 ? "\(size.width)×\(size.height)" : "of unknown size" }

    /// What a public extension promises. Recorders' own (`.dav`, `.ps`, `.264`) promise nothing.
    private static func usualContainer(_ path: String) -> String? {
        switch (path as NSString).pathExtension.lowercased() {
        case "mp4", "m4v", "mov": "mp4"
        case "mkv": "matroska"
        case "avi": "avi"
        case "flv": "flv"
        case "ts", "mts", "m2ts": "mpegts"
        case "txt": "text"
        default: nil
        }
    }
}
