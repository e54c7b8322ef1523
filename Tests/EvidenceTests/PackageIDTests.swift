import Evidence
import Testing

@Suite struct PackageIDTests {
    @Test("an id sorts by its time, keeps it, and reads back from its text")
    func order() throws {
        var generator = SeededGenerator(state: 7)
        let times: [Int64] = [0, 1, 4095, 65_536, 1_795_464_000_123, (1 << 48) - 1]
        let ids = times.map { PackageID(milliseconds: $0, using: &generator) }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.milliseconds) == times)
        for id in ids { #expect(PackageID(id.text) == id) }
        #expect(ids[4].text.hasPrefix("01a2"))
        #expect(Set((0..<1000).map { _ in PackageID(milliseconds: 5, using: &generator) }).count == 1000)
    }

    @Test(
        "what is no version 7 UUID in lower case is refused",
        arguments: [
            "", "01a20a1c-1234-7abc-8def-0123456789a", "01A20A1C-1234-7abc-8def-0123456789ab",
            "01a20a1c-1234-4abc-8def-0123456789ab", "01a20a1c-1234-7abc-cdef-0123456789ab",
            "01a20a1c-1234-7abc-8def-0123456789ag", "01a20a1c01234-7abc-8def-0123456789ab",
            "../../../../../../etc/passwd/aaaaaaa",
        ])
    func refusal(text: String) {
        #expect(PackageID(text) == nil)
    }
}
