import Foundation
import FrameCore

/// A sequence with a mask for each frame, laid out as the change-detection data sets are (Goyette et al., “changedetection.net:
/// A new change detection benchmark dataset”, CVPR workshops 2012): `input/in%06d.jpg`, `groundtruth/gt%06d.png`,
/// `temporalROI.txt`.
public struct MaskSequence: Sendable, Hashable {
    /// What a mask's levels mean there.
    public enum Label {
        static let background: UInt8 = 0
        /// A hard shadow counts as background.
        static let shadow: UInt8 = 50
        static let foreground: UInt8 = 255
    }

    public var name: String
    public var folder: String
    /// Numbers of the frames that there are, from 1.
    public var frames: ClosedRange<Int>
    /// Of these, the ones that are scored; the others are there to learn from.
    public var scored: ClosedRange<Int>

    /// The sequences in `folder`: itself, or the folders in it, by name.
    /// - Throws: `SettingsError` where nothing is found, or a sequence lacks what it needs.
    public static func find(in folder: String) throws(SettingsError) -> [MaskSequence] {
        if isSequence(folder) { return [try MaskSequence(folder: folder)] }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var found: [MaskSequence] = []
        for entry in entries.sorted() where isSequence("\(folder)/\(entry)") {
            found.append(try MaskSequence(folder: "\(folder)/\(entry)"))
        }
        guard !found.isEmpty else {
            throw SettingsError(
                file: folder, line: nil, reason: "holds no sequence: a folder with “input” and “groundtruth”, or a folder of such folders")
        }
        return found
    }

    public func picturePath(_ number: Int) -> String { "\(folder)/input/\(Self.name("in", number, "jpg"))" }
    public func maskPath(_ number: Int) -> String { "\(folder)/groundtruth/\(Self.name("gt", number, "png"))" }

    /// `bin%06d.png`, the name under which the data sets' own tools look for results.
    static func resultName(_ number: Int) -> String { name("bin", number, "png") }

    private static func name(_ prefix: String, _ number: Int, _ suffix: String) -> String {
        String(format: "%@%06d.%@", prefix, number, suffix)
    }

    private static func isSequence(_ folder: String) -> Bool {
        ["input", "groundtruth"].allSatisfy { part in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(part)", isDirectory: &isFolder) && isFolder.boolValue
        }
    }

    private init(folder: String) throws(SettingsError) {
        let path = URL(fileURLWithPath: folder).standardizedFileURL.path
        name = (path as NSString).lastPathComponent
        self.folder = path
        let pictures = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/input")) ?? []
        let numbers = pictures.compactMap { Int($0.dropFirst(2).dropLast(4)) }.filter {
            pictures.count > 0 && $0 > 0
        }
        guard let first = numbers.min(), let last = numbers.max(), numbers.count == last - first + 1 else {
            throw SettingsError(file: "\(path)/input", line: nil, reason: "must hold in000001.jpg, in000002.jpg … without a gap")
        }
        frames = first...last
        let file = "\(path)/temporalROI.txt"
        let words = try StrictDocument.text(of: file).split(whereSeparator: \.isWhitespace).map { Int($0) }
        guard words.count == 2, let from = words[0], let to = words[1], from <= to, frames.contains(from), frames.contains(to) else {
            throw SettingsError(file: file, line: 1, reason: "must hold the first and the last scored frame, within \(first)…\(last)")
        }
        scored = from...to
    }
}
