import ArgumentParser
import CaseStoreSQLite
import Casework
import Foundation
import Pipeline

/// Which store a command works on: opened here, or through the process that has it open.
struct RegistryOption: ParsableArguments {
    static let author = "command line"

    @Option(help: "Folder of the store.")
    var store = ".var/store"

    /// - Throws: `CaseStoreError.locked` if a process has the store open that cannot be reached.
    func use<Value>(_ body: (any ChannelRegistry) async throws -> Value) async throws -> Value {
        do {
            let own = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: store))
            defer { try? own.close() }
            return try await body(own)
        } catch let error as CaseStoreError {
            guard case .locked = error, let client = ChannelRegistryClient(storeFolder: store) else { throw error }
            return try await body(client)
        }
    }
}

extension ChannelRegistry {
    /// The channel, or an error that names it.
    func existing(_ id: String) async throws -> ChannelRecord {
        guard let channel = try await channel(id: id) else { throw CaseStoreError.notFound("channel “\(id)”") }
        return channel
    }
}
