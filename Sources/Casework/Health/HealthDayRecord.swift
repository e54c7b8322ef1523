/// What one channel's eyes did on one local day.
///
/// Its totals only grow during the day; a write replaces the row, so that repeating it counts nothing twice.
public struct HealthDayRecord: Codable, Sendable, Hashable {
    public var channelID: String
    public var day: LocalDay
    /// Minutes in which the program was running and the channel was to be watched.
    public var watched = MinuteSet()
    /// Of those, minutes in which frames were decoded and analysed, the view was clear, and a clip could have been recorded.
    public var eyesOpen = MinuteSet()
    /// Watched minutes with closed eyes, by the code of the reason, such as `view-black` or `source-silent`.
    public var blindMinutes: [String: Int] = [:]
    /// Frames that were not analysed, by cause.
    public var skippedFrames: [String: Int] = [:]
    /// Key frames that arrived while they were to be looked at.
    public var keyFramesDue = 0
    public var keyFramesAnalysed = 0
    public var reconnects = 0
    /// Each minute's 99th percentile of the time from a packet's arrival to the end of its analysis.
    public var lateness = LatenessCount()

    public init(channelID: String, day: LocalDay) {
        self.channelID = channelID
        self.day = day
    }

    /// 99 of 100 frames were analysed within this time, seconds; nil if none was.
    public var latenessP99Seconds: Double? { lateness.quantile(0.99) }
}
