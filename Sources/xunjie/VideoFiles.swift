import Foundation

/// Finds the video files that are meant.
enum VideoFiles {
    private static let extensions: Set<String> = [
        "mp4", "m4v", "mov", "mkv", "ts", "mts", "ps", "mpg", "mpeg", "avi", "flv", "dav", "h264", "264", "h265", "265", "hevc",
    ]

    /// Files as given; in folders, at any depth, all with a video's extension, sorted by path.
    static func collect(_ inputs: [String]) -> (files: [String], problems: [String]) {
        var files: [String] = []
        var problems: [String] = []
        for input in inputs {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: input, isDirectory: &isFolder) else {
                problems.append("\(input): there is no such file or folder")
                continue
            }
            guard isFolder.boolValue else {
                files.append(input)
                continue
            }
            let walker = FileManager.default.enumerator(
                at: URL(fileURLWithPath: input), includingPropertiesForKeys: [.isRegularFileKey],
                errorHandler: { url, error in
                    problems.append("\(url.path): \(error.localizedDescription)")
                    return true
                })
            var found: [String] = []
            while let url = walker?.nextObject() as? URL {
                if extensions.contains(url.pathExtension.lowercased()) { found.append(url.path) }
            }
            files += found.sorted()
        }
        return (files, problems)
    }
}
