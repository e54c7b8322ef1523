import Foundation
import Glibc

/// A child process that serves on loopback until it goes out of scope.
final class Server {
    struct Silent: Error, CustomStringConvertible {
        let script: String
        let said: String
        var description: String { "the test server (\(script)) did not start: \(said)" }
    }

    let port: Int
    private let child: Child

    /// Starts a Python program that prints its port as the first number of the first line.
    private init(name: String, arguments: [String], folder: String) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let messages = "\(folder)/server-messages"
        let child = try Child(try Tool.python().path, ["-u"] + arguments, outputDescriptor: ends[1], messages: messages)
        close(ends[1])
        defer { close(ends[0]) }
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while read(ends[0], &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
        let numbers = String(decoding: line, as: UTF8.self).split { !$0.isNumber }.compactMap { Int($0) }.filter { $0 > 1023 }
        guard let port = numbers.first else {
            child.signal(SIGKILL)
            child.wait()
            throw Silent(script: name, said: (try? String(contentsOfFile: messages, encoding: .utf8)) ?? "no message")
        }
        self.child = child
        self.port = port
    }

    deinit {
        // Python's servers have nothing to put in order; SIGKILL also ends one that is frozen.
        child.signal(SIGKILL)
        child.wait()
    }

    /// Stops the process where it is: connections stay open and nothing more is sent.
    func freeze() { child.signal(SIGSTOP) }
    func thaw() { child.signal(SIGCONT) }

    /// Python's own HTTP server on a folder.
    static func http(_ folder: Folder) throws -> Server {
        try Server(
            name: "http.server", arguments: ["-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", folder.path],
            folder: folder.path)
    }

    /// GStreamer's RTSP server with one clip, in real time, at /cam; with a user it asks for digest authentication.
    static func rtsp(_ folder: Folder, clip: String, codec: String, user: String? = nil, password: String = "") throws -> Server {
        let script = try folder.write("rtsp.py", rtspScript)
        return try Server(
            name: "rtsp, needs python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good gstreamer1.0-plugins-bad",
            arguments: [script, clip, codec] + (user.map { [$0, password] } ?? []), folder: folder.path)
    }

    private static let rtspScript = """
        import sys, gi
        gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0"); gi.require_version("GstRtsp", "1.0")
        from gi.repository import Gst, GstRtsp, GstRtspServer, GLib
        Gst.init(None)
        clip, codec = sys.argv[1:3]
        server = GstRtspServer.RTSPServer.new()
        server.set_address("127.0.0.1"); server.set_service("0")
        factory = GstRtspServer.RTSPMediaFactory.new()
        short = {"h264": "h264", "hevc": "h265"}[codec]
        factory.set_launch(f"( filesrc location={clip} ! qtdemux ! {short}parse config-interval=-1 ! rtp{short}pay name=pay0 pt=96 config-interval=-1 )")
        factory.set_shared(True)
        if len(sys.argv) > 3:
            auth = GstRtspServer.RTSPAuth.new()
            auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
            token = GstRtspServer.RTSPToken.new(); token.set_string("media.factory.role", "viewer")
            auth.add_digest(sys.argv[3], sys.argv[4], token)
            server.set_auth(auth)
            factory.add_role_from_structure(Gst.Structure.from_string(
                "viewer, media.factory.access=(boolean)true, media.factory.construct=(boolean)true")[0])
        server.get_mount_points().add_factory("/cam", factory)
        server.attach(None)
        print("port", server.get_bound_port(), flush=True)
        GLib.timeout_add_seconds(120, sys.exit)
        GLib.MainLoop().run()
        """
}

/// A TCP port that accepts connections and never says a word.
final class SilentListener {
    let port: Int
    private let descriptor: Int32

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            // SAFETY: sockaddr_in is the loopback form of sockaddr, with its own length given.
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                min(bind(descriptor, generic, length), listen(descriptor, 8), getsockname(descriptor, generic, &length))
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit {
        close(descriptor)
    }
}
