public import Casework
public import Foundation
public import FrameCore

/// One key frame of the archive.
public struct PastMoment: Codable, Sendable, Hashable {
    public var path: String
    /// From the first picture of that file.
    public var seconds: Double
    /// On the wall clock; nil where the footage does not tell it.
    public var at: Date?
    /// The picture's own time stamp, by which it is found again; nil for streams without.
    public var stamp: FrameTime?

    public init(path: String, seconds: Double, at: Date?, stamp: FrameTime?) {
        self.path = path
        self.seconds = seconds
        self.at = at
        self.stamp = stamp
    }
}

/// Something that stood in the region for a while.
public struct PastEntry: Codable, Sendable, Hashable, Identifiable {
    public enum Beginning: String, Codable, Sendable, CaseIterable {
        /// It was not there before.
        case appeared
        /// It stood there before the span began; `from` is when it came.
        case before
        /// It stood there when the footage begins; nobody knows since when. `from` is the footage's first picture.
        case unknown
        /// It came while there was no footage; `from` is the first picture after that.
        case unseen
    }

    public enum Ending: String, Codable, Sendable, CaseIterable {
        /// The place was free again at `to`.
        case vanished
        /// Still there at the end of the span.
        case standing
        /// Lost from sight: something else covered the place or the view changed, and it was not there afterwards.
        case lost
        /// It left while there was no footage; `to` is the first picture after that.
        case unseen
    }

    /// From 1, in the order of time.
    public var id: Int
    public var beginning: Beginning
    public var ending: Ending
    public var from: PastMoment
    public var to: PastMoment
    /// While it stood, a picture in which little covers it.
    public var staying: PastMoment
    /// Stream time between `from` and `to`; gaps count where the wall clock is known.
    public var seconds: Double
    /// x, y, width, height in parts of the picture's sides, 0…1.
    public var box: [Double]
}

/// What the region showed over the time.
public struct PastAnswer: Codable, Sendable, Hashable {
    public var channelID: String
    /// The first and the last picture of the span that was looked at.
    public var first: PastMoment
    public var last: PastMoment
    /// Stream seconds within the span that pictures show.
    public var seconds: Double
    /// By `from`.
    public var entries: [PastEntry]
    /// Pictures of the span, and those of them in which something moved through the region.
    public var pictures: Int
    public var busyPictures: Int
    /// Times of the span without footage.
    public var gaps: [PastGap]
    /// Times of the span in which the view could not be judged.
    public var blind: [PastGap]
    /// Files that could not be used, wholly or in part.
    public var problems: [RunProblem]
    /// Longest usual distance of two pictures, seconds: times are no better than that.
    public var stepSeconds: Double
}

/// A time for which nothing can be said.
public struct PastGap: Codable, Sendable, Hashable {
    public var from: PastMoment
    public var to: PastMoment
    /// Why, for `PastAnswer.blind`: as `ViewFault`, or `learning`.
    public var reason: String?
}
