import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("Channels and their zones")
struct ChannelTests {
    static let start = TemporaryStore.start

    @Test("a channel is added once, read back, edited and listed by id")
    func channels() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var channel = ChannelRecord(
                id: "b.2", name: "b", url: "file:///x.mp4", transport: "udp", place: "p", enabled: false, loops: true,
                zonesVersion: 0, createdAt: Self.start)
            try await store.addChannel(channel)
            channel.version = 1
            #expect(try await store.channel(id: "b.2") == channel)
            #expect(try await store.channels().map(\.id) == ["b.2", "c1"])
            await #expect(throws: CaseStoreError.exists("channel “b.2”")) { try await store.addChannel(channel) }
            channel.name = "c"
            channel.enabled = true
            channel.zonesVersion = 7
            channel.createdAt = Self.start + 5
            try await store.updateChannel(channel)
            channel.zonesVersion = 0
            channel.version = 2
            channel.createdAt = Self.start
            #expect(try await store.channel(id: "b.2") == channel)
        }
    }

    @Test("an id that could leave its folder, or a transport that is none, is refused")
    func unusable() async throws {
        try await TemporaryStore.with { temporary in
            for id in ["", "..", "a/b", "大"] {
                await #expect(throws: CaseStoreError.self) {
                    try await temporary.store.addChannel(TemporaryStore.channel(id))
                }
            }
            var channel = TemporaryStore.channel("c2")
            channel.transport = "quic"
            let error = await #expect(throws: CaseStoreError.self) { try await temporary.store.addChannel(channel) }
            #expect(error?.description.contains("secret") == false)
            let channels = try await temporary.store.channels()
            #expect(channels.count == 1)
        }
    }

    @Test("a removed channel is gone from the lists while its cases and zones stay, and its id can come back")
    func removal() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.setZones(channelID: "c1", document: "{}", author: "wang", at: Self.start)
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try await store.removeChannel(id: "c1", by: "wang", at: Self.start + 1)
            #expect(try await store.channels().isEmpty)
            #expect(try await store.channel(id: "c1") == nil)
            #expect(try await store.caseRecord(id: "k1")?.incident.channelID == "c1")
            #expect(try await store.zones(channelID: "c1", version: 1)?.document == "{}")
            await #expect(throws: CaseStoreError.notFound("channel “c1”")) {
                try await store.removeChannel(id: "c1", by: "wang", at: Self.start)
            }
            await #expect(throws: CaseStoreError.notFound("channel “c1”")) {
                try await store.updateChannel(TemporaryStore.channel("c1"))
            }
            await #expect(throws: CaseStoreError.notFound("channel “c1”")) {
                try await store.setZones(channelID: "c1", document: "{}", author: "wang", at: Self.start)
            }
            try await store.addChannel(TemporaryStore.channel("c1"))
            #expect(try await store.channel(id: "c1")?.zonesVersion == 0)
            #expect(try await store.zones(channelID: "c1", version: nil) == nil)
            #expect(
                try await store.setZones(channelID: "c1", document: "{}", author: "li", at: Self.start).version == 2)
        }
    }

    @Test("zones get versions without gaps, also when saved at once, and the latest is in force")
    func zones() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            #expect(try await store.zones(channelID: "c1", version: nil) == nil)
            let versions = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 1...8 {
                    group.addTask {
                        try await store.setZones(
                            channelID: "c1", document: #"{"zones": [\#(index)]}"#, author: "wang", at: Self.start
                        ).version
                    }
                }
                return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            }
            #expect(versions == Set(1...8))
            #expect(try await store.channel(id: "c1")?.zonesVersion == 8)
            #expect(try await store.zones(channelID: "c1", version: nil)?.version == 8)
            #expect(try await store.zones(channelID: "c1", version: 3)?.version == 3)
            #expect(try await store.zones(channelID: "c1", version: 9) == nil)
            for document in ["", "zones: []", "[]", "{"] {
                await #expect(throws: CaseStoreError.self) {
                    try await store.setZones(channelID: "c1", document: document, author: "wang", at: Self.start)
                }
            }
        }
    }
}

@Suite("Users, sessions and the access log")
struct UserTests {
    static let start = TemporaryStore.start

    @Test("users are found by id and by login in any case, and logins are taken once")
    func users() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            #expect(try await store.user(login: "WANG") == TemporaryStore.user("wang"))
            #expect(try await store.user(id: "wang") == TemporaryStore.user("wang"))
            #expect(try await store.user(login: "zhao") == nil)
            var twin = TemporaryStore.user("other")
            twin.login = "Wang"
            await #expect(throws: CaseStoreError.exists("user “Wang”")) { try await store.addUser(twin) }
            var li = TemporaryStore.user("li")
            li.login = "wanG"
            await #expect(throws: CaseStoreError.exists("user “wanG”")) { try await store.updateUser(li) }
            li.login = "Li"
            li.role = .administrator
            try await store.updateUser(li)
            #expect(try await store.users().map(\.login) == ["Li", "wang"])
            await #expect(throws: CaseStoreError.notFound("user “other”")) { try await store.updateUser(twin) }
        }
    }

    @Test("a session is there until it expires or is removed")
    func sessions() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let times = Times(Self.start)
        let store = try SQLiteCaseStore.open(directory: folder, now: { times.now })
        try await TemporaryStore.populate(store)
        let session = SessionRecord(
            tokenSHA256: String(repeating: "1", count: 64), userID: "wang", createdAt: Self.start,
            expiresAt: Self.start + 10)
        try await store.addSession(session)
        times.now = Self.start + 9.999
        #expect(try await store.session(tokenSHA256: session.tokenSHA256) == session)
        times.now = Self.start + 10
        #expect(try await store.session(tokenSHA256: session.tokenSHA256) == nil)
        var next = session
        next.tokenSHA256 = String(repeating: "2", count: 64)
        next.expiresAt = Self.start + 30
        try await store.addSession(next)
        let kept = try await store.pool.read { db in try String.fetchAll(db, sql: "SELECT token_sha256 FROM sessions") }
        #expect(kept == [next.tokenSHA256])
        try await store.removeSession(tokenSHA256: next.tokenSHA256)
        try await store.removeSession(tokenSHA256: next.tokenSHA256)
        #expect(try await store.session(tokenSHA256: next.tokenSHA256) == nil)
        next.userID = "nobody"
        await #expect(throws: CaseStoreError.notFound("user “nobody”")) { try await store.addSession(next) }
        try store.close()
    }

    @Test("disabling a user or changing the password ends the user's sessions, another name does not")
    func loggedOut() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let session = SessionRecord(
                tokenSHA256: String(repeating: "1", count: 64), userID: "wang", createdAt: Self.start,
                expiresAt: Self.start + 10)
            var user = TemporaryStore.user("wang")
            try await store.addSession(session)
            user.displayName = "王"
            try await store.updateUser(user)
            #expect(try await store.session(tokenSHA256: session.tokenSHA256) != nil)
            user.passwordHash = "scrypt$y"
            try await store.updateUser(user)
            #expect(try await store.session(tokenSHA256: session.tokenSHA256) == nil)
            try await store.addSession(session)
            user.enabled = false
            try await store.updateUser(user)
            #expect(try await store.session(tokenSHA256: session.tokenSHA256) == nil)
        }
    }

    @Test("the access log is read newest first in pages that miss nothing, also within one millisecond")
    func accessLog() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            #expect(try await store.accessLog(before: nil, limit: 10).isEmpty)
            for index in 0..<20 {
                try await store.appendAccess(
                    AccessRecord(
                        at: Self.start + Double(index / 5), userID: "u\(index)", action: "case-viewed", subject: "k1",
                        address: "10.0.0.1"))
            }
            var seen: [String] = []
            var before: Date?
            while true {
                let page = try await store.accessLog(before: before, limit: 3)
                guard let last = page.last else { break }
                seen += page.map(\.userID)
                before = last.at
            }
            #expect(seen == (0..<20).reversed().map { "u\($0)" })
            #expect(try await store.accessLog(before: nil, limit: 0).isEmpty)
            #expect(try await store.accessLog(before: nil, limit: 100).count == 20)
        }
    }
}

/// A clock that stands until it is set.
final class Times: Sendable {
    private let value: Mutex<Date>

    init(_ start: Date) {
        value = Mutex(start)
    }

    var now: Date {
        get { value.withLock { $0 } }
        set { value.withLock { $0 = newValue } }
    }
}
