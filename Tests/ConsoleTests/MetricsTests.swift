import Casework
import Console
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("/metrics")
struct MetricsTests {
    private static let token = "scrape-token-0123456789"

    @Test("a scrape from this machine needs nothing and reads strictly; each family has its help and type, once")
    func scrape() async throws {
        try await TestConsole.with(.live) { test, client in
            try await test.addCase()
            let answer = try await client.execute(uri: "/metrics", method: .get)
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let families = try PrometheusReader.read(answer.text)
            #expect(families["xunjie_channel_state"]?.value(["channel": "c1", "state": "patrolling"]) == 1)
            #expect(families["xunjie_channel_state"]?.value(["channel": "c2", "state": "patrolling"]) == 0)
            #expect(families["xunjie_channel_blind"]?.value(["channel": "c2"]) == 1)
            #expect(families["xunjie_channel_eyes_open_seconds_total"]?.value(["channel": "c1"]) == 720)
            #expect(families["xunjie_evidence_waiting"]?.value([:]) == 3)
            #expect(families["xunjie_cases"]?.value(["state": "candidate"]) == 1)
            #expect(families["process_resident_memory_bytes"]?.value([:]) ?? 0 > 1e6)
            for (name, family) in families {
                #expect((family.type == "counter") == name.hasSuffix("_total"), "\(name)")
                #expect(name.hasPrefix("xunjie_") || name.hasPrefix("process_"))
                let labels = Set(family.samples.flatMap { $0.labels.keys })
                #expect(labels.isSubset(of: ["channel", "state", "cause", "kind"]), "\(name)")
            }
            for secret in ["top-secret", "admin", "10.0.0.9", "茸惠路", "wang"] { #expect(!answer.text.contains(secret)) }
        }
    }

    @Test(
        "from elsewhere, or through a proxy, only the right bearer token opens it",
        arguments: [
            (nil, 401), ("Bearer wrong", 401), ("Bearer ", 401), ("Basic \(token)", 401), ("Bearer \(token)", 200),
            ("bearer \(token)", 200), ("Bearer \(token)x", 401),
        ] as [(String?, Int)])
    func bearer(header: String?, status: Int) async throws {
        try await TestConsole.with(.live, metricsToken: MetricsToken(Self.token)) { _, client in
            var headers: HTTPFields = [:]
            headers[.authorization] = header
            try headers[#require(HTTPField.Name("X-Forwarded-For"))] = "203.0.113.9"
            let answer = try await client.execute(uri: "/metrics", method: .get, headers: headers)
            #expect(answer.status.code == status)
            #expect(status == 200 || !answer.text.contains("xunjie_"))
        }
    }

    @Test("behind a TLS proxy, by which every request seems to come from this machine, the token is always needed")
    func behindProxy() async throws {
        try await TestConsole.with(.live, secureCookies: true, metricsToken: MetricsToken(Self.token)) { _, client in
            let answer = try await client.execute(uri: "/metrics", method: .get)
            #expect(answer.status == .unauthorized)
        }
    }

    @Test("the token is made once, for its owner's eyes only; a file that others can read is refused")
    func tokenFile() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString).token").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = try MetricsToken.loadOrCreate(at: path)
        let made = try String(contentsOfFile: path, encoding: .utf8)
        #expect(made.count == 44)
        #expect((try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        _ = try MetricsToken.loadOrCreate(at: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == made)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        #expect(throws: ConsoleError.self) { try MetricsToken.loadOrCreate(at: path) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try Data("short\n".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ConsoleError.self) { try MetricsToken.loadOrCreate(at: path) }
    }

    @Test(
        "the reader of these tests is strict itself",
        arguments: [
            "a 1\n", "# HELP a x\n# TYPE a gauge\na{b=\"c} 1\n", "# HELP a x\n# TYPE a gauge\na{b=\"c\"} one\n",
            "# HELP a x\n# TYPE a gauge\na 1", "# HELP a x\n# TYPE a gauge\na 1\na 1\n", "# HELP a x\n# TYPE a meter\na 1\n",
            "# HELP a x\n# TYPE a gauge\na 1\n# HELP a x\n# TYPE a gauge\na 2\n", "# HELP a x\n# TYPE a gauge\na{1b=\"c\"} 1\n",
        ])
    func strictness(text: String) {
        #expect(throws: PrometheusReader.Malformed.self) { try PrometheusReader.read(text) }
    }
}
