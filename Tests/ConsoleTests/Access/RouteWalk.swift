import Casework
import Console
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting

/// Every route of the table, with ids put in, asked by a program.
struct RouteWalk: Sendable {
    /// Things that hang on one channel.
    struct Things: Sendable {
        var caseID: String
        var channelID: String
        var faultID: String
        var runID: String

        /// None of them is there.
        static let nowhere = Things(
            caseID: "019aa000-0000-7000-8000-000000000000", channelID: "c9", faultID: RouteWalk.faultID("c9"),
            runID: "019aa000-0000-7000-8000-000000000001")
    }

    let test: TestConsole

    /// One case, one fault and one run of a channel.
    func things(_ channel: String, _ index: Int) async throws -> Things {
        let record = try await test.addCase(index, channel: channel)
        try await test.store.saveFaults([
            FaultRecord(
                id: Self.faultID(channel), channelID: channel, kind: .stalled, reason: "silent",
                startedAt: Date(timeIntervalSince1970: 1_795_464_000))
        ])
        let run = try RunBench(test: test).add(index, channel: channel, findings: [RunBench.finding("f0", channel: channel)])
        return Things(caseID: record.id, channelID: channel, faultID: Self.faultID(channel), runID: run.id)
    }

    /// As long as the ids that the station gives.
    static func faultID(_ channel: String) -> String { "019aa000-0000-7000-8000-0000000000\(channel)" }

    /// nil for a route that hangs on nothing by its path.
    static func path(_ route: RouteScope, _ things: Things) -> String? {
        let id: String
        switch route.subject {
        case .caseFile: id = things.caseID
        case .channel: id = things.channelID
        case .fault: id = things.faultID
        case .run: id = things.runID
        case .none, .list, .district, .past: return nil
        }
        return fill(route.path, id)
    }

    /// The first parameter is the thing; a file or a finding is one that there is.
    static func fill(_ path: String, _ id: String) -> String {
        let names = [
            "{kind}": "shop", "{file}": "at-start.jpg", "{finding}": "f0", "{row}": "1", "{still}": "main.jpg", "{entry}": "1",
            "{picture}": "from.jpg",
        ]
        return path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            names[String(part)] ?? (part.hasPrefix("{") ? id : String(part))
        }.joined(separator: "/")
    }

    static func send(_ route: RouteScope, _ path: String, _ program: APIClient) async throws -> TestResponse {
        route.method == .get ? try await program.get(path) : try await program.send(route.method, path)
    }

    /// Confines every user to the group of this channel.
    func confineAll(to channel: String) async throws {
        _ = try await test.store.putLedger(
            .cameraGroup, id: "north", document: #"{"name":"北片","channelIDs":["\#(channel)"]}"#, isRetired: false, expecting: 0,
            author: "u-chen", at: Date())
        for var user in try await test.store.users() {
            user.cameraGroups = ["north"]
            try await test.store.updateUser(user)
        }
    }

    static let logins = ["wang", "qian", "zhou", "sun", "xu", "zhao", "he", "chen"]
}
