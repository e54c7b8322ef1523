import Casework
package import Foundation
import GRDB

/// Puts a great many cases into a store: the same rows and log lines as the program itself would have written, so that
/// `problems()` finds none, but many to a transaction and with the indexes made at the end. For benchmarks only.
package struct StoreFiller {
    package var cases: Int
    package var channels: Int
    package var days: Int
    package var shops: Int
    /// The moment of the last case.
    package var until: Date
    package var seed: UInt64

    /// How often each type is seen, of a street's ten.
    package static let violations: [(id: String, weight: Double)] = [
        ("storefront-encroachment", 30), ("roadside-vending", 20), ("piled-goods", 15), ("parked-bikes", 10), ("motor-vehicle-parking", 10),
        ("exposed-rubbish", 5), ("clothes-hanging", 5), ("blocked-fire-lane", 3), ("road-works", 1), ("blocked-tactile-path", 1),
    ]
    package static let officers = (1...12).map { "officer-\($0)" }
    package static let seconds = (1...3).map { "second-\($0)" }

    package init(cases: Int, channels: Int, days: Int, shops: Int = 3_000, until: Date, seed: UInt64 = 1) {
        self.cases = cases
        self.channels = channels
        self.days = days
        self.shops = shops
        self.until = until
        self.seed = seed
    }

    package static func channelID(_ index: Int) -> String { "street-" + (index < 9 ? "0" : "") + String(index + 1) }
    package static func shopID(_ index: Int) -> String { "shop-\(index + 1)" }

    /// - Parameter progress: called now and then with the number of cases that are in.
    package func fill(_ store: SQLiteCaseStore, progress: @Sendable (Int) -> Void = { _ in }) async throws {
        try await people(store)
        let filler = self
        try await store.pool.writeWithoutTransaction { db in
            let made = try Row.fetchAll(
                db,
                sql: """
                    SELECT type, name, sql FROM sqlite_master
                    WHERE tbl_name = 'cases' AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type
                    """
            ).map { (type: $0["type"] as String, name: $0["name"] as String, sql: $0["sql"] as String) }
            try db.execute(sql: "PRAGMA synchronous = OFF")
            for thing in made { try db.execute(sql: "DROP \(thing.type) \(thing.name)") }
            try filler.rows(db, progress)
            for thing in made { try db.execute(sql: thing.sql) }
            try db.inTransaction {
                try CaseTotals.rebuild(db)
                return .commit
            }
            try db.execute(sql: "PRAGMA synchronous = FULL")
            _ = try db.checkpoint(.truncate)
        }
    }

    private func people(_ store: SQLiteCaseStore) async throws {
        let start = until - Double(days) * 86_400
        for index in 0..<channels {
            try await store.addChannel(
                ChannelRecord(
                    id: Self.channelID(index), name: "茸惠路\(index + 1)号口", url: "rtsp://127.0.0.1/\(index + 1)",
                    place: "中山街道第\(index % 12 + 1)网格", createdAt: start))
        }
        for id in Self.officers + Self.seconds {
            try await store.addUser(
                UserRecord(
                    id: id, login: id, displayName: id, role: id.hasPrefix("second") ? .secondOfficer : .officer, passwordHash: "-",
                    createdAt: start,
                    certificate: LocalDay("2020-01-01").flatMap { from in
                        LocalDay("2099-12-31").map { OfficerCertificate(number: id, validFrom: from, validUntil: $0) }
                    }))
        }
        let shops = shops
        try await store.write { db in
            for index in 0..<shops {
                try SQLiteCaseStore.putLedger(
                    .shop, id: Self.shopID(index), document: JSONText.object(["name": "第\(index + 1)号果品店"]), isRetired: false,
                    expecting: 0, author: "machine", at: start, db)
            }
        }
    }

    // MARK: Rows

    private func rows(_ db: Database, _ progress: (Int) -> Void) throws {
        var generator = SplitMix(state: seed)
        let scripts = try CaseScript.all()
        let ways = WeightedChoice(scripts.map(\.weight))
        let types = WeightedChoice(Self.violations.map(\.weight))
        var log = LogWriter(
            sequence: try Int64.fetchOne(db, sql: "SELECT MAX(sequence) FROM case_events") ?? 0,
            previous: try String.fetchOne(db, sql: "SELECT hash FROM case_events ORDER BY sequence DESC LIMIT 1") ?? HashChain.origin)
        let step = Double(days) * 86_400_000 / Double(max(1, cases))
        let start = try StoreTime.milliseconds(until) - Int64(days) * 86_400_000
        var done = 0
        while done < cases {
            let end = min(cases, done + 20_000)
            try db.inTransaction {
                for index in done..<end {
                    let script = scripts[ways.place(&generator)]
                    let values = values(
                        sealed: start + Int64(Double(index) * step), violation: Self.violations[types.place(&generator)].id, &generator)
                    try put(script, values, &log, db)
                }
                return .commit
            }
            done = end
            progress(done)
        }
    }

    /// The values of one case's slots.
    private func values(sealed: Int64, violation: String, _ generator: inout SplitMix) -> [String] {
        let minute: Int64 = 60_000
        let channel = Self.channelID(Int.random(in: 0..<channels, using: &generator))
        let id = generator.caseID(milliseconds: sealed)
        // Half are reviewed within a quarter of an hour; one in eight waits for hours.
        let wait =
            Int.random(in: 0..<8, using: &generator) == 0
            ? Int64.random(in: 60...900, using: &generator) : Int64.random(in: 1...29, using: &generator)
        let act1 = sealed + wait * minute + Int64.random(in: 0..<minute, using: &generator)
        let act2 = act1 + 20_000
        let due = act2 + 30 * minute
        var values = Array(repeating: "", count: CaseScript.Slot.allCases.count)
        func set(_ slot: CaseScript.Slot, _ value: some CustomStringConvertible) { values[slot.rawValue] = value.description }
        set(.caseID, id)
        set(.incidentID, "i-" + id)
        set(.channel, channel)
        set(.violation, violation)
        set(.package, "\(channel)/2026/11/30/\(id)")
        set(.manifest, generator.hex(64))
        set(.first, Self.officers[Int.random(in: 0..<Self.officers.count, using: &generator)])
        set(.second, Self.seconds[Int.random(in: 0..<Self.seconds.count, using: &generator)])
        set(.shop, Self.shopID(Int.random(in: 0..<shops, using: &generator)))
        set(.opened, sealed - 10 * minute)
        set(.sealed, sealed)
        set(.act1, act1)
        set(.act2, act2)
        set(.due, due)
        set(.act3, due + minute)
        set(.act4, due + 9 * minute)
        return values
    }

    private func put(_ script: CaseScript, _ values: [String], _ log: inout LogWriter, _ db: Database) throws {
        func value(_ slot: CaseScript.Slot) -> String { values[slot.rawValue] }
        func time(_ slot: CaseScript.Slot) -> Int64? { Int64(value(slot)) }
        try db.cachedStatement(
            sql: """
                INSERT INTO incidents (id, channel_id, violation, zone_id, zones_version, rule_version, phase, opened_at, confirmed_at,
                    box_x, box_y, box_width, box_height, score)
                VALUES (?, ?, ?, 'front-1', 1, '2026.11', 'confirmed', ?, ?, 640, 400, 220, 160, 0.75)
                """
        ).execute(arguments: [value(.incidentID), value(.channel), value(.violation), time(.opened), time(.sealed)])
        try db.cachedStatement(
            sql: """
                INSERT INTO cases (id, incident_id, channel_id, violation, state, created_at, package_path, manifest_sha256, standing,
                    due_at, settled_at, shop_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            value(.caseID), value(.incidentID), value(.channel), value(.violation), script.state.rawValue, time(.sealed),
            value(.package), value(.manifest), script.standing.filled(values), script.hasDue ? time(.due) : nil,
            script.settled.flatMap { time($0) }, script.hasShop ? value(.shop) : nil,
        ])
        for line in script.lines {
            try log.append(
                caseID: value(.caseID), at: time(line.at) ?? 0, actor: line.actor.map(value) ?? "machine", kind: line.kind,
                detail: line.detail.filled(values), db)
        }
    }
}

/// Writes lines of the cases' log one after the other without asking the table for the one before.
private struct LogWriter {
    var sequence: Int64
    var previous: String

    mutating func append(caseID: String, at: Int64, actor: String, kind: String, detail: String, _ db: Database) throws {
        sequence += 1
        previous = HashChain.hash(previous: previous, sequence: sequence, fields: [caseID, String(at), actor, kind, detail])
        try db.cachedStatement(
            sql: "INSERT INTO case_events (sequence, case_id, at, actor, kind, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [sequence, caseID, at, actor, kind, detail, previous])
    }
}
