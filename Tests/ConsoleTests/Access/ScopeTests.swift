import Casework
import Console
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("What a camera group hides")
struct ScopeTests {
    @Test("the table names every route of the router, and no other")
    func complete() async throws {
        try await TestConsole.with(stock: StoredFootage()) { test, _ in
            let real = Set(try test.console.routes().map { "\($0.method) \($0.path)" })
            let named = RouteScope.table.map { "\($0.method) \($0.path)" }
            #expect(real.subtracting(named).sorted() == [], "not in RouteScope.table: who may see them is undecided")
            #expect(Set(named).subtracting(real).sorted() == [], "in RouteScope.table, but no route")
            #expect(Set(named).count == named.count)
        }
    }

    @Test("a role that the table does not let in is refused on every route, and one that it lets in is not")
    func permissions() async throws {
        try await TestConsole.with { test, client in
            let walk = RouteWalk(test: test)
            let things = try await walk.things("c1", 0)
            let real = Set(try test.console.routes().map { "\($0.method) \($0.path)" })
            for login in RouteWalk.logins {
                let role = try #require(try await test.store.user(login: login)).role
                let program = try await test.program(login, client)
                for route in RouteScope.table where route.permission != nil && real.contains("\(route.method) \(route.path)") {
                    guard !Self.endsSession.contains(route.path), !route.path.contains("/ledgers/{kind}") else { continue }
                    let path = RouteWalk.path(route, things) ?? RouteWalk.fill(route.path, "x")
                    let answer = try await RouteWalk.send(route, path, program)
                    var may = try role.may(#require(route.permission))
                    // A program takes the sealed file away.
                    if route.use == .original { may = role.may(.unmask) }
                    #expect((answer.status != .forbidden) == may, "\(login) \(route.method) \(path): \(answer.status)")
                }
            }
        }
    }

    /// The stream does not end; a log-out ends the walk.
    private static let endsSession: Set<String> = ["/logout", "/api/v1/logout", "/api/v1/stream"]

    @Test("outside the group nothing is there: status and words are those of an id that nobody gave", arguments: RouteWalk.logins)
    func outside(login: String) async throws {
        try await TestConsole.with { test, client in
            let walk = RouteWalk(test: test)
            let (inside, outside) = (try await walk.things("c1", 0), try await walk.things("c2", 1))
            let real = Set(try test.console.routes().map { "\($0.method) \($0.path)" })
            let role = try #require(try await test.store.user(login: login)).role
            try await walk.confineAll(to: "c1")
            let program = try await test.program(login, client)
            var walked = 0
            for route in RouteScope.table where real.contains("\(route.method) \(route.path)") {
                guard let hidden = RouteWalk.path(route, outside), let unknown = RouteWalk.path(route, .nowhere),
                    let seen = RouteWalk.path(route, inside)
                else { continue }
                // What is there is asked last: some routes remove it.
                let (first, second) = (try await RouteWalk.send(route, hidden, program), try await RouteWalk.send(route, unknown, program))
                #expect(first.status == second.status, "\(route.method) \(hidden)")
                let words = first.text.replacingOccurrences(of: hidden, with: "…")
                #expect(words == second.text.replacingOccurrences(of: unknown, with: "…"), "\(route.method) \(hidden)")
                var may = try role.may(#require(route.permission))
                if case .run = route.subject, may {
                    // Asked by the handler, after what else may be wrong with the request.
                    #expect(first.status.kind != .successful && first.status.kind != .redirection)
                } else {
                    #expect(first.status == (may ? .notFound : .forbidden), "\(route.method) \(hidden): \(first.status)")
                }
                if route.use == .original { may = role.may(.unmask) }
                walked += 1
                guard may, route.method == .get, !Self.needsMore.contains(route.path) else { continue }
                let there = try await RouteWalk.send(route, seen, program)
                #expect(there.status == .ok, "\(route.method) \(seen): \(there.status)")
            }
            #expect(walked > 40)
            #expect(try await test.store.caseRecord(id: outside.caseID)?.standing == CaseStanding())
        }
    }

    /// The fixed station has no still of a fault, and the test's still is no picture that can be masked; nothing was looked at again or
    /// deleted; a bundle's reason is in words.
    private static let needsMore: Set<String> = [
        "/looks/{case}/{file}", "/retention/certificates/{case}", "/api/v1/retention/certificates/{case}", "/api/v1/cases/{id}/bundle",
        "/faults/{id}/still.jpg", "/cases/{id}/export/{file}", "/api/v1/cases/{id}/export/{file}", "/api/v1/runs/{id}",
    ]

    @Test("what belongs to the whole district is not there for who is confined", arguments: RouteWalk.logins)
    func district(login: String) async throws {
        try await TestConsole.with { test, client in
            let walk = RouteWalk(test: test)
            let role = try #require(try await test.store.user(login: login)).role
            try await walk.confineAll(to: "c1")
            let program = try await test.program(login, client)
            for route in RouteScope.table where route.subject == .district {
                let answer = try await RouteWalk.send(route, RouteWalk.fill(route.path, "x"), program)
                let may = try role.may(#require(route.permission))
                #expect(answer.status == (may ? .notFound : .forbidden), "\(route.method) \(route.path): \(answer.status)")
            }
        }
    }

    @Test("lists, counts and pages hold the group's own and no word of the others", arguments: ["wang", "zhao", "he", "chen"])
    func lists(login: String) async throws {
        try await TestConsole.with { test, client in
            let walk = RouteWalk(test: test)
            let (inside, outside) = (try await walk.things("c1", 0), try await walk.things("c2", 1))
            try await walk.confineAll(to: "c1")
            let program = try await test.program(login, client)
            for path in [
                "/queue", "/channels", "/faults", "/runs", "/past", "/api/v1/cases?state=all", "/api/v1/channels", "/api/v1/faults",
                "/api/v1/health/days", "/api/v1/archive", "/api/v1/past", "/queue?channel=c2", "/api/v1/cases?state=all&channel=c2",
                "/cases/\(inside.caseID)", "/channels/c1", "/channels/c1/zones",
            ] {
                let answer = try await program.get(path)
                #expect(answer.status == .ok, "\(path)")
                for secret in [outside.caseID, outside.runID, outside.faultID, "茸惠路 c2", "/channels/c2"] {
                    #expect(!answer.text.contains(secret), "\(path) tells of \(secret)")
                }
            }
            let counts = try await program.get("/api/v1/counts")
            #expect((counts.object["byState"] as? [String: Int])?["candidate"] == 1)
            let still = try await program.get("/past/still.jpg?channel=c2&at=2026-11-24T08:00:00")
            #expect(still.status == .notFound)
        }
    }

    @Test("a group that was retired, or that nobody made, shows nothing at all")
    func retired() async throws {
        try await TestConsole.with { test, client in
            let walk = RouteWalk(test: test)
            let things = try await walk.things("c1", 0)
            try await walk.confineAll(to: "c1")
            let program = try await test.program("wang", client)
            #expect(try await program.get("/api/v1/cases/\(things.caseID)").status == .ok)
            _ = try await test.store.putLedger(
                .cameraGroup, id: "north", document: #"{"name":"北片","channelIDs":["c1"]}"#, isRetired: true, expecting: 1, author: "u-chen",
                at: Date())
            #expect(try await program.get("/api/v1/cases/\(things.caseID)").status == .notFound)
            #expect(try await program.get("/api/v1/channels").object["channels"] as? [String] == [])
        }
    }

    @Test("the stream tells a confined user of their own cameras alone", .timeLimit(.minutes(1)))
    func stream() async throws {
        try await TestConsole.with(.live) { test, client in
            let walk = RouteWalk(test: test)
            let (inside, outside) = (try await walk.things("c1", 0), try await walk.things("c2", 1))
            try await walk.confineAll(to: "c1")
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: program.token).read { until in
                _ = try await until { $0.contains("retry: 3000") }
                test.feed.publish(.caseChanged(id: outside.caseID))
                test.feed.publish(.channelChanged(id: "c2"))
                test.feed.publish(.faultChanged(id: outside.faultID))
                test.feed.publish(.caseAdded(id: "gone"))
                test.feed.publish(.channelChanged(id: "c1"))
                test.feed.publish(.caseChanged(id: inside.caseID))
                let text = try await until { $0.contains(inside.caseID) }
                #expect(text.contains("\"c1\""))
                for secret in [outside.caseID, "\"c2\"", outside.faultID, "gone"] { #expect(!text.contains(secret)) }
            }
        }
    }

    @Test("an auditor changes nothing: every route that is no GET refuses them, but for their own session and their reasons")
    func auditor() async throws {
        try await TestConsole.with { test, client in
            let walk = RouteWalk(test: test)
            let things = try await walk.things("c1", 0)
            let program = try await test.program("he", client)
            let own: Set<String> = [
                "/login", "/logout", "/password", "/reasons", "/api/v1/login", "/api/v1/logout", "/api/v1/me/password",
                // These go by a token, a code and a signature, whoever is logged in.
                "/api/v1/external-findings", "/q/object", "/api/v1/notices/{id}/status",
            ]
            for route in RouteScope.table where route.method != .get && !own.contains(route.path) {
                let path = RouteWalk.path(route, things) ?? RouteWalk.fill(route.path, "x")
                let answer = try await RouteWalk.send(route, path, program)
                // Routes of stored footage are not there where nobody said where it lies.
                #expect(answer.status == .forbidden || answer.status == .notFound, "\(route.method) \(path): \(answer.status)")
                if answer.status == .notFound { #expect(route.path.contains("/runs") || route.path.contains("/ledgers")) }
            }
            #expect(try await test.store.caseRecord(id: things.caseID)?.standing == CaseStanding())
            #expect(try await test.store.channels().map(\.id) == ["c1", "c2"])
        }
    }
}
