import Casework
import Foundation

extension ChannelList {
    /// One channel for each video file, its id and name out of the file's name.
    /// - Parameter loops: each plays again and again in real time.
    public static func files(_ paths: [String], loops: Bool) -> ChannelList {
        var taken: Set<String> = []
        let rows = paths.enumerated().map { index, path in
            let url = URL(fileURLWithPath: path).standardizedFileURL
            let name = url.deletingPathExtension().lastPathComponent
            let base = identifier(name) ?? "file-\(index + 1)"
            var id = base
            var number = 2
            while !taken.insert(id).inserted {
                id = "\(base.prefix(60))-\(number)"
                number += 1
            }
            return Row(
                line: index + 1,
                fields: [.id: id, .name: String(name.prefix(100)), .url: url.path, .loops: loops ? "true" : "false"])
        }
        return ChannelList(rows: rows, notes: [])
    }

    /// What of the name can be an id; nil if nothing can.
    private static func identifier(_ name: String) -> String? {
        let characters = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber || "._".contains($0)) ? $0 : "-" }
        let id = String(String(characters).drop { "-_.".contains($0) }.prefix(64))
        return ChannelRecord.isUsable(id: id) ? id : nil
    }
}
