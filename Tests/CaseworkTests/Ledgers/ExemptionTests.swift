import Casework
import Foundation
import Testing

@Suite("Permits and what they exempt")
struct ExemptionTests {
    static let shanghai = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt

    /// Tuesday to Thursday, 18:00 to 02:00, in the left half of c1.
    static let permit = PermitRecord(
        kind: .outsideSeating, number: "外摆-1", holder: "阿强", places: LedgerShapes(["c1": [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]]),
        hours: ["tue-thu 18:00-02:00"], validFrom: LocalDay("2026-11-24"), validUntil: LocalDay("2026-11-26"), filedWith: "中山街道")

    static func at(_ text: String) -> Date {
        (try? Date(text + ":00+08:00", strategy: .iso8601)) ?? .distantPast
    }

    static func answer(
        _ time: String, box: [Int] = [100, 100, 100, 100], channel: String = "c1", violation: String = "piled-goods",
        _ change: (inout PermitRecord) -> Void = { _ in }
    ) throws -> String? {
        var permit = permit
        change(&permit)
        let place = try #require(IncidentPlace(channelID: channel, box: box, pictureWidth: 1000, pictureHeight: 1000))
        let policy = ExemptionPolicy(settings: try LedgerSettingsTests.shipped(), timeZone: shanghai)
        return policy.permit(covering: place, violation: violation, at: at(time), of: ["p1": permit])
    }

    // 2026-11-24 is a Tuesday.
    @Test(
        "a hit is covered within days and hours, and the night after the last day still belongs to it",
        arguments: [
            ("2026-11-24T17:59", false), ("2026-11-24T18:00", true), ("2026-11-24T23:59", true), ("2026-11-25T00:00", true),
            ("2026-11-25T01:59", true), ("2026-11-25T02:00", false), ("2026-11-25T12:00", false), ("2026-11-26T20:00", true),
            ("2026-11-27T01:00", true), ("2026-11-27T20:00", false),
            // The night that began on Monday, before the first day, and that of another week.
            ("2026-11-24T01:00", false), ("2026-12-01T20:00", false),
        ])
    func hours(_ time: String, _ isCovered: Bool) throws {
        #expect((try Self.answer(time) != nil) == isCovered)
    }

    @Test("the night that goes over the end of the week belongs to Sunday")
    func weekEnd() throws {
        // 2026-11-29 is a Sunday.
        for (time, isCovered) in [("2026-11-29T23:00", true), ("2026-11-30T01:00", true), ("2026-11-30T23:00", false)] {
            let id = try Self.answer(time) {
                $0.hours = ["sun 22:00-03:00"]
                $0.validUntil = LocalDay("2026-11-29")
            }
            #expect((id != nil) == isCovered, "\(time)")
        }
    }

    @Test("without hours it covers the whole of its days")
    func always() throws {
        #expect(try Self.answer("2026-11-24T00:00") { $0.hours = [] } == "p1")
        #expect(try Self.answer("2026-11-26T23:59") { $0.hours = [] } == "p1")
        #expect(try Self.answer("2026-11-27T00:00") { $0.hours = [] } == nil)
    }

    @Test("only its own place, camera and violations are covered, and what reaches out of the place is not")
    func place() throws {
        let evening = "2026-11-24T20:00"
        #expect(try Self.answer(evening) == "p1")
        #expect(try Self.answer(evening, channel: "c2") == nil)
        #expect(try Self.answer(evening, box: [600, 100, 100, 100]) == nil)
        #expect(try Self.answer(evening, box: [450, 100, 100, 100]) == nil)
        #expect(try Self.answer(evening, violation: "roadside-vending") == nil)
        #expect(try Self.answer(evening, violation: "roadside-vending") { $0.violations = ["roadside-vending"] } == "p1")
        #expect(try Self.answer(evening) { $0.violations = ["roadside-vending"] } == nil)
        #expect(try Self.answer(evening) { $0.kind = .other } == nil)
        #expect(try Self.answer(evening) { $0.hours = ["whenever"] } == nil)
    }

    @Test("a permit says who, where, when and by whom; each thing that is missing is named")
    func problems() {
        #expect(Self.permit.problems.isEmpty)
        let empty = PermitRecord(
            kind: .other, number: "", holder: "", places: LedgerShapes(), hours: ["mon 8-9"], validFrom: nil, validUntil: nil, filedWith: ""
        )
        #expect(
            Set(empty.problems.map(\.field)) == [
                "number", "holder", "filedWith", "validFrom", "validUntil", "places", "hours", "violations",
            ])
        var backwards = Self.permit
        backwards.validUntil = LocalDay("2026-11-23")
        #expect(backwards.problems.map(\.field) == ["validUntil"])
    }
}
