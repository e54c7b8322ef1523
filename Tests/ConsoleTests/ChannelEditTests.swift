import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Editing channels")
struct ChannelEditTests {
    @Test("the edit form shows no password, and keeps it where the address is left as it is")
    func passwordKept() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "zhao", client)
            let page = try await browser.get("/channels/c1/edit")
            #expect(page.status == .ok)
            #expect(page.text.contains("rtsp://10.0.0.9/c1"))
            for secret in ["top-secret", "hidden-token", "admin:"] { #expect(!page.text.contains(secret)) }
            var fields = [
                "url": "rtsp://10.0.0.9/c1", "subURL": "rtsp://admin:sub-secret@10.0.0.9/c1s", "transport": "udp", "name": "改名",
                "nationalID": "31011700001310000001", "place": "新址", "longitude": "121.2255", "latitude": "31.0322", "grid": "0203",
                "owner": "街道", "importance": "1", "base": "1",
            ]
            #expect(try await browser.post("/channels/c1/edit", fields).status == .seeOther)
            let stored = try #require(try await test.store.channel(id: "c1"))
            #expect(stored.url == "rtsp://admin:top-secret@10.0.0.9/c1?token=hidden-token")
            #expect(stored.subURL == "rtsp://admin:sub-secret@10.0.0.9/c1s")
            #expect(stored.name == "改名" && stored.importance == 1 && stored.longitude == 121.2255 && stored.version == 2)
            #expect(stored.enabled)
            let stale = try await browser.post("/channels/c1/edit", fields)
            #expect(stale.status == .conflict)
            #expect(!stale.text.contains("sub-secret"))
            fields["base"] = "2"
            fields["subURL"] = ""
            #expect(try await browser.post("/channels/c1/edit", fields).status == .seeOther)
            #expect(try await test.store.channel(id: "c1")?.subURL == "")
            #expect(try await test.store.channel(id: "c1")?.url.contains("top-secret") == true)
        }
    }

    @Test(
        "a field that is wrong is named beside it, and nothing is changed",
        arguments: [
            ("nationalID", "123"), ("nationalID", "31011700002150000001"), ("name", ""), ("longitude", "east"), ("longitude", "121.2"),
            ("latitude", "131"), ("importance", "5"), ("url", "ftp://h/1"), ("subURL", "/etc/passwd"), ("transport", "pigeon"),
        ])
    func wrongField(name: String, value: String) async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "zhao", client)
            var fields = ["url": "rtsp://10.0.0.9/c1", "name": "n"]
            fields[name] = value
            let answer = try await browser.post("/channels/c1/edit", fields)
            #expect(answer.status.kind == .clientError)
            #expect(answer.text.contains("field-bad") || name == "importance" || name == "transport")
            #expect(try await test.store.channel(id: "c1")?.version == 1)
        }
    }

    @Test("the stored address is tried where the field shows only what may be shown")
    func storedAddressTried() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            var channel = try #require(try await test.store.channel(id: "c1"))
            channel.url = "rtsp://u:top-secret@10.0.0.9/silent"
            try await test.store.updateChannel(channel)
            let answer = try await program.send(
                .post, "/api/v1/channels/probe", ["url": "rtsp://10.0.0.9/silent", "channel": "c1", "field": "url"])
            #expect(answer.status == .unprocessableContent)
            #expect(!answer.text.contains("top-secret"))
            #expect(try await program.get("/api/v1/channels/c1/versions").text.contains("top-secret") == false)
        }
    }

    @Test("the history tells who changed what without addresses, and an earlier version is restored as a new one")
    func history() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            _ = try await program.send(.patch, "/api/v1/channels/c1", ["name": "二", "url": "rtsp://u:new-secret@10.0.0.8/1", "base": 1])
            #expect(try await program.send(.patch, "/api/v1/channels/c1", ["name": "三", "base": 1]).status == .conflict)
            _ = try await program.send(.put, "/api/v1/channels/c1/zones", ["document": "{\"zones\":[]}"])
            let history = try await program.get("/api/v1/channels/c1/versions")
            let versions = try #require(history.object["versions"] as? [[String: Any]])
            #expect(versions.compactMap { $0["author"] as? String } == ["u-zhao", "u-zhao", "machine"])
            #expect(versions[1]["changed"] as? [String] == ["name", "url"])
            #expect(!history.text.contains("secret"))
            let restored = try await program.send(.post, "/api/v1/channels/c1/restore", ["version": 1])
            #expect(restored.object["version"] as? Int == 4)
            #expect(try await test.store.channel(id: "c1")?.url.contains("top-secret") == true)
            var browser = try await Browser(login: "zhao", client)
            let page = try await browser.get("/channels/c1/edit?lang=en")
            #expect(page.text.contains("Version 4") && page.text.contains("用户 zhao"))
            #expect(try await browser.post("/channels/c1/restore", ["version": "2"]).status == .seeOther)
            #expect(try await test.store.channel(id: "c1")?.name == "二")
            #expect(try await browser.post("/channels/c1/restore", ["version": "77"]).status == .notFound)
        }
    }

    @Test("a channels file that is not in force is told to operators on the channels page, and to nobody else")
    func fileProblem() async throws {
        try await TestConsole.with(channelsFileProblem: "/srv/channels.yaml:7: unknown key “nam”") { _, client in
            var browser = try await Browser(login: "zhao", client)
            #expect(try await browser.get("/channels").text.contains("channels.yaml:7"))
            var officer = try await Browser(login: "wang", client)
            #expect(try await officer.get("/channels").text.contains("channels.yaml") == false)
        }
    }

    @Test("an officer can neither edit nor import channels")
    func officer() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "wang", client)
            for uri in ["/channels/c1/edit", "/channels/import", "/channels/import/template.csv"] {
                #expect(try await browser.get(uri).status == .forbidden)
            }
            let program = try await test.program("wang", client)
            #expect(try await program.send(.post, "/api/v1/channels/imports", ["content": ""]).status == .forbidden)
        }
    }
}
