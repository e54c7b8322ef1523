import CaseStoreSQLite
import Casework
import Foundation
import Logging
import Synchronization
import Testing

import Pipeline

@Suite("Commands beside a running program")
struct ChannelRegistrySocketTests {
    @Test("a command reads and edits the channels of the process that has the store open, which is told; nobody else may")
    func editing() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("socket-\(UUID().uuidString.prefix(8))")
        let store = try SQLiteCaseStore.open(directory: folder)
        defer {
            try? store.close()
            try? FileManager.default.removeItem(at: folder)
        }
        #expect(ChannelRegistryClient(storeFolder: folder.path) == nil)
        let changed = Mutex<[String]>([])
        let server = try #require(
            ChannelRegistryServer(storeFolder: folder.path, store: store, logger: Logger(label: "test")) { id in
                changed.withLock { $0.append(id) }
            })
        let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/channels.sock")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let client = try #require(ChannelRegistryClient(storeFolder: folder.path))
        let channel = ChannelRecord(id: "c1", name: "茂亭路", url: "rtsp://u:p@h/1", createdAt: Date(timeIntervalSince1970: 9))
        try await client.addChannel(channel, by: "command line")
        try await client.setZones(channelID: "c1", document: #"{"zones": []}"#, author: "command line", at: Date())
        #expect(try await client.channels() == (try await store.channels()))
        #expect(try await client.channelVersions(id: "c1").map(\.author) == ["command line", "command line"])
        #expect(try await client.channelRevision() == 2)
        #expect(try await client.channels(atRevision: 1).map(\.zonesVersion) == [0])
        for _ in 0..<200 where changed.withLock({ $0.count }) < 2 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(changed.withLock { $0 } == ["c1", "c1"])
        await #expect(throws: CaseStoreError.self) { try await client.addChannel(channel) }
        try Self.garbage(folder.path + "/channels.sock")
        #expect(try await client.channel(id: "c1")?.name == "茂亭路")
        server.stop()
        #expect(ChannelRegistryClient(storeFolder: folder.path) == nil)
    }

    /// A question that is none, and a connection that asks nothing.
    private static func garbage(_ path: String) throws {
        for text in ["{\"drop\": \"all\"}", ""] {
            let (descriptor, address) = try #require(ChannelRegistrySocket.make(path))
            defer { close(descriptor) }
            #expect(ChannelRegistrySocket.call(connect, descriptor, address))
            #expect(ChannelRegistrySocket.write(Data(text.utf8), to: descriptor))
            #expect(ChannelRegistrySocket.read(descriptor)?.isEmpty == false)
        }
    }
}
