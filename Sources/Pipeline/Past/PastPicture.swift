public import Casework
import Evidence
public import FFmpegIO
public import Foundation
public import FrameCore

/// Gets single pictures out of archived files.
public enum PastPicture {
    private static let jpegQuality = 85

    /// The key frame of a moment as the camera made it, or within `bound`.
    ///
    /// Blocks for some tens of milliseconds; for seconds where a file holds no time stamps to seek by.
    /// - Throws: what reading throws, and `ReplayError.noPictures` when there is none any more.
    public static func frame(_ moment: PastMoment, bound: PixelSize? = nil, stop: StopFlag = StopFlag()) throws -> Frame {
        var demuxer = try Demuxer(try MediaURL(moment.path), options: InputOptions(stop: stop))
        if let stamp = moment.stamp {
            try demuxer.seek(to: stamp)
        }
        var clock = StreamClock(frameRate: demuxer.video.averageFrameRate)
        let decoders = KeyFrameDecoders(limit: 1)
        while let packet = try demuxer.next() {
            let seconds = clock.time(of: packet.dts ?? packet.pts).seconds
            guard packet.isKey, moment.stamp != nil || seconds >= moment.seconds - 0.001 else { continue }
            var frame: Frame?
            _ = try decoders.decode(packet.intoShared(), of: demuxer.video) { picture, _ throws(AVError) in
                if let bound, picture.size.width > bound.width || picture.size.height > bound.height {
                    var small = Frame(size: PixelSize(width: 2, height: 2))
                    var scaler = Scaler(bound: bound)
                    try scaler.scale(picture, time: .zero, into: &small)
                    frame = small
                } else {
                    frame = try picture.picture(time: .zero)
                }
            }
            if let frame { return frame }
        }
        throw ReplayError.noPictures(moment.path)
    }

    /// A part of it, about `width` pixels wide.
    public static func frame(_ moment: PastMoment, closeUp: PastCloseUp, width: Int) throws -> Frame {
        let whole = Int(Double(width) / closeUp.side)
        let picture = try frame(moment, bound: PixelSize(width: whole, height: whole))
        return picture.cropped(to: closeUp.part(of: picture.size))
    }

    /// The same as JPEG.
    public static func jpeg(_ moment: PastMoment, bound: PixelSize? = nil) throws -> [UInt8] {
        try JPEGEncoder.encode(frame(moment, bound: bound), quality: jpegQuality)
    }

    /// The same as JPEG.
    public static func jpeg(_ moment: PastMoment, closeUp: PastCloseUp, width: Int) throws -> [UInt8] {
        try JPEGEncoder.encode(frame(moment, closeUp: closeUp, width: width), quality: jpegQuality)
    }

    /// Where the file that shows `date` shows it; nil where none does.
    public static func moment(at date: Date, in timeline: ArchiveTimeline) throws -> PastMoment? {
        let file = timeline.files.last { file in
            guard let start = file.startsAt, start <= date else { return false }
            return file.seconds.map { date < start.addingTimeInterval($0) } ?? true
        }
        guard let file, let start = file.startsAt else { return nil }
        let seconds = date.timeIntervalSince(start)
        var demuxer = try Demuxer(try MediaURL(file.path))
        guard let first = try demuxer.next() else { return nil }
        let origin = first.pts ?? first.dts
        return PastMoment(path: file.path, seconds: seconds, at: date, stamp: origin.map { $0 + .seconds(seconds) })
    }
}
