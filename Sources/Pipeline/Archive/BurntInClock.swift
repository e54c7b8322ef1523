import FFmpegIO
import Foundation
import FrameCore

/// Reads the clock that a camera draws into its picture: the last resort, as it takes seconds a file.
///
/// Two pictures some seconds apart must both show a date and time, and these must be as far apart as the pictures are. Where other
/// readings speak against that, as on a street as bright as the letters, twice as many must speak for it.
enum BurntInClock {
    enum Reading: Equatable {
        /// Of the file's first picture, to a second.
        case date(Date)
        case unreadable(String)
        case noProgram
    }

    static let missingProgram =
        "the clock in its picture cannot be read: the program tesseract is not installed (apt-get install tesseract-ocr)"

    private static let wantedPictures = 4
    private static let spacingSeconds = 3.0
    private static let farthestSeconds = 60.0
    /// Of the picture's height, at its top and bottom: where cameras write.
    private static let bandPart = 0.14
    /// Letters of such pictures are about 30 pixels high, as the reader likes them.
    private static let goodHeight = 1080
    /// Of its width, from the left and from the right: a street beside the letters spoils the reading.
    private static let widthPart = 0.55

    static func read(_ path: String, survey: FileSurvey, zone: TimeZone, stop: StopFlag) -> Reading {
        guard let reader = TextReader.installed else { return .noProgram }
        let pictures: [Frame]
        do {
            pictures = try keyPictures(path, stop)
        } catch {
            return .unreadable("\((error as? AVError)?.reason ?? "\(error)")")
        }
        guard pictures.count >= 2, let origin = pictures.first?.time else {
            return .unreadable("fewer than two key frames in its first minute")
        }
        var readings = ClockReadings()
        var best: Way?
        let all = ways(chinese: reader.knowsChinese)
        for (index, picture) in pictures.enumerated() {
            if index == 2 && readings.isEmpty { break }
            for way in best.map({ best in [best] + all.filter { $0 != best } }) ?? all {
                guard !stop.isStopped else { return .unreadable("stopped on request") }
                guard let text = reader.read(strip(of: picture.luma, way), chinese: way.chinese, layout: way.layout) else { continue }
                switch ClockText.read(text, zone: zone) {
                case .none: continue
                case .ambiguous(let why): readings.doubt = why
                case .date(let date):
                    best = way
                    readings.add(start: date.addingTimeInterval(origin.seconds - picture.time.seconds), picture: index)
                    if let start = readings.undisputed { return .date(start.addingTimeInterval(-(survey.firstKeySeconds ?? 0))) }
                }
                // Where readings agree so far, the next picture tells more than another look at this one.
                if !readings.isDisputed && !readings.isEmpty { break }
            }
        }
        if let start = readings.decided { return .date(start.addingTimeInterval(-(survey.firstKeySeconds ?? 0))) }
        return .unreadable(readings.doubt ?? "no date and time was found at the top or bottom of its pictures")
    }

    /// The first key frames, some seconds apart.
    private static func keyPictures(_ path: String, _ stop: StopFlag) throws -> [Frame] {
        var demuxer = try Demuxer(MediaURL(path.hasPrefix("/") ? path : "./" + path), options: InputOptions(stop: stop))
        var decoder = try Decoder(demuxer.video)
        var frame = DecodedFrame()
        var pictures: [Frame] = []
        var first: FrameTime?
        while pictures.count < wantedPictures, let packet = try demuxer.next() {
            guard let time = packet.pts ?? packet.dts else { continue }
            first = first ?? time
            if let first, (time - first).inSeconds > farthestSeconds { break }
            if packet.streamChanged { decoder = try Decoder(demuxer.video) }
            guard packet.isKey, pictures.last.map({ (time - $0.time).inSeconds >= spacingSeconds }) != false else { continue }
            guard try decoder.decodeAlone(packet.share(), into: &frame), !frame.isCorrupt else { continue }
            pictures.append(try frame.picture(time: time))
        }
        return pictures
    }

    /// One way of preparing a picture for the reader.
    private struct Way: Hashable {
        var isTop: Bool
        var isLeft: Bool
        /// Levels from here on are letters; nil leaves the shades.
        var bright: UInt8?
        var chinese: Bool
        var layout: TextReader.Layout
    }

    /// The likeliest first: what is not found costs all of them.
    private static func ways(chinese: Bool) -> [Way] {
        var ways: [Way] = []
        for chinese in chinese ? [false, true] : [false] {
            for bright in [200, 235, nil] as [UInt8?] {
                for layout in TextReader.Layout.allCases {
                    for (isTop, isLeft) in [(true, true), (true, false), (false, true), (false, false)] {
                        ways.append(Way(isTop: isTop, isLeft: isLeft, bright: bright, chinese: chinese, layout: layout))
                    }
                }
            }
        }
        return ways
    }

    /// A band of the picture, enlarged, in black on white.
    private static func strip(of plane: Plane, _ way: Way) -> Plane {
        let width = max(1, Int((Double(plane.width) * widthPart).rounded()))
        let leftmost = way.isLeft ? 0 : plane.width - width
        let height = max(1, Int((Double(plane.height) * bandPart).rounded()))
        let topmost = way.isTop ? 0 : plane.height - height
        let scale = max(1, Int((Double(goodHeight) / Double(max(1, plane.height))).rounded()))
        var strip = Plane(size: PixelSize(width: width * scale, height: height * scale))
        for y in 0..<strip.height {
            // Bilinear, with the samples at the pixels' centres.
            let (upper, lower, downward) = position(y, scale, height)
            for x in 0..<strip.width {
                let (left, right, rightward) = position(x, scale, width)
                func level(_ x: Int, _ y: Int) -> Double { Double(plane[leftmost + x, topmost + y]) }
                let above = level(left, upper) * (1 - rightward) + level(right, upper) * rightward
                let below = level(left, lower) * (1 - rightward) + level(right, lower) * rightward
                let value = UInt8((above * (1 - downward) + below * downward).rounded())
                strip[x, y] = way.bright.map { value >= $0 ? 0 : 255 } ?? 255 - value
            }
        }
        return strip
    }

    private static func position(_ index: Int, _ scale: Int, _ count: Int) -> (Int, Int, Double) {
        let place = max(0, (Double(index) + 0.5) / Double(scale) - 0.5)
        let low = min(count - 1, Int(place))
        return (low, min(count - 1, low + 1), place - Double(low))
    }
}
