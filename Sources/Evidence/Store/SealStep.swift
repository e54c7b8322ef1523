/// The points of sealing between which a crash must leave nothing half there.
package enum SealStep: String, Sendable, CaseIterable, Codable {
    case filesSynchronized, manifestWritten, dayFolderMade, moved, foldersSynchronized, headWritten
}
