public import Foundation
public import FrameCore

/// What is asked of the past: did anything appear, stay or vanish in this part of the view?
public struct PastQuestion: Sendable, Hashable {
    /// Looked at in front of the span, where there is footage, so that the street is known when the span begins.
    public static let usualLeadIn = Duration.seconds(300)
    public static let usualStay = Duration.seconds(30)
    /// Shorter stays are shorter than the distance of key frames allows to see.
    public static let stays: ClosedRange<Duration> = .seconds(5)...(.seconds(3600))

    public var region: Polygon
    /// nil for all there is. Footage without a known time has no span.
    public var span: DateInterval?
    /// What stood for less is left out.
    public var stay: Duration
    public var leadIn: Duration
    /// Whether the footage is also looked at from its end: that tells what stood there from the start and left later.
    public var looksBack: Bool

    public init(
        region: Polygon, span: DateInterval? = nil, stay: Duration = usualStay, leadIn: Duration = usualLeadIn, looksBack: Bool = true
    ) {
        self.region = region
        self.span = span
        self.stay = min(max(stay, Self.stays.lowerBound), Self.stays.upperBound)
        self.leadIn = leadIn
        self.looksBack = looksBack
    }
}

/// How far a search has come.
public struct PastProgress: Sendable, Hashable {
    /// Footage that was looked at and all there is to look at; twice its length where it is looked at from both ends.
    public var secondsDone: Double
    public var secondsTotal: Double
    public var found: Int

    /// 0…1.
    public var part: Double { secondsTotal > 0 ? min(1, secondsDone / secondsTotal) : 0 }

    public init(secondsDone: Double = 0, secondsTotal: Double = 0, found: Int = 0) {
        self.secondsDone = secondsDone
        self.secondsTotal = secondsTotal
        self.found = found
    }
}

/// Why a search gave no answer.
public enum PastSearchError: Error, Sendable, Hashable, CustomStringConvertible {
    case noFootage
    case stopped
    case nothingReadable([String])

    public var description: String {
        switch self {
        case .noFootage: "there is no footage in this time"
        case .stopped: "the search was stopped"
        case .nothingReadable(let reasons): "no picture of the footage can be decoded: \(reasons.joined(separator: "; "))"
        }
    }
}
