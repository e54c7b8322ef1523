/// The points of appending between which a crash must leave nothing half there.
package enum AppendStep: String, Sendable, CaseIterable, Codable {
    case filesSynchronized, documentWritten, folderMade, moved, synchronized
}
