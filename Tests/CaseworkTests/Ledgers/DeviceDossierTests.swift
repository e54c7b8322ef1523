import Casework
import Foundation
import Testing

@Suite("The ledger of devices and its mode")
struct DeviceDossierTests {
    static let day = LocalDay("2026-11-24") ?? LocalDay(Date(timeIntervalSince1970: 0), in: .gmt)

    static func paper(from: Int = -100, to: Int = 100) -> LedgerPaper {
        LedgerPaper(number: "沪松法审〔2026〕1号", date: day.adding(days: from), expiry: day.adding(days: to))
    }

    static func dossier(_ change: (inout [DevicePaper: LedgerPaper]) -> Void = { _ in }, wants: Bool = true) -> DeviceDossier {
        var papers = Dictionary(uniqueKeysWithValues: DevicePaper.allCases.map { ($0, paper()) })
        change(&papers)
        return DeviceDossier(owner: "中山街道", papers: papers, wantsEvidenceMode: wants)
    }

    enum Defect: CaseIterable {
        case missing, noNumber, noDate, noEnd, expiredYesterday, beginsTomorrow

        var paper: LedgerPaper? {
            var paper = DeviceDossierTests.paper()
            switch self {
            case .missing: return nil
            case .noNumber: paper.number = " "
            case .noDate: paper.date = nil
            case .noEnd: paper.expiry = nil
            case .expiredYesterday: paper.expiry = day.adding(days: -1)
            case .beginsTomorrow: paper.date = day.adding(days: 1)
            }
            return paper
        }

        var why: DeviceLack.Why {
            switch self {
            case .missing: .missing
            case .noNumber, .noDate, .noEnd: .incomplete
            case .expiredYesterday: .expired(day.adding(days: -1))
            case .beginsTomorrow: .notYet(from: day.adding(days: 1))
            }
        }
    }

    @Test("a camera is a lead until somebody wants more, and evidence only while all five papers stand")
    func mode() {
        #expect(DeviceDossier().mode(on: Self.day) == .lead)
        #expect(Self.dossier(wants: false).mode(on: Self.day) == .lead)
        #expect(Self.dossier().mode(on: Self.day) == .evidence)
        #expect(Set(Self.dossier().references(on: Self.day).keys) == Set(DevicePaper.allCases))
    }

    @Test("any one paper that does not stand locks evidence mode and is named", arguments: DevicePaper.allCases, Defect.allCases)
    func locked(_ paper: DevicePaper, _ defect: Defect) {
        let dossier = Self.dossier({ $0[paper] = defect.paper })
        #expect(dossier.lacks(on: Self.day) == [DeviceLack(paper, defect.why)])
        #expect(dossier.mode(on: Self.day) == .lead)
        #expect(dossier.references(on: Self.day)[paper] == nil)
        // Cannot be switched on …
        let problems = dossier.problems(replacing: Self.dossier(wants: false), on: Self.day)
        let lock = problems.first { $0.field == "wantsEvidenceMode" }
        #expect(lock?.text.zh.contains(paper.name.zh) == true && lock?.text.en.contains(paper.name.en) == true)
        // … and what is on stays wanted, so that a renewed paper is enough.
        #expect(!dossier.problems(replacing: Self.dossier(), on: Self.day).contains { $0.field == "wantsEvidenceMode" })
    }

    @Test("a paper holds on its first and its last day", arguments: [(-1, true), (0, true), (10, true), (11, false), (-2, false)])
    func ends(_ offset: Int, _ holds: Bool) {
        let dossier = Self.dossier({ $0[.policeFiling] = Self.paper(from: -1, to: 10) })
        #expect((dossier.mode(on: Self.day.adding(days: offset)) == .evidence) == holds)
    }

    @Test("a paper without number, date or end, or one that ends before it begins, is no paper")
    func problems() {
        #expect(Self.dossier().problems.isEmpty)
        let fields = Self.dossier({
            $0[.legalReview] = LedgerPaper(number: "", date: nil)
            $0[.signPhoto] = Self.paper(from: 5, to: 4)
        }).problems.map(\.field)
        #expect(fields == ["legalReview", "legalReview", "legalReview", "signPhoto"])
    }

    @Test("a dossier survives being written down, and a misspelt member is refused")
    func form() throws {
        let book = LedgerBook(DeviceDossier.self, LedgerChoices())
        let text = String(decoding: try JSONEncoder().encode(Self.dossier()), as: UTF8.self)
        let canonical = try book.canonical(text)
        #expect(try JSONDecoder().decode(DeviceDossier.self, from: Data(canonical.utf8)) == Self.dossier())
        let reading = book.read(canonical, on: Self.day)
        #expect(reading.problems.isEmpty && reading.expiries.count == 5)
        #expect(book.read(#"{"owners":"x"}"#, on: Self.day).problems.count == 1)
        #expect(book.read(#"{"legalReview":{"number":"1","date":"2026-02-30"}}"#, on: Self.day).problems.map(\.field) == ["legalReview"])
    }
}
