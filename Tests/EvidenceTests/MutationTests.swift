import Evidence
import Foundation
import Testing

/// A small store is damaged in hundreds of seeded ways, one at a time; each must be found and blamed on the right file.
@Suite struct MutationTests {
    /// What was done, how to undo it, and whether a report names it.
    struct Mutation {
        var text: String
        var undo: () throws -> Void
        var isNamed: (StoreReport) -> Bool
    }

    let store: TestStore
    let packages: [SealedPackage]

    init() throws {
        store = try TestStore()
        packages = try store.fill("a", "b", count: 3)
    }

    @Test("every one of 400 mutations is found and named, and undoing it makes the store intact again")
    func mutations() throws {
        var generator = SeededGenerator(state: 2026)
        for index in 0..<400 {
            let mutation = try mutate(using: &generator)
            let report = store.verify()
            #expect(!report.isIntact, "\(index): \(mutation.text) was not found")
            #expect(mutation.isNamed(report), "\(index): \(mutation.text) was reported as \(report.lines)")
            try mutation.undo()
            if index % 20 == 19 {
                let healed = store.verify()
                try #require(healed.isIntact, "\(index): \(mutation.text) was not undone: \(healed.lines)")
            }
        }
    }

    func mutate(using generator: inout SeededGenerator) throws -> Mutation {
        let package = packages[Int.random(in: 0..<packages.count, using: &generator)]
        let names = package.manifest.files.map(\.name) + ["manifest.json"]
        let name = names[Int.random(in: 0..<names.count, using: &generator)]
        let path = store.path(package, name)
        let place = package.relativePath
        switch Int.random(in: 0..<12, using: &generator) {
        case 0...3:
            let bytes = try contents(path)
            let offset = Int.random(in: 0..<bytes.count, using: &generator)
            let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            return try edit(path, "bit \(bit) of byte \(offset) of \(place)/\(name)", naming: name, of: place) {
                $0[offset] ^= bit
            }
        case 4:
            let count = Int.random(in: 0..<(try contents(path).count), using: &generator)
            return try edit(path, "\(place)/\(name) cut to \(count)", naming: name, of: place) {
                $0 = Array($0.prefix(count))
            }
        case 5:
            let extra = generator.bytes(Int.random(in: 1...20, using: &generator))
            return try edit(path, "\(extra.count) bytes after \(place)/\(name)", naming: name, of: place) {
                $0 += extra
            }
        case 6:
            let bytes = try contents(path)
            try FileManager.default.removeItem(atPath: path)
            return Mutation(text: "\(place)/\(name) removed") {
                try overwrite(path, bytes)
            } isNamed: {
                $0.names(name, of: place)
            }
        case 7:
            let extra = "extra-\(Int.random(in: 0..<1000, using: &generator)).jpg"
            try overwrite(store.path(package, extra), [1, 2, 3])
            return Mutation(text: "\(place)/\(extra) added") { [store] in
                try FileManager.default.removeItem(atPath: store.path(package, extra))
            } isNamed: {
                $0.names(extra, of: place)
            }
        case 8:
            let other = packages[(packages.firstIndex(of: package).map { $0 + 2 } ?? 0) % packages.count]
            let replacement = try contents(store.path(other, name))
            return try edit(path, "\(place)/\(name) replaced by another package's", naming: nil, of: place) {
                $0 = replacement
            }
        case 9:
            let aside = store.folder / "aside"
            try FileManager.default.moveItem(atPath: store.path(package), toPath: aside)
            let sequence = package.manifest.chain.sequence
            return Mutation(text: "\(place) removed") { [store] in
                try FileManager.default.moveItem(atPath: aside, toPath: store.path(package))
            } isNamed: { report in
                report.problems.contains { problem in
                    switch problem {
                    case .gap(package.manifest.channel.id, let missing, _, _, _): missing == sequence...sequence
                    case .newestMissing(package.manifest.channel.id, sequence - 1, sequence): true
                    default: false
                    }
                }
            }
        case 10:
            let moved = place.replacing("/2026/11/24/", with: "/2026/11/23/")
            let destination = "\(store.root)/evidence/\(moved)"
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: destination).deletingLastPathComponent().path,
                withIntermediateDirectories: true)
            try FileManager.default.moveItem(atPath: store.path(package), toPath: destination)
            return Mutation(text: "\(place) moved to another day") { [store] in
                try FileManager.default.moveItem(atPath: destination, toPath: store.path(package))
            } isNamed: { report in
                report.damaged.contains { $0.path == moved && $0.problems == [.misplaced(expected: place)] }
            }
        default:
            let channel = package.manifest.channel.id
            let head = "\(store.root)/evidence/\(channel)/chain.json"
            let offset = Int.random(in: 0..<(try contents(head).count), using: &generator)
            var mutation = try edit(head, "byte \(offset) of \(channel)/chain.json", naming: nil, of: place) {
                $0[offset] ^= 1
            }
            mutation.isNamed = { report in
                report.problems.contains { if case .headDamaged(channel, _) = $0 { true } else { false } }
            }
            return mutation
        }
    }

    /// - Parameter name: the file that must be named; any of the package will do for nil.
    func edit(
        _ path: String, _ text: String, naming name: String?, of place: String, _ change: (inout [UInt8]) -> Void
    ) throws -> Mutation {
        let sealed = try contents(path)
        var bytes = sealed
        change(&bytes)
        try overwrite(path, bytes)
        return Mutation(text: text) {
            try overwrite(path, sealed)
        } isNamed: { report in
            if let name { report.names(name, of: place) } else { report.damaged.contains { $0.path == place } }
        }
    }
}
