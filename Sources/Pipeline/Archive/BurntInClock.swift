import FFmpegIO
import Foundation
import FrameCore

/// Reads the clock that a camera draws into its picture: the last resort, as it takes seconds a file.
///
/// Two pictures some seconds apart must both show a date and time, and these must be as far apart as the pictures are.
enum BurntInClock {
    enum Reading: Equatable {
        /// Of the file's first picture, to a second.
        case date(Date)
        case unreadable(String)
        case noProgram
    }

    static let missingProgram =
        "the clock in its picture cannot be read: the program tesseract is not installed (apt-get install tesseract-ocr)"

    private static let wantedPictures = 3
    private static let spacingSeconds = 3.0
    private static let farthestSeconds = 60.0
    /// A clock steps once a second.
    private static let toleranceSeconds = 1.2
    /// Of the picture's height, at its top and bottom: where cameras write.
    private static let bandPart = 0.14
    /// Letters of such pictures are about 30 pixels high, as the reader likes them.
    private static let goodHeight = 1080
    /// Cameras write in white.
    private static let brightLevel: UInt8 = 200

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
        var known: (date: Date, time: FrameTime)?
        var doubt: String?
        for picture in pictures {
            switch read(picture, reader, zone) {
            case .none: continue
            case .ambiguous(let text): doubt = text
            case .date(let date):
                guard let before = known else {
                    known = (date, picture.time)
                    continue
                }
                let apart = date.timeIntervalSince(before.date) - (picture.time.seconds - before.time.seconds)
                guard abs(apart) <= toleranceSeconds else {
                    doubt = "it does not run as the pictures do"
                    known = (date, picture.time)
                    continue
                }
                let toFirst = before.time.seconds - origin.seconds + (survey.firstKeySeconds ?? 0)
                return .date(before.date.addingTimeInterval(-toFirst))
            }
        }
        return .unreadable(doubt ?? "no date and time was found at the top or bottom of two pictures")
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

    private static func read(_ picture: Frame, _ reader: TextReader, _ zone: TimeZone) -> ClockText.Reading {
        var doubt = ClockText.Reading.none
        for chinese in reader.knowsChinese ? [false, true] : [false] {
            for isTop in [true, false] {
                for onlyBright in [true, false] {
                    let strip = strip(of: picture.luma, isTop: isTop, onlyBright: onlyBright)
                    guard let text = reader.read(strip, chinese: chinese) else { continue }
                    switch ClockText.read(text, zone: zone) {
                    case .none: continue
                    case .ambiguous(let why): doubt = .ambiguous(why)
                    case .date(let date): return .date(date)
                    }
                }
            }
        }
        return doubt
    }

    /// A band of the picture, enlarged, in black on white.
    private static func strip(of plane: Plane, isTop: Bool, onlyBright: Bool) -> Plane {
        let height = max(1, Int((Double(plane.height) * bandPart).rounded()))
        let from = isTop ? 0 : plane.height - height
        let scale = max(1, Int((Double(goodHeight) / Double(max(1, plane.height))).rounded()))
        var strip = Plane(size: PixelSize(width: plane.width * scale, height: height * scale))
        for y in 0..<strip.height {
            // Bilinear, with the samples at the pixels' centres.
            let (upper, lower, downward) = position(y, scale, height)
            for x in 0..<strip.width {
                let (left, right, rightward) = position(x, scale, plane.width)
                func level(_ x: Int, _ y: Int) -> Double { Double(plane[x, from + y]) }
                let above = level(left, upper) * (1 - rightward) + level(right, upper) * rightward
                let below = level(left, lower) * (1 - rightward) + level(right, lower) * rightward
                let value = UInt8((above * (1 - downward) + below * downward).rounded())
                strip[x, y] = onlyBright ? (value >= brightLevel ? 0 : 255) : 255 - value
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
