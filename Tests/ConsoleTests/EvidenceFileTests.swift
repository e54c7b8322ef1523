import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Evidence files")
struct EvidenceFileTests {
    @Test("a file comes whole, with its type, its length and word that ranges are possible")
    func whole() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(record.id)/clip.mp4")
            #expect(response.status == .ok)
            #expect(Array(buffer: response.body) == TestConsole.clip)
            #expect(response.headers[.contentType] == "video/mp4")
            #expect(response.headers[.acceptRanges] == "bytes")
            #expect(response.headers[.cacheControl]?.contains("private") == true)
            let still = try await program.get("/evidence/\(record.id)/at-start.jpg")
            #expect(still.headers[.contentType] == "image/jpeg")
        }
    }

    @Test(
        "a range is answered by 206 with exactly its bytes",
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=0-99", 0..<100), ("bytes=990-", 990..<1000), ("bytes=-10", 990..<1000),
            ("bytes=500-5000", 500..<1000), ("bytes=-5000", 0..<1000), ("bytes=0-", 0..<1000),
        ])
    func range(header: String, expected: Range<Int>) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(record.id)/clip.mp4", headers: [.range: header])
            #expect(response.status == .partialContent)
            #expect(Array(buffer: response.body) == Array(TestConsole.clip[expected]))
            #expect(response.headers[.contentRange] == "bytes \(expected.lowerBound)-\(expected.upperBound - 1)/1000")
        }
    }

    @Test("a range behind the end is answered by 416 with the size", arguments: ["bytes=1000-", "bytes=5000-6000", "bytes=-0"])
    func unsatisfiable(header: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(record.id)/clip.mp4", headers: [.range: header])
            #expect(response.status == .rangeNotSatisfiable)
            #expect(response.headers[.contentRange] == "bytes */1000")
        }
    }

    @Test(
        "a range that cannot be read is ignored",
        arguments: [
            "bytes=b-c", "bytes=5-1", "lines=1-2", "bytes=", "bytes=99999999999999999999999-", "bytes=--5", "bytes=+1-2",
        ])
    func malformed(header: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(record.id)/clip.mp4", headers: [.range: header])
            #expect(response.status == .ok || response.status == .rangeNotSatisfiable)
            if response.status == .ok { #expect(response.body.readableBytes == 1000) }
        }
    }

    @Test(
        "nothing but the manifest's files is given out, however the name is written",
        arguments: [
            "..%2f..%2f..%2f..%2f..%2fkey.pem", "../manifest.json", "..%2fchain.json", "%2e%2e/chain.json", "extra.txt",
            "clip.mp4%00.jpg", "./clip.mp4", "%2fetc%2fpasswd", "link.jpg", "..", "%2e%2e", "CLIP.MP4",
            "clip.mp4%2f..%2fextra.txt",
        ])
    func traversal(name: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let secret = "not to be read"
            try Data(secret.utf8).write(to: URL(fileURLWithPath: test.path(record, "extra.txt")))
            try FileManager.default.createSymbolicLink(
                atPath: test.path(record, "link.jpg"), withDestinationPath: test.path(record, "extra.txt"))
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(record.id)/\(name)")
            #expect(response.status.kind == .clientError || response.status.kind == .redirection)
            #expect(!response.text.contains(secret))
        }
    }

    @Test("a case's id leads nowhere else", arguments: ["..", "%2e%2e", "..%2f..", "nothing", "%00"])
    func strangeCase(id: String) async throws {
        try await TestConsole.with { test, client in
            try await test.addCase()
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(id)/clip.mp4")
            #expect(response.status.kind == .clientError)
        }
    }

    @Test("a file that was replaced by a link to another file is not followed")
    func replacedByLink() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let path = test.path(record, "at-start.jpg")
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/etc/passwd")
            let program = try await test.program("wang", client)
            let response = try await program.get("/evidence/\(record.id)/at-start.jpg")
            #expect(response.status.kind != .successful)
            #expect(!response.text.contains("root:"))
        }
    }

    @Test("what has not changed is answered by 304")
    func notModified() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let first = try await program.get("/evidence/\(record.id)/at-start.jpg")
            let tag = try #require(first.headers[.eTag])
            let second = try await program.get("/evidence/\(record.id)/at-start.jpg", headers: [.ifNoneMatch: tag])
            #expect(second.status == .notModified)
            #expect(second.body.readableBytes == 0)
        }
    }

    @Test(
        "each file that is looked at is in the access log, once for a clip that is read in ranges",
        arguments: [
            ["bytes=0-99", "bytes=100-199", "bytes=200-"], ["bytes=1-", "bytes=5-"],
        ])
    func logged(ranges: [String]) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            for header in ranges {
                _ = try await program.get("/evidence/\(record.id)/clip.mp4", headers: [.range: header])
            }
            let log = try await test.store.accessLog(before: nil, limit: 10).filter { $0.action == "file-viewed" }
            #expect(log.count == 1)
            #expect(log.first?.subject.contains("clip.mp4") == true)
            #expect(log.first?.userID == "u-wang")
        }
    }

    @Test("a package that is as it was sealed is found intact")
    func intact() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let answer = try await program.get("/api/v1/cases/\(record.id)/verification")
            #expect(answer.object["intact"] as? Bool == true)
        }
    }

    @Test("a case whose package is gone or changed still shows what is known, and says that the seal is broken")
    func brokenPackage() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let path = test.path(record, "manifest.json")
            let text = try String(contentsOfFile: path, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try text.replacingOccurrences(of: "\"z1\"", with: "\"z2\"").write(toFile: path, atomically: false, encoding: .utf8)
            let program = try await test.program("wang", client)
            #expect(try await program.get("/api/v1/cases/\(record.id)").status == .ok)
            for _ in 0..<2 {
                let answer = try await program.get("/api/v1/cases/\(record.id)/verification")
                #expect(answer.object["intact"] as? Bool == false)
                #expect((answer.object["problem"] as? String)?.contains("manifest.json") == true)
            }
            #expect(try await test.store.events(caseID: record.id).map(\.kind) == ["sealed", "found-broken"])
            try FileManager.default.removeItem(atPath: path)
            var browser = try await Browser(login: "wang", client)
            #expect(try await browser.get("/cases/\(record.id)").status == .ok)
            #expect(try await program.get("/evidence/\(record.id)/clip.mp4").status == .notFound)
        }
    }
}
