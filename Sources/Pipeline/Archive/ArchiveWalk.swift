import Casework
import FFmpegIO
import Foundation
import Glibc

/// Finds the files that are meant: files as given, and in folders, at any depth, all that are video by name or by content.
struct ArchiveWalk {
    /// A file that is to be looked into.
    struct Candidate {
        var path: String
        /// By its first bytes alone: whoever cannot read it after all has met something else.
        var isGuess = false
        /// The sealed package that it is the clip of.
        var package: PackageClip?
    }

    private let rules: ArchiveRules
    private let stop: StopFlag
    private let video: Set<String>
    private let notVideo: Set<String>
    private let skipped: Set<String>
    private(set) var candidates: [Candidate] = []
    private(set) var problems: [RunProblem] = []
    /// Device and number of what was met, so that a link or a second naming does not give it twice.
    private var met: Set<[UInt64]> = []

    init(rules: ArchiveRules, stop: StopFlag) {
        self.rules = rules
        self.stop = stop
        video = Set(rules.video)
        notVideo = Set(rules.notVideo)
        skipped = Set(rules.skippedFolders)
    }

    /// - Throws: `ArchiveScanError.stopped`.
    mutating func take(_ input: String) throws(ArchiveScanError) {
        let path = Self.normal(input)
        var status = stat()
        guard stat(path, &status) == 0 else { return lose(path, Self.reason(errno)) }
        guard !status.isFolder else { return try folder(path, status) }
        guard isNew(status) else { return }
        guard status.isRegular else { return lose(path, "is a device, pipe or socket; a file is needed") }
        if let reason = Self.objection(toName: path) { return lose(path, reason) }
        candidates.append(Candidate(path: path))
    }

    private mutating func folder(_ path: String, _ status: stat) throws(ArchiveScanError) {
        guard !stop.isStopped else { throw .stopped }
        guard isNew(status) else { return }
        guard let listing = opendir(path) else { return lose(path, "the folder cannot be read: \(Self.reason(errno))") }
        var names: [String] = []
        errno = 0
        while let entry = readdir(listing) {
            // SAFETY: d_name is a NUL-terminated text inside the entry, valid until the next call.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            // Hidden files are a desktop's own (.DS_Store, ._clip.mp4), or still being written by a recorder.
            if !name.hasPrefix(".") { names.append(name) }
        }
        if errno != 0 { lose(path, "the folder cannot be read to its end: \(Self.reason(errno))") }
        closedir(listing)
        if names.contains(PackageClip.manifestName), try package(path) { return }
        for name in names.sorted() { try entry(name, in: path) }
    }

    private mutating func entry(_ name: String, in folder: String) throws(ArchiveScanError) {
        let path = folder == "/" ? "/" + name : folder + "/" + name
        var status = stat()
        let fileExtension = (name as NSString).pathExtension.lowercased()
        guard stat(path, &status) == 0 else {
            // A link into nothing matters only where it stands for footage.
            if video.contains(fileExtension) { lose(path, Self.reason(errno)) }
            return
        }
        if status.isFolder {
            if !skipped.contains(name) { try self.folder(path, status) }
            return
        }
        guard status.isRegular, !notVideo.contains(fileExtension) else { return }
        let isNamed = video.contains(fileExtension)
        if !isNamed {
            guard Double(status.st_size) >= rules.sniffKilobytes * 1024, let verdict = ContainerSniff.video(path) else { return }
            guard isNew(status) else { return }
            if let reason = Self.objection(toName: path) { return lose(path, reason) }
            candidates.append(Candidate(path: path, isGuess: !verdict.isCertain))
            return
        }
        guard isNew(status) else { return }
        if let reason = Self.objection(toName: path) { return lose(path, reason) }
        candidates.append(Candidate(path: path))
    }

    /// A folder with a manifest of ours holds one clip and its stills; false for another program's manifest.
    private mutating func package(_ folder: String) throws(ArchiveScanError) -> Bool {
        do throws(PackageClip.Flaw) {
            guard let clip = try PackageClip(folder: folder) else { return true }
            var status = stat()
            guard stat(clip.path, &status) == 0 else {
                lose(clip.path, "its package names it, and it is not there; see “xunjie verify”")
                return true
            }
            if isNew(status) { candidates.append(Candidate(path: clip.path, package: clip)) }
            return true
        } catch {
            switch error {
            case .notOurs: return false
            case .unreadable(let reason):
                problems.append(
                    RunProblem(
                        path: folder + "/" + PackageClip.manifestName, reason: "the manifest cannot be read: \(reason)", isLost: false))
                return false
            }
        }
    }

    private mutating func isNew(_ status: stat) -> Bool {
        met.insert([UInt64(status.st_dev), UInt64(status.st_ino)]).inserted
    }

    private mutating func lose(_ path: String, _ reason: String) {
        problems.append(RunProblem(path: path, reason: reason, isLost: true))
    }

    /// Without doubled and trailing slashes; relative paths stay relative, as the run's record names them.
    private static func normal(_ input: String) -> String {
        let isRooted = input.hasPrefix("/")
        let parts = input.split(separator: "/").filter { $0 != "." }
        if parts.isEmpty { return isRooted ? "/" : "." }
        return (isRooted ? "/" : "") + parts.joined(separator: "/")
    }

    private static func objection(toName path: String) -> String? {
        if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            return "its name holds a line break or another control character: rename it"
        }
        return path.last?.isWhitespace == true ? "its name ends with a blank: rename it" : nil
    }

    private static func reason(_ number: Int32) -> String {
        AVError(AVError.Code(errno: number), .open, "").reason
    }
}

extension stat {
    fileprivate var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
    fileprivate var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
}
