import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Glibc
import Logging
import Pipeline
import Testing

/// A real receiver on loopback, killed and started again.
@Suite("Webhooks tell of the cases' log")
struct WebhookTests {
    private final class Receiver {
        struct Silent: Error {}

        let port: Int
        private let process = Process()

        init(port: Int = 0, file: String, status: Int = 204) throws {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
            let script = ShippedSettingsTests.root.appendingPathComponent("Tests/Support/webhook_server.py").path
            process.arguments = ["-u", script, String(port), file, String(status)]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            let line = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else { throw Silent() }
            self.port = port
        }

        func stop() {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        deinit { kill(process.processIdentifier, SIGKILL) }
    }

    private struct Request: Decodable {
        var event: String
        var signature: String
        var body: String
    }

    private static let secret = "a-secret-of-some-length-0123"

    private static func courier(
        _ cases: SealedCases, port: Int, kinds: [String] = [], personal: Bool? = nil
    ) throws -> LogCourier {
        let path = cases.folder + "/hook.secret"
        try Data(secret.utf8).write(to: URL(fileURLWithPath: path))
        chmod(path, 0o600)
        let hook = ExchangeSettings.Webhook(
            name: "city", url: "http://127.0.0.1:\(port)/hook?token=hidden", secretFile: "hook.secret", kinds: kinds,
            includesPersonal: personal)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let receiver = try WebhookReceiver(hook, folder: cases.folder, timeout: 5, store: cases.store, now: { cases.now })
        return LogCourier(
            receiver: receiver, store: cases.store, backoff: RetryBackoff(first: 5, longest: 60), now: { cases.now }, logger: logger)
    }

    private static func requests(_ file: String) throws -> [Request] {
        let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
        return try text.split(separator: "\n").map { try JSONDecoder().decode(Request.self, from: Data($0.utf8)) }
    }

    @Test("each line is told once and in order, sealed, over kills and restarts on both sides, and nothing personal goes along")
    func delivery() async throws {
        let cases = try await SealedCases()
        let file = cases.folder + "/requests"
        var receiver: Receiver? = try Receiver(file: file)
        let port = try #require(receiver?.port)
        let old = try await cases.add(0)
        let first = try Self.courier(cases, port: port)
        // What was there before is not told.
        #expect(try await first.step() == .idle)
        let record = try await cases.add(1)
        try await cases.handOver(record.id)
        #expect(try await first.step() == .went(5))
        receiver?.stop()
        receiver = nil
        try await cases.act(old.id, SealedCases.review(.falseAlarm))
        #expect(try await first.step() == .waits(until: cases.now + 5))
        cases.now += 4
        #expect(try await first.step() == .waits(until: SealedCases.start + 5))
        cases.now += 1
        #expect(try await first.step() == .waits(until: cases.now + 10))
        let failing = try #require(try await cases.store.deliveryCursor("city"))
        #expect(failing.failingSince == SealedCases.start && failing.failures == 2 && failing.lastError.contains("cannot be reached"))
        #expect(!failing.lastError.contains("hidden"))
        // This program dies, too.
        let second = try Self.courier(cases, port: port)
        receiver = try Receiver(port: port, file: file)
        cases.now += 10
        #expect(try await second.step() == .went(1))
        #expect(try await second.step() == .idle)
        #expect(try await cases.store.deliveryCursor("city")?.failingSince == nil)
        let requests = try Self.requests(file)
        #expect(requests.compactMap { Int($0.event) } == [2, 3, 4, 5, 6, 7])
        for request in requests {
            let parts = request.signature.split(separator: ",").map(String.init)
            let seconds = try #require(parts.first?.dropFirst(2))
            #expect(parts.last == "v1=" + MessageSeal(secret: Self.secret).hex(of: Array("\(seconds).\(request.body)".utf8)))
            for personal in ["13800001111", "请改正", "秘密说明"] { #expect(!request.body.contains(personal)) }
        }
        #expect(requests[2].body.contains("\"kind\":\"remind\"") && requests[4].body.contains("\"state\":\"handed-over\""))
        receiver?.stop()
    }

    @Test("an answer that is no success holds the line back; a redirect is none", arguments: [500, 404, 302])
    func refused(_ status: Int) async throws {
        let cases = try await SealedCases()
        let file = cases.folder + "/requests"
        let receiver = try Receiver(file: file, status: status)
        let courier = try Self.courier(cases, port: receiver.port)
        _ = try await courier.step()
        _ = try await cases.add()
        #expect(try await courier.step() == .waits(until: cases.now + 5))
        #expect(try await cases.store.deliveryCursor("city")?.lastError == "answered with status \(status)")
        #expect(try Self.requests(file).count == 1)
        receiver.stop()
    }

    @Test("only the kinds asked for are told; the whole detail only where it was asked for")
    func kinds() async throws {
        let cases = try await SealedCases()
        let file = cases.folder + "/requests"
        let receiver = try Receiver(file: file)
        let courier = try Self.courier(cases, port: receiver.port, kinds: ["remind"], personal: true)
        _ = try await courier.step()
        let record = try await cases.add()
        try await cases.handOver(record.id)
        #expect(try await courier.step() == .went(5))
        #expect(try await cases.store.deliveryCursor("city")?.sequence == 5)
        let requests = try Self.requests(file)
        #expect(requests.count == 1 && requests[0].body.contains("13800001111"))
        receiver.stop()
    }

    @Test("a secret that others can read, or none, is refused at start")
    func secret() async throws {
        let cases = try await SealedCases()
        let path = cases.folder + "/hook.secret"
        for (text, mode) in [(Self.secret, 0o644), ("short", 0o600), ("two words of some length", 0o600)] as [(String, mode_t)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            chmod(path, mode)
            #expect(throws: EvidenceError.self) {
                try WebhookReceiver(
                    ExchangeSettings.Webhook(name: "city", url: "http://127.0.0.1:1/", secretFile: "hook.secret"), folder: cases.folder,
                    timeout: 1, store: cases.store, now: { cases.now })
            }
        }
    }
}
