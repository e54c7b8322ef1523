import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Importing lists of channels")
struct ChannelImportTests {
    private static let list = """
        编号,名称,主码流,子码流
        c1,茸惠路 c1,,
        n1,新一,rtsp://u:top-secret@10.0.0.20/1,rtsp://u:top-secret@10.0.0.20/2
        n2,新二,rtsp://u:top-secret@10.0.0.21/silent,
        N3,坏编号,rtsp://u:top-secret@10.0.0.22/1,
        """

    private static func content(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    /// Waits for the end of the trial.
    private static func finished(_ id: String, _ program: APIClient) async throws -> TestResponse {
        while true {
            let answer = try await program.get("/api/v1/channels/imports/\(id)")
            if answer.object["isRunning"] as? Bool != true { return answer }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test("a list is tried row by row and changes nothing until it is applied, then only its good rows, at once")
    func life() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let begun = try await program.send(
                .post, "/api/v1/channels/imports", ["name": "list.csv", "content": Self.content(Self.list)])
            #expect(begun.status == .created)
            let id = try #require(begun.object["id"] as? String)
            let answer = try await Self.finished(id, program)
            let rows = try #require(answer.object["rows"] as? [[String: Any]])
            #expect(rows.compactMap { $0["change"] as? String } == ["same", "new", "new", "new"])
            #expect(rows.map { ($0["problems"] as? [Any])?.count } == [0, 0, 1, 1])
            #expect(!answer.text.contains("top-secret"))
            #expect(try await test.store.channels().count == 2)
            let page = try await program.get("/channels/import/\(id)?lang=en")
            #expect(page.text.contains("Import the good rows (1)") && !page.text.contains("top-secret"))
            let still = try await program.get("/channels/import/\(id)/1/main.jpg")
            #expect(still.headers[.contentType] == "image/jpeg" && Array(buffer: still.body) == FixedPatrol.still)
            #expect(try await program.get("/channels/import/\(id)/2/main.jpg").status == .notFound)
            #expect(try await program.get("/channels/import/\(id)/99/main.jpg").status == .notFound)

            let other = try await test.program("chen", client)
            #expect(try await other.get("/api/v1/channels/imports/\(id)").status == .notFound)
            #expect(try await program.send(.post, "/api/v1/channels/imports/\(id)/apply", [:]).status == .unprocessableContent)
            #expect(try await test.store.channels().count == 2)
            let applied = try await program.send(.post, "/api/v1/channels/imports/\(id)/apply", ["onlyGood": true])
            #expect(applied.object["applied"] as? Int == 1)
            let stored = try #require(try await test.store.channel(id: "n1"))
            #expect(stored.subURL == "rtsp://u:top-secret@10.0.0.20/2" && stored.name == "新一")
            #expect(try await test.store.channelVersions(id: "n1").map(\.author) == ["u-zhao"])
            #expect(
                try await program.send(.post, "/api/v1/channels/imports/\(id)/apply", ["onlyGood": true]).status == .conflict)
            #expect(try await program.send(.delete, "/api/v1/channels/imports/\(id)").status == .noContent)
            #expect(try await program.get("/api/v1/channels/imports/\(id)").status == .notFound)
        }
    }

    @Test("a list that was compared before somebody else changed the channels is not applied")
    func overtaken() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let begun = try await program.send(
                .post, "/api/v1/channels/imports",
                ["content": Self.content("id,url\nn1,rtsp://10.0.0.20/1\n"), "skipsTrial": true])
            let id = try #require(begun.object["id"] as? String)
            try await test.store.removeChannel(id: "c2", by: "u-chen", at: Date())
            #expect(try await program.send(.post, "/api/v1/channels/imports/\(id)/apply", [:]).status == .conflict)
            #expect(try await test.store.channels().map(\.id) == ["c1"])
        }
    }

    @Test("files of this machine cannot come in by a list, and what is no list is refused with its line")
    func refused() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let file = try await program.send(
                .post, "/api/v1/channels/imports", ["content": Self.content("id,url\nn1,/etc/passwd\n")])
            let rows = try #require(file.object["rows"] as? [[String: Any]])
            #expect((rows.first?["problems"] as? [Any])?.count == 1)
            for (text, line) in [("id,url\na,\"x\n", "第 2 行"), ("", "没有任何通道"), ("name\nx\n", "第 1 行")] {
                let answer = try await program.send(.post, "/api/v1/channels/imports", ["content": Self.content(text)])
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains(line))
            }
            #expect(
                try await program.send(
                    .post, "/api/v1/channels/imports",
                    ["content": Self.content("id,url\na,b\n"), "template": "rtsp://u:top-secret@g/"]
                ).text.contains("top-secret") == false)
        }
    }

    @Test("a pasted list works without scripts, and the empty list can be downloaded")
    func pasted() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "zhao", client)
            let template = try await browser.get("/channels/import/template.csv")
            #expect(template.text.contains("国标编号"))
            let answer = try await browser.post(
                "/channels/import", ["text": "id\tname\nn1\t甲", "template": "rtsp://g/{id}", "skipsTrial": "1"])
            #expect(answer.status == .seeOther)
            let location = try #require(answer.headers[.location])
            #expect(try await browser.get(location).text.contains("data-apply"))
            #expect(try await browser.post(location + "/apply", [:]).status == .seeOther)
            #expect(try await test.store.channel(id: "n1")?.url == "rtsp://g/n1")
        }
    }
}
