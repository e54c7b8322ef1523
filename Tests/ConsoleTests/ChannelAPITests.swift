import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Channels over the API")
struct ChannelAPITests {
    @Test("no answer and no page holds a camera's user, password or token")
    func credentials() async throws {
        try await TestConsole.with { test, client in
            try await test.addCase()
            let program = try await test.program("chen", client)
            var browser = try await Browser(login: "chen", client)
            var texts: [String] = []
            for uri in ["/api/v1/channels", "/api/v1/channels/c1", "/api/v1/channels/c1/zones"] {
                texts.append(try await program.get(uri).text)
            }
            for uri in ["/channels", "/channels/add", "/channels/c1/zones", "/queue"] {
                texts.append(try await browser.get(uri).text)
            }
            #expect(texts[0].contains("10.0.0.9"))
            for text in texts {
                #expect(!text.contains("top-secret"))
                #expect(!text.contains("hidden-token"))
                #expect(!text.contains("admin:"))
            }
        }
    }

    @Test("a channel is tried, added, renamed, zoned, paused and removed")
    func life() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let probe = try await program.send(
                .post, "/api/v1/channels/probe", ["url": "rtsp://u:p@10.0.0.8/1", "transport": "tcp"])
            #expect(probe.status == .ok)
            #expect(probe.object["codec"] as? String == "h264")
            #expect((probe.object["stillDataURL"] as? String)?.hasPrefix("data:image/jpeg;base64,") == true)
            let added = try await program.send(
                .post, "/api/v1/channels",
                ["id": "c3", "name": "新通道", "url": "rtsp://u:p@10.0.0.8/1", "transport": "udp", "place": "路口"])
            #expect(added.status.kind == .successful)
            #expect(!added.text.contains("u:p@"))
            #expect(try await test.store.channel(id: "c3")?.url == "rtsp://u:p@10.0.0.8/1")
            let renamed = try await program.send(.patch, "/api/v1/channels/c3", ["name": "改名", "enabled": false])
            #expect(renamed.status == .ok)
            let stored = try #require(try await test.store.channel(id: "c3"))
            #expect(stored.name == "改名" && !stored.enabled && stored.url == "rtsp://u:p@10.0.0.8/1")
            let zones = try await program.send(.put, "/api/v1/channels/c3/zones", ["document": "{\"zones\":[]}"])
            #expect(zones.status == .ok)
            #expect(zones.object["version"] as? Int == 1)
            #expect(try await test.store.zones(channelID: "c3", version: nil)?.author == "u-zhao")
            #expect(try await program.send(.delete, "/api/v1/channels/c3").status.kind == .successful)
            #expect(try await program.get("/api/v1/channels/c3").status == .notFound)
        }
    }

    @Test(
        "a channel with a taken or unusable id, no name or an address that is none is refused",
        arguments: [
            ["id": "c1", "name": "n", "url": "rtsp://10.0.0.8/1"], ["id": "../x", "name": "n", "url": "rtsp://10.0.0.8/1"],
            ["id": "C9", "name": "n", "url": "rtsp://10.0.0.8/1"], ["id": "add", "name": "n", "url": "rtsp://10.0.0.8/1"],
            ["id": "c9", "name": " ", "url": "rtsp://10.0.0.8/1"],
            ["id": "c9", "name": "n", "url": "javascript:alert(1)"], ["id": "c9", "name": "n", "url": ""],
            ["id": "c9", "name": "n", "url": "file:///etc/passwd"], ["id": "c9", "name": "n", "url": "/etc/passwd"],
            ["id": "c9", "name": "n", "url": "concat:/etc/passwd"],
            ["id": "c9", "name": "n", "url": "rtsp://10.0.0.8/1", "transport": "carrier-pigeon"],
            ["id": "c9", "name": "n", "url": "rtsp://10.0.0.8/1", "colour": "red"],
        ])
    func refused(fields: [String: String]) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let answer = try await program.send(.post, "/api/v1/channels", fields)
            #expect(answer.status.kind == .clientError)
            #expect(answer.errorCode != nil)
            #expect(try await test.store.channels().map(\.id) == ["c1", "c2"])
        }
    }

    @Test(
        "a file of this machine is never opened for a try",
        arguments: ["file:///etc/passwd", "/etc/passwd", "concat:/etc/passwd", "subfile,,:/etc/passwd"])
    func localFile(url: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let answer = try await program.send(.post, "/api/v1/channels/probe", ["url": url, "transport": "tcp"])
            #expect(answer.status.kind == .clientError)
        }
    }

    @Test("a camera that does not answer is an error with the reason, and without the address's password")
    func silent() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let answer = try await program.send(
                .post, "/api/v1/channels/probe", ["url": "rtsp://u:top-secret@10.0.0.8/silent", "transport": "tcp"])
            #expect(answer.status.kind == .clientError || answer.status.kind == .serverError)
            #expect(answer.text.contains("15 s"))
            #expect(!answer.text.contains("top-secret"))
        }
    }

    @Test("zones that the patrol refuses are not kept, and its reason is told")
    func zonesRefused() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let uri = "/api/v1/channels/c1/zones"
            let refused = try await program.send(
                .put, uri, ["document": #"{"zones":[{"id":"z1","kind":"pond","polygon":[[0,0],[1,0],[0,1]]}]}"#])
            #expect(refused.status.kind == .clientError)
            #expect(refused.text.contains("“pond” is no kind of zone"))
            #expect(refused.text.contains("zones[0]"))
            for document in ["", "[]", "{\"zone\":[]}", "{\"zones\":{}}"] {
                let answer = try await program.send(.put, uri, ["document": document])
                #expect(answer.status.kind == .clientError)
            }
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 0)
        }
    }

    @Test("the newest picture comes as JPEG, and 404 before the first")
    func still() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let response = try await program.get("/channels/c1/still.jpg")
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "image/jpeg")
            #expect(Array(buffer: response.body) == FixedPatrol.still)
            #expect(try await program.get("/channels/c2/still.jpg").status == .notFound)
        }
    }
}
