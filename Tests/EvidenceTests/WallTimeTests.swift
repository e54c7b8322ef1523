import Evidence
import FrameCore
import Testing

@Suite struct WallTimeTests {
    @Test(
        "a moment is written with milliseconds and offset, and reads back",
        arguments: [
            (0, 0, "1970-01-01T00:00:00.000+00:00"),
            (1_795_464_000_123, 480, "2026-11-24T04:00:00.123+08:00"),
            (1_795_464_000_123, -210, "2026-11-23T16:30:00.123-03:30"),
            (1_709_164_799_999, 0, "2024-02-28T23:59:59.999+00:00"),
            (1_709_164_800_000, 0, "2024-02-29T00:00:00.000+00:00"),
            (951_782_400_000, 0, "2000-02-29T00:00:00.000+00:00"),
            (4_107_542_400_000, 0, "2100-03-01T00:00:00.000+00:00"),
            (-1, 0, "1969-12-31T23:59:59.999+00:00"),
        ] as [(Int64, Int, String)])
    func text(milliseconds: Int64, offset: Int, text: String) {
        let time = WallTime(millisecondsSince1970: milliseconds, utcOffsetMinutes: offset)
        #expect(time.description == text)
        #expect(WallTime(text) == time)
    }

    @Test(
        "what is no such time is refused",
        arguments: [
            "", "2026-11-24T04:00:00+08:00", "2026-02-31T04:00:00.000+08:00", "2026-13-01T04:00:00.000+08:00",
            "2026-11-24T24:00:00.000+08:00", "2026-11-24 04:00:00.000+08:00", "2026-11-24T04:00:00.000Z08:00",
            "2026-11-24T04:00:00.000-00:00",
        ])
    func refusal(text: String) {
        #expect(WallTime(text) == nil)
    }

    @Test("a frame's wall-clock time is its pts moved by the offset")
    func join() {
        let clock = EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: 1_795_464_000_000_000, source: "receive-time", utcOffsetMinutes: 480)
        #expect("\(clock.wall(of: .init(microseconds: 1_234_999)))" == "2026-11-24T04:00:01.234+08:00")
        #expect("\(clock.wall(of: .init(microseconds: -1)))" == "2026-11-24T03:59:59.999+08:00")
    }
}
