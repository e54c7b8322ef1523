import Casework
package import Foundation

/// The socket by which the process that has a store open lets commands edit its channels: `<store>/channels.sock`, for its
/// owner alone. One question and one answer a connection, each a JSON text, the question ended by closing that direction.
package enum ChannelRegistrySocket {
    /// The largest question or answer, bytes: a store of thousands of channels with their zones.
    static let messageLimit = 64 << 20
    /// The longest time that either side waits for the other, seconds.
    static let waitSeconds = 30

    enum Question: Codable {
        case channels
        case channelsAt(revision: Int)
        case channel(id: String)
        case revision
        case edit([ChannelEdit], author: String, at: Date, basedOn: Int?)
        case versions(id: String)
        case zones(channelID: String, version: Int?)
    }

    enum Answer: Codable {
        case channels([ChannelRecord])
        case revision(Int)
        case versions([ChannelVersionRecord])
        case zones(ZonesVersionRecord?)
        /// As `CaseStoreError` writes it, which holds no address.
        case refused(String)
    }

    static func path(storeFolder: String) -> String {
        URL(fileURLWithPath: storeFolder).standardizedFileURL.path + "/channels.sock"
    }

    /// A stream socket and its address; nil if the path is too long for one (107 bytes on Linux) or there are no handles left.
    package static func make(_ path: String) -> (descriptor: Int32, address: sockaddr_un)? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        // SAFETY: the bytes fit, as was just checked, and the zeros after them stay.
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        return (descriptor, address)
    }

    /// Calls `bind` or `connect` with the address; true if it succeeded.
    package static func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32, _ address: sockaddr_un
    ) -> Bool {
        withUnsafePointer(to: address) { pointer in
            // SAFETY: sockaddr_un is a form of sockaddr, with its own length given.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                function(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }

    static func setTimeouts(_ descriptor: Int32) {
        var wait = timeval(tv_sec: waitSeconds, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(descriptor, SOL_SOCKET, option, &wait, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    /// All that the other side sends until it closes its direction; nil if it falls silent, breaks off or sends too much.
    package static func read(_ descriptor: Int32) -> Data? {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count == 0 { return data }
            guard count > 0, data.count + count <= messageLimit else { return nil }
            data.append(contentsOf: buffer[..<count])
        }
    }

    /// Sends all of it and closes this direction; false if the other side does not take it.
    package static func write(_ data: Data, to descriptor: Int32) -> Bool {
        let bytes = [UInt8](data)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            sent += count
        }
        return shutdown(descriptor, Int32(SHUT_WR)) == 0
    }
}
