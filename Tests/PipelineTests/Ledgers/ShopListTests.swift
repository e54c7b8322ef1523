import Casework
import Foundation
import Pipeline
import Testing
import Violations

@Suite("Shops as a list")
struct ShopListTests {
    private static let shop = ShopRecord(
        name: "阿强, 水果“店”", creditCode: "91350100M000100Y43", contactName: "=cmd()", contactPhone: "+86 13800000000",
        address: "茸惠路 188 号", licence: "1", dutyArea: LedgerPaper(number: "责-1", date: LocalDay("2026-01-02")),
        frontages: LedgerShapes(["c1": [[0, 0], [1, 0], [1, 1]]]), permits: ["p1"], grade: .red, lastLook: LocalDay("2026-11-20"),
        acceptsElectronicService: true)

    @Test("what goes out comes back the same, drawn and pointed-at things untouched")
    func roundTrip() throws {
        let rows = try ShopList.read(Array(ShopList.csv(["s1": Self.shop]).utf8))
        #expect(rows.count == 1 && rows[0].id == "s1" && rows[0].line == 2)
        let (same, problems) = rows[0].applied(to: Self.shop)
        #expect(problems.isEmpty && same == Self.shop)
        // As a new shop it has all but those.
        var bare = Self.shop
        bare.frontages = LedgerShapes()
        bare.permits = []
        #expect(rows[0].applied(to: nil).shop == bare)
    }

    @Test("nothing that goes out is a formula to a spreadsheet")
    func formulas() {
        let text = ShopList.csv(["s1": Self.shop])
        #expect(text.contains(",'=cmd(),") && text.contains("'+86 13800000000"))
    }

    @Test("columns may be missing, in any order, in English; a wrong value is named with its column")
    func columns() throws {
        let rows = try ShopList.read(Array("Grade;name\n黄;甲\nblue;乙\n".utf8))
        #expect(rows.map { $0.applied(to: nil).shop.grade } == [.yellow, .green])
        #expect(rows[0].applied(to: Self.shop).shop.creditCode == Self.shop.creditCode)
        #expect(rows[1].applied(to: nil).problems.map(\.field) == ["grade"])
        let wrong = try ShopList.read(Array("店名,统一社会信用代码,最近巡查日\n甲,91350100M000100Y44,昨天\n".utf8))[0].applied(to: nil).problems
        #expect(Set(wrong.map(\.field)) == ["creditCode", "lastLook"])
    }

    @Test("what is no list of shops is refused", arguments: ["", "a,b\n1,2\n", "店名,店名\n1,2\n", "店名\n\"甲\n"])
    func refused(_ text: String) {
        #expect(throws: ChannelListError.self) { try ShopList.read(Array(text.utf8)) }
    }
}

@Suite("Hours of permits and of zones")
struct WeeklyHoursTests {
    @Test(
        "both are written and meant the same way",
        arguments: [
            ["mon-fri 07:00-22:00"], ["sat,sun 09:00-23:30", "mon 00:00-24:00"], ["sun 22:00-03:00"], ["fri-mon 18:00-02:00"],
            ["mon 24:00-01:00"], ["mon"], ["mon 7-8"], ["xxx 07:00-08:00"], ["mon- 07:00-08:00"], ["mon-tue-wed 07:00-08:00"],
            ["mon 07:00-07:00"], ["mon 25:00-26:00"], ["mon  07:00-08:00"], [""], [",mon 07:00-08:00"],
        ])
    func same(_ spans: [String]) throws {
        let zone = try? ZoneHours(spans)
        let permit = try? WeeklyHours(spans)
        #expect((zone == nil) == (permit == nil))
        guard let zone, let permit else { return }
        // 2026-11-23 is a Monday.
        let monday = try #require(LocalDay("2026-11-23")).start(in: .gmt)
        for minute in stride(from: 0, to: 7 * 1440, by: 15) {
            #expect(zone.contains(minuteOfWeek: minute) == permit.contains(monday + Double(minute) * 60, in: .gmt), "\(minute)")
        }
    }
}
