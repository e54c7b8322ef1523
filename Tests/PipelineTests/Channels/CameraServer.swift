import Foundation

/// GStreamer's RTSP server on loopback as a camera: `/main` and `/sub` for the user `viewer` with the password `right`.
final class CameraServer {
    struct Silent: Error {}

    let port: Int
    private let process = Process()

    /// - Parameters:
    ///   - main: an H.264 clip in MP4, played anew for each viewer.
    init(main: String, sub: String) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-u", "-c", Self.script, main, sub]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            process.terminate()
            throw Silent()
        }
        self.port = port
    }

    func address(_ path: String, user: String = "viewer:right") -> String { "rtsp://\(user)@127.0.0.1:\(port)/\(path)" }

    deinit {
        kill(process.processIdentifier, SIGKILL)
    }

    private static let script = """
        import sys, gi
        gi.require_version("Gst", "1.0"); gi.require_version("GstRtspServer", "1.0"); gi.require_version("GstRtsp", "1.0")
        from gi.repository import Gst, GstRtsp, GstRtspServer, GLib
        Gst.init(None)
        server = GstRtspServer.RTSPServer.new()
        server.set_address("127.0.0.1"); server.set_service("0")
        auth = GstRtspServer.RTSPAuth.new()
        auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
        token = GstRtspServer.RTSPToken.new(); token.set_string("media.factory.role", "viewer")
        auth.add_digest("viewer", "right", token)
        server.set_auth(auth)
        for name, clip in zip(("main", "sub"), sys.argv[1:3]):
            factory = GstRtspServer.RTSPMediaFactory.new()
            factory.set_launch(f"( filesrc location={clip} ! qtdemux ! h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 config-interval=-1 )")
            factory.add_role_from_structure(Gst.Structure.from_string(
                "viewer, media.factory.access=(boolean)true, media.factory.construct=(boolean)true")[0])
            server.get_mount_points().add_factory("/" + name, factory)
        server.attach(None)
        print(server.get_bound_port(), flush=True)
        GLib.timeout_add_seconds(120, sys.exit)
        GLib.MainLoop().run()
        """
}
