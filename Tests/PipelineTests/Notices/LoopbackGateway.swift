import Foundation
import Synchronization

/// A real HTTP server on loopback that stands for a gateway: answers with the statuses it was given, and keeps what it got.
final class LoopbackGateway: Sendable {
    struct Seen: Sendable {
        var headers: [String: String]
        var body: Data
    }

    let port: UInt16
    private let descriptor: Int32
    private let answers: Mutex<[Int]>
    private let requests = Mutex<[Seen]>([])

    /// - Parameter statuses: one for each request; 200 when they are used up.
    init(_ statuses: [Int] = []) throws {
        answers = Mutex(statuses)
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(UInt32(0x7f00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16? in
                guard bind(descriptor, address, length) == 0, listen(descriptor, 8) == 0, getsockname(descriptor, address, &length) == 0
                else { return nil }
                return pointer.pointee.sin_port
            }
        }
        guard let port else { throw POSIXError(.EADDRINUSE) }
        self.port = UInt16(bigEndian: port)
        self.descriptor = descriptor
        Thread.detachNewThread { [self] in serve() }
    }

    var seen: [Seen] { requests.withLock { $0 } }
    var url: URL { URL(string: "http://127.0.0.1:\(port)/send") ?? URL(fileURLWithPath: "/") }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve() {
        while true {
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { return }
            answer(connection)
            close(connection)
        }
    }

    private func answer(_ connection: Int32) {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: 4096)
        var head: Range<Data.Index>?
        var wanted = Int.max
        while data.count < wanted {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            data += buffer.prefix(count)
            if head == nil, let end = data.range(of: Data("\r\n\r\n".utf8)) {
                head = end
                wanted = end.upperBound + (Int(Self.headers(data[..<end.lowerBound])["content-length"] ?? "") ?? 0)
            }
        }
        guard let head else { return }
        requests.withLock {
            $0.append(Seen(headers: Self.headers(data[..<head.lowerBound]), body: Data(data[head.upperBound...])))
        }
        let status = answers.withLock { $0.isEmpty ? 200 : $0.removeFirst() }
        let body = status == 200 ? #"{"reference":"g-17"}"# : ""
        let more = status == 302 ? "Location: http://127.0.0.1:\(port)/elsewhere\r\n" : ""
        let text = "HTTP/1.1 \(status) x\r\n\(more)Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
        _ = text.withCString { send(connection, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    }

    private static func headers(_ head: Data) -> [String: String] {
        String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n").dropFirst().reduce(into: [:]) { all, line in
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { all[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
    }
}
