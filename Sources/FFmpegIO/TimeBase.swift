import CFFmpeg
import FrameCore

extension AVRational {
    static let microseconds = AVRational(num: 1, den: 1_000_000)

    /// The time stamp in microseconds; nil when there is none.
    func frameTime(_ timestamp: Int64) -> FrameTime? {
        guard timestamp != ffio_no_timestamp, num > 0, den > 0 else { return nil }
        return FrameTime(microseconds: av_rescale_q(timestamp, self, .microseconds))
    }

    func duration(_ ticks: Int64) -> Duration {
        .microseconds(av_rescale_q(ticks, self, .microseconds))
    }

    func seconds(_ ticks: Int64) -> Double {
        Double(ticks) * Double(num) / Double(den)
    }

    func ticks(_ time: FrameTime) -> Int64 {
        av_rescale_q(time.microseconds, .microseconds, self)
    }

    /// num / den; nil when it is no rate that a camera could have.
    var plausibleRate: Double? {
        guard num > 0, den > 0 else { return nil }
        let rate = Double(num) / Double(den)
        return (0.01...1000).contains(rate) ? rate : nil
    }
}
