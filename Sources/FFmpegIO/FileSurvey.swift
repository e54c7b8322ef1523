public import FrameCore

/// What a video file holds, found by opening it and looking at its beginning and its end, not by reading it through.
public struct FileSurvey: Sendable, Hashable {
    /// A video stream that is not the one that is analysed.
    public struct OtherVideo: Sendable, Hashable {
        public var codecName: String
        public var size: PixelSize
        /// In another programme of a transport stream (ISO/IEC 13818-1 §2.4.4): usually another camera.
        public var isOtherProgramme: Bool
    }

    /// "mp4", "matroska", "mpegts", "mpeg", "avi", "flv", "dhav", "h264" …
    public var container: String
    public var codecName: String
    /// 0×0 where the file does not tell before a picture is decoded.
    public var size: PixelSize
    /// As the file says, in Hz.
    public var frameRate: Double?
    /// Of the video that is there; nil where nothing tells.
    public var seconds: Double?
    /// `seconds` was worked out from the number of bytes.
    public var secondsAreEstimated: Bool
    /// As the container says, where that is longer than what is there.
    public var missingSeconds: Double?
    /// From the first picture to the first key frame.
    public var firstKeySeconds: Double?
    /// Whether the whole file was searched for a key frame; with `firstKeySeconds` nil there is none then.
    public var wasSearchedWhole: Bool
    /// The container's `creation_time`, as it stands there: ISO 8601.
    public var creationTime: String?
    public var otherVideos: [OtherVideo]

    /// Looks into the file at `path`.
    ///
    /// Blocks the calling thread for a few reads; a file without index and without its end is read through once.
    /// - Throws: `AVError` when it cannot be opened or holds no video.
    public static func run(_ path: String, stop: StopFlag = StopFlag()) throws(AVError) -> FileSurvey {
        let url: MediaURL
        do throws(MediaURLError) {
            url = try MediaURL(path.hasPrefix("/") ? path : "./" + path)
        } catch {
            throw AVError(.noSuchFile, .open, path)
        }
        var survey = try FileSurveyor(url, stop: stop)
        return try survey.run()
    }
}
