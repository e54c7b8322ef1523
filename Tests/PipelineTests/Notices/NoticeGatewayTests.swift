import Casework
import Foundation
import Pipeline
import Testing

@Suite("Gateways of messages")
struct NoticeGatewayTests {
    private static let notice = NoticeText(template: "t", medium: "sms", recipient: "13812345678", text: "请整改")
    private static let secret = Data("a-secret-of-both-sides".utf8)

    private static func folder() -> String { FileManager.default.temporaryDirectory.path + "/outbox-\(UUID().uuidString)" }

    @Test("the outbox holds one whole file a message, readable by its owner alone, however often it is sent")
    func outbox() async throws {
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let gateway = FileOutboxGateway(folder: folder)
        let name = try await gateway.send(Self.notice, id: 42)
        #expect(name == "notice-42.json")
        let path = folder + "/notice-42.json"
        let first = try Data(contentsOf: URL(fileURLWithPath: path))
        let read = try #require(JSONSerialization.jsonObject(with: first) as? [String: Any])
        #expect(read["notice"] as? Int == 42)
        #expect(read["text"] as? String == "请整改")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        var other = Self.notice
        other.text = "another"
        _ = try await gateway.send(other, id: 42)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)

        // The other program took it: it must not come again.
        try FileManager.default.createDirectory(atPath: folder + "/taken", withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: path, toPath: folder + "/taken/notice-42.json")
        _ = try await gateway.send(Self.notice, id: 42)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("what a killed process left half-written is written anew")
    func killed() async throws {
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("{\"noti".utf8).write(to: URL(fileURLWithPath: folder + "/notice-7.json.part"))
        _ = try await FileOutboxGateway(folder: folder).send(Self.notice, id: 7)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notice-7.json"])
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/notice-7.json"))
        #expect((try? JSONSerialization.jsonObject(with: whole)) != nil)
    }

    @Test("a webhook is a signed POST with the message's id as its key")
    func webhook() async throws {
        let server = try LoopbackGateway()
        defer { server.stop() }
        let now = Date(timeIntervalSince1970: 1_764_000_000)
        let signature = NoticeSignature(secret: Self.secret)
        let gateway = WebhookGateway(url: server.url, signature: signature, timeoutSeconds: 5, now: { now })
        let reference = try await gateway.send(Self.notice, id: 42)
        #expect(reference == "g-17")
        let seen = try #require(server.seen.first)
        #expect(seen.headers["idempotency-key"] == "xunjie-notice-42")
        #expect(seen.headers["content-type"] == "application/json")
        let (stamp, code) = (seen.headers["x-xunjie-timestamp"] ?? "", seen.headers["x-xunjie-signature"] ?? "")
        #expect(stamp == "1764000000")
        #expect(signature.isValid(code, timestamp: stamp, id: 42, body: seen.body, now: now))
        #expect(String(decoding: seen.body, as: UTF8.self).contains("\"recipient\":\"13812345678\""))
        #expect(!String(decoding: seen.body, as: UTF8.self).contains("secret"))
    }

    @Test(
        "a gateway that is busy or broken is tried again, one that refuses is not; nobody is followed elsewhere",
        arguments: [(500, true), (503, true), (429, true), (400, false), (401, false), (302, false)])
    func statuses(status: Int, isPassing: Bool) async throws {
        let server = try LoopbackGateway([status])
        defer { server.stop() }
        let gateway = WebhookGateway(url: server.url, signature: NoticeSignature(secret: Self.secret), timeoutSeconds: 5)
        do {
            _ = try await gateway.send(Self.notice, id: 1)
            Issue.record("was taken")
        } catch {
            #expect(error.isPassing == isPassing)
            #expect(error.reason.contains("\(status)"))
            #expect(!error.reason.contains("138"))
        }
        #expect(server.seen.count == 1)
    }

    @Test("a gateway that is not there is a passing trouble, without its address in the words")
    func unreachable() async throws {
        let url = try #require(URL(string: "http://127.0.0.1:9/x?token=hidden"))
        do {
            _ = try await WebhookGateway(url: url, signature: NoticeSignature(secret: Self.secret), timeoutSeconds: 2).send(
                Self.notice, id: 1)
            Issue.record("was taken")
        } catch {
            #expect(error.isPassing)
            #expect(!error.reason.contains("hidden"))
        }
    }

    @Test("a signature holds for its time, its message and its body, for five minutes")
    func signature() {
        let signature = NoticeSignature(secret: Self.secret)
        let (body, now) = (Data("{}".utf8), Date(timeIntervalSince1970: 1_000))
        let code = signature.signature(timestamp: 1_000, id: 3, body: body)
        func holds(_ code: String, _ stamp: String, _ id: Int64, _ body: Data, _ at: Double) -> Bool {
            signature.isValid(code, timestamp: stamp, id: id, body: body, now: now + at)
        }
        #expect(holds(code, "1000", 3, body, 0))
        #expect(holds(code, "1000", 3, body, 299))
        #expect(!holds(code, "1000", 3, body, 301))
        #expect(!holds(code, "1001", 3, body, 0))
        #expect(!holds(code, "1000", 4, body, 0))
        #expect(!holds(code, "1000", 3, Data("{ }".utf8), 0))
        #expect(!holds("sha256=00", "1000", 3, body, 0))
        #expect(!holds("", "", 3, body, 0))
        #expect(
            !NoticeSignature(secret: Data("another-secret-altogether".utf8)).isValid(code, timestamp: "1000", id: 3, body: body, now: now))
    }

    @Test("the secret is made once, for its owner alone, and a file that holds none is named without what it holds")
    func secretFile() throws {
        let folder = Self.folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/notices.secret"
        let made = try NoticeSignature.loadOrCreate(at: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        let code = made.signature(timestamp: 1, id: 1, body: Data())
        let again = try NoticeSignature.loadOrCreate(at: path)
        #expect(again.signature(timestamp: 1, id: 1, body: Data()) == code)
        try Data("short".utf8).write(to: URL(fileURLWithPath: path))
        do {
            _ = try NoticeSignature.loadOrCreate(at: path)
            Issue.record("was taken")
        } catch {
            #expect("\(error)".contains(path))
            #expect(!"\(error)".contains("short"))
        }
    }
}
