import FFmpegIO
import Testing

@Suite("MediaURL")
struct MediaURLTests {
    @Test(
        "secrets are shown as stars, whatever their form",
        arguments: [
            ("rtsp://admin:s3cret@10.0.0.1:554/ch1", "rtsp://admin:***@10.0.0.1:554/ch1"),
            ("rtsp://admin:s3@cret@10.0.0.1/ch1", "rtsp://admin:***@10.0.0.1/ch1"),
            ("rtsp://admin:s3:cret@10.0.0.1/ch1", "rtsp://admin:***@10.0.0.1/ch1"),
            ("rtsp://admin@10.0.0.1/ch1", "rtsp://admin@10.0.0.1/ch1"),
            ("RTSP://admin:s3cret@h/ch1", "rtsp://admin:***@h/ch1"),
            ("http://h/live.flv?token=s3cret&x=1", "http://h/live.flv?token=***&x=1"),
            ("http://h/live.flv?x=1&Password=s3cret", "http://h/live.flv?x=1&Password=***"),
            ("http://h/live.flv?accessToken=s3cret#a", "http://h/live.flv?accessToken=***#a"),
            ("http://h/live.flv?txSecret=s3cret&txTime=5", "http://h/live.flv?txSecret=***&txTime=5"),
            ("rtsp://h/user=admin_password=s3cret_channel=1_stream=0.sdp", "rtsp://h/user=admin_password=***_channel=1_stream=0.sdp"),
            ("rtsp://h/user=admin&password=s3cret&channel=1", "rtsp://h/user=admin&password=***&channel=1"),
            ("https://[::1]:8443/a.m3u8", "https://[::1]:8443/a.m3u8"),
            ("rtmp://h/live/cam1", "rtmp://h/live/cam1"),
        ])
    func redaction(text: String, shown: String) throws {
        let url = try MediaURL(text)
        #expect(url.description == shown)
        #expect("\(url)" == shown)
        #expect(url.isLive)
        #expect(url.absoluteString.lowercased() == text.lowercased())
        var dumped = ""
        dump(url, to: &dumped)
        dump([url], to: &dumped)
        for printed in [dumped, String(reflecting: url), String(describing: [url]), "\(Mirror(reflecting: url).children.map(\.value))"] {
            #expect(!printed.contains("s3"))
        }
    }

    @Test(
        "anything that could read other files is refused",
        arguments: [
            "concat:a.mp4|b.mp4", "concatf:list", "pipe:0", "data:video/mp4;base64,AAAA", "subfile,,start,0,end,0,,:/etc/passwd",
            "file:/etc/passwd",
            "file:///etc/passwd", "crypto:a", "cache:http://h/a", "async:a", "tee:a", "udp://h:1", "ftp://h/a", "hls+http://h/a", "rtsp:h",
            "lavfi:x",
        ])
    func refusesSchemes(text: String) {
        #expect {
            try MediaURL(text)
        } throws: { error in
            guard case MediaURLError.unsupportedScheme = error else { return false }
            return "\(error)".contains("rtsp://")
        }
    }

    @Test(
        "an address that cannot be right is refused with the reason",
        arguments: [
            ("", MediaURLError.empty), ("  \n", .empty), ("rtsp:///ch1", .badHost), ("rtsp://admin:x@/ch1", .badHost),
            ("rtsp://h:99999/a", .badPort),
            ("rtsp://admin:pa/s3cret@h/a", .unescapedPassword), ("rtsp://admin:pa#s3cret@h/a", .unescapedPassword),
            ("rtsp://h/a\r\nX: y", .controlCharacter),
        ])
    func refusesNonsense(text: String, error: MediaURLError) {
        #expect(throws: error) { try MediaURL(text) }
        #expect(!"\(error)".contains("s3cret"))
    }

    @Test(
        "a path is a file, also with colons, spaces and percent signs",
        arguments: ["/a/b.mp4", "a.mp4", "./a:b.mp4", "12:30 street.mp4", "/a/100%.mp4", "/x/街.mp4"])
    func paths(path: String) throws {
        let url = try MediaURL(path)
        #expect(!url.isLive)
        #expect(url.filePath == path)
        #expect(url.description == path)
    }
}
