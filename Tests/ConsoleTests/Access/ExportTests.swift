import Casework
import Evidence
import Foundation
import FrameCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("What leaves a case")
struct ExportTests {
    private static let size = PixelSize(width: 1280, height: 720)

    /// Stripes one pixel wide: what is pixelated becomes grey.
    private static var stripes: [UInt8] {
        get throws {
            var frame = Frame(size: size, range: .full)
            var luma = frame.luma
            for index in 0..<size.area { luma.bytes[index] = index.isMultiple(of: 2) ? 60 : 200 }
            frame.luma = luma
            return try JPEGEncoder.encode(frame, quality: 95)
        }
    }

    /// Mean step between neighbouring pixels in a row of a rectangle.
    private static func contrast(_ frame: Frame, _ rect: PixelRect) -> Int {
        var sum = 0
        for y in rect.y..<rect.maxY {
            for x in rect.x..<rect.maxX - 1 { sum += abs(Int(frame.luma[x, y]) - Int(frame.luma[x + 1, y])) }
        }
        return sum / (rect.width * rect.height)
    }

    private static let object = PixelRect(x: 110, y: 130, width: 60, height: 40)
    private static let elsewhere = PixelRect(x: 700, y: 400, width: 60, height: 40)

    @Test("masked unless asked otherwise: the object stays, the rest does not; the mark is on it; the log knows its number")
    func masked() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(still: try Self.stripes)
            let program = try await test.program("wang", reason: "supervision", client)
            let answer = try await program.get("/api/v1/cases/\(record.id)/export/at-start.jpg")
            #expect(answer.status == .ok, "\(answer.text.prefix(300))")
            let frame = try JPEGDecoder.decode(Array(buffer: answer.body))
            #expect(frame.size.width == Self.size.width)
            #expect(frame.size.height > Self.size.height)
            #expect(Self.contrast(frame, Self.object) > 60)
            #expect(Self.contrast(frame, Self.elsewhere) < 12)
            let line = try #require(try await test.store.accessLog(before: nil, limit: 20).first { $0.action == "exported" })
            let number = try #require(line.subject.split(separator: "#").last.map(String.init))
            #expect(line.subject == "\(record.id)/at-start.jpg#\(number)")
            #expect(line.reason == "supervision")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"at-start-\(number).jpg\"")
            // What is written can be read again by a machine that was not told what it is.
            let band = PixelRect(x: 0, y: Self.size.height, width: Self.size.width, height: frame.size.height - Self.size.height)
            let read = try Self.words(JPEGEncoder.encode(frame, crop: band))
            #expect(read.contains("wang"), "\(read)")
            #expect(Self.alike(read).contains(Self.alike(String(record.id.prefix(8)))), "\(read)")
            #expect(try await test.store.accessLines(AccessFilter(exportID: number), before: nil, limit: 5).count == 1)
        }
    }

    /// Letters that a reader of print takes for digits count as them.
    private static func alike(_ text: String) -> String {
        String(text.lowercased().compactMap { ["o": "0", "l": "1", "i": "1", "]": "1", " ": nil][$0] ?? $0 })
    }

    /// The words of a picture, by tesseract.
    private static func words(_ jpeg: [UInt8]) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("xunjie-mark-\(UUID().uuidString).jpg")
        try Data(jpeg).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tesseract", path.path, "-", "--psm", "6", "-l", "eng"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test(
        "not masked only for who may, with a reason, and logged as that",
        arguments: [
            ("wang", true), ("qian", true), ("sun", true), ("zhou", true), ("he", false), ("xu", false), ("zhao", false), ("chen", false),
        ])
    func unmasked(login: String, may: Bool) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(still: try Self.stripes)
            let uri = "/api/v1/cases/\(record.id)/export/at-start.jpg?unmasked=1"
            let silent = try await test.program(login, reason: nil, client)
            #expect(try await silent.get(uri).status == .forbidden)
            let program = try await test.program(login, reason: "supervision", client)
            let answer = try await program.get(uri)
            #expect(answer.status == (may ? .ok : .forbidden), "\(login): \(answer.status)")
            let lines = try await test.store.accessLog(before: nil, limit: 30).filter { $0.action == "unmasked" }
            #expect(lines.count == (may ? 1 : 0))
            guard may else { return }
            let frame = try JPEGDecoder.decode(Array(buffer: answer.body))
            #expect(Self.contrast(frame, Self.elsewhere) > 60)
            #expect(frame.size.height > Self.size.height, "the mark is on it too")
        }
    }

    @Test("a clip leaves only as it was sealed, for who may; its number is in its name")
    func clip() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let officer = try await test.program("wang", reason: "supervision", client)
            let masked = try await officer.get("/api/v1/cases/\(record.id)/export/clip.mp4")
            #expect(masked.status == .unprocessableContent)
            #expect(masked.errorCode == "clip-unmasked-only")
            let whole = try await officer.get("/api/v1/cases/\(record.id)/export/clip.mp4?unmasked=1")
            #expect(Array(buffer: whole.body) == TestConsole.clip)
            let auditor = try await test.program("he", reason: "supervision", client)
            #expect(try await auditor.get("/api/v1/cases/\(record.id)/export/clip.mp4?unmasked=1").status == .forbidden)
            let line = try #require(try await test.store.accessLog(before: nil, limit: 20).first { $0.action == "unmasked" })
            let number = try #require(line.subject.split(separator: "#").last)
            #expect(whole.headers[.contentDisposition]?.contains("clip-\(number).mp4") == true)
        }
    }

    @Test("what is drawn on it is hidden too, the object as well; what is no rectangle is refused")
    func hidden() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(still: try Self.stripes)
            let program = try await test.program("he", reason: "supervision", client)
            let uri = "/api/v1/cases/\(record.id)/export/at-start.jpg"
            let seen = try JPEGDecoder.decode(Array(buffer: try await program.get(uri).body))
            let drawn = try JPEGDecoder.decode(Array(buffer: try await program.get(uri + "?hide=0,0,1,1").body))
            #expect(Self.contrast(seen, Self.object) > 60 && Self.contrast(drawn, Self.object) < 20)
            for wrong in ["1", "0,0,1", "0,0,1,2", "a,b,c,d", "0,0,0,1", "nan,0,1,1", "0,0,1,1;"] {
                let answer = try await program.get(uri + "?hide=\(wrong)")
                #expect(answer.status == .unprocessableContent && answer.errorCode == "invalid", "\(wrong) \(answer.text)")
            }
            #expect(try await program.get(uri + "?hide=" + Array(repeating: "0,0,1,1", count: 41).joined(separator: ";")).status != .ok)
        }
    }

    @Test("the sheet to print is masked and marked like every picture, and says what a check of the package finds")
    func sheet() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(still: try Self.stripes)
            let uri = "/api/v1/cases/\(record.id)/export/sheet.html"
            let auditor = try await test.program("he", reason: "supervision", client)
            let masked = try await auditor.get(uri)
            #expect(masked.status == .ok && masked.text.contains("遮挡 masked") && masked.text.contains("与封存时一致"))
            let line = try #require(try await test.store.accessLog(before: nil, limit: 20).first { $0.action == "exported" })
            let number = try #require(line.subject.split(separator: "#").last.map(String.init))
            #expect(masked.text.contains(number) && masked.text.contains("<footer>"))
            func picture(_ page: String) throws -> Frame {
                let text = try #require(page.split(separator: "data:image/jpeg;base64,").dropFirst().first?.prefix { $0 != "\"" })
                return try JPEGDecoder.decode([UInt8](#require(Data(base64Encoded: String(text)))))
            }
            #expect(Self.contrast(try picture(masked.text), Self.elsewhere) < 20)
            #expect(try await auditor.get(uri + "?unmasked=1").status == .forbidden)
            let officer = try await test.program("wang", reason: "supervision", client)
            #expect(Self.contrast(try picture(await officer.get(uri + "?unmasked=1").text), Self.elsewhere) > 60)
        }
    }

    @Test("the page offers what may be taken and says why a clip is not masked", arguments: [("wang", true), ("he", false)])
    func page(login: String, mayUnmask: Bool) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: login, client)
            let page = try await browser.get("/cases/\(record.id)/export")
            #expect(page.status == .ok)
            #expect(page.text.contains("/cases/\(record.id)/export/at-start.jpg\""))
            #expect(page.text.contains("unmasked=1") == mayUnmask)
            #expect(page.text.contains("封存原件"))
            #expect(try await browser.get("/cases/\(record.id)/export?lang=en").text.contains("never encoded again"))
            for name in ["manifest.json", "..%2Fkey.pem", "none.jpg", "none.mp4"] {
                let answer = try await browser.get("/cases/\(record.id)/export/\(name)?unmasked=1")
                #expect(answer.status == .notFound || answer.status == .forbidden, "\(name)")
            }
        }
    }

    @Test("a picture that is not as it was sealed is not handed out masked as if it were")
    func broken() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(still: try Self.stripes)
            let path = test.path(record, "at-start.jpg")
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            bytes[bytes.count / 2] ^= 0xFF
            try FileManager.default.removeItem(atPath: path)
            try bytes.write(to: URL(fileURLWithPath: path))
            let program = try await test.program("wang", client)
            let answer = try await program.get("/api/v1/cases/\(record.id)/export/at-start.jpg")
            #expect(answer.status == .unprocessableContent)
            #expect(answer.errorCode == "not-exportable")
        }
    }
}
