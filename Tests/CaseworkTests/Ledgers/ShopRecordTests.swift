import Casework
import Foundation
import Testing

@Suite("The ledger of shops")
struct ShopRecordTests {
    /// The first is the example of GB 32100-2015.
    static let codes = ["91350100M000100Y43", "92310117MA1J1ABC2B", "913100001322029379"]

    @Test("the check character of a unified social credit code is verified", arguments: codes)
    func checkCharacter(_ code: String) {
        #expect(CreditCode.fault(of: code) == nil)
        // One wrong character is always found, wherever it is: 31 is a prime and no weight is 0.
        let characters = Array(code)
        for index in characters.indices {
            var slipped = characters
            slipped[index] = characters[index] == "7" ? "8" : "7"
            #expect(CreditCode.fault(of: String(slipped)) != nil, "\(index)")
        }
    }

    @Test(
        "what is no code is told why",
        arguments: [
            ("", CreditCode.Fault.notEighteenCharacters(0)), ("91350100M000100Y4", .notEighteenCharacters(17)),
            ("91350100M000100YI3", .badCharacter("I")), ("91350100m000100Y43", .badCharacter("m")),
            ("91350100M000100Y44", .wrongCheck(expected: "3")),
        ])
    func faults(_ code: String, _ fault: CreditCode.Fault) {
        #expect(CreditCode.fault(of: code) == fault)
    }

    @Test("a shop needs a name; all else is checked if it is there")
    func problems() {
        #expect(ShopRecord(name: "阿强水果").problems.isEmpty)
        var shop = ShopRecord(
            name: " ", creditCode: "91350100M000100Y44", contactPhone: "call me",
            frontages: LedgerShapes(["c1": [[0, 0], [1, 1], [1, 0], [0, 1]]]),
            permits: ["p1", "p1"])
        #expect(Set(shop.problems.map(\.field)) == ["name", "creditCode", "contactPhone", "frontages", "permits"])
        shop = ShopRecord(name: "阿强水果", commitment: LedgerPaper(number: "", date: nil), acceptsElectronicService: true)
        #expect(Set(shop.problems.map(\.field)) == ["contactPhone", "commitment"])
        for problem in shop.problems { #expect(!problem.text.zh.isEmpty && !problem.text.en.isEmpty && problem.text.zh != problem.text.en) }
    }

    @Test(
        "a place is at least three points within the picture that cross nothing",
        arguments: [
            [[0.1, 0.1], [0.2, 0.1]], [[0.1, 0.1], [0.2, 0.1], [1.2, 0.5]], [[0, 0], [0.5, 0.5], [1, 1]],
            [[0.1], [0.2, 0.1], [0.2, 0.4]],
        ])
    func shapes(_ points: [[Double]]) {
        #expect(ShopRecord(name: "a", frontages: LedgerShapes(["c1": points])).problems.map(\.field) == ["frontages"])
    }

    @Test("the shop is the one on whose frontage the object stands; where two meet, the one that holds more of it, then the smaller")
    func whose() throws {
        func shop(_ left: Double, _ right: Double) -> ShopRecord {
            ShopRecord(name: "s", frontages: LedgerShapes(["c1": [[left, 0.5], [right, 0.5], [right, 0.9], [left, 0.9]]]))
        }
        let shops = ["a": shop(0.0, 0.4), "b": shop(0.38, 0.6), "wide": shop(0.0, 1.0), "elsewhere": ShopRecord(name: "x")]
        func at(_ x: Int, _ channel: String = "c1", y: Int = 600) throws -> String? {
            let place = try #require(IncidentPlace(channelID: channel, box: [x, y, 100, 100], pictureWidth: 1000, pictureHeight: 1000))
            return ShopPolicy.shop(at: place, of: shops)
        }
        #expect(try at(100) == "a")
        #expect(try at(450) == "b")
        #expect(try at(800) == "wide")
        // Over the border, most of it in one.
        #expect(try at(330) == "wide")
        #expect(try at(100, "c2") == nil)
        #expect(try at(100, y: 100) == nil)
        #expect(IncidentPlace(channelID: "c1", box: [0, 0, 0, 10], pictureWidth: 100, pictureHeight: 100) == nil)
    }

    @Test("red is due every two days, yellow weekly, green monthly, and what was never looked at at once")
    func due() throws {
        let today = DeviceDossierTests.day
        func shop(_ grade: ShopRecord.Grade, _ days: Int?) -> ShopRecord {
            ShopRecord(name: "s", grade: grade, lastLook: days.map { today.adding(days: -$0) })
        }
        let shops = [
            "r1": shop(.red, 1), "r2": shop(.red, 2), "y6": shop(.yellow, 6), "y7": shop(.yellow, 7), "g29": shop(.green, 29),
            "g30": shop(.green, 30), "never": shop(.green, nil), "r9": shop(.red, 9),
        ]
        let due = ShopLooks(settings: try LedgerSettingsTests.shipped()).due(of: shops, on: today)
        #expect(due.map(\.shopID) == ["r9", "r2", "y7", "never", "g30"])
    }
}
