import Casework
import Foundation
import Pipeline

/// `/runs`: re-analyses, newest first.
struct RunsPage: Sendable {
    /// nil where runs are not available.
    var runs: [RunSummary]?
    /// Display names by user id.
    var userNames: [String: String]
    /// Why something was not done.
    var failure: String?
    /// nil while nobody said where the exports lie.
    var isConfigured: Bool
}

/// `/runs/new`: what to read and under which zones.
struct RunFormPage: Sendable {
    struct Channel: Sendable {
        var id: String
        var name: String
        /// In force; 0 while nothing is drawn.
        var zonesVersion: Int
        var footage: ArchiveTimeline?
    }

    var contents: ArchiveContents
    var channels: [Channel]
    var name: String
    var from: Date?
    var to: Date?
    var everyFrame: Bool
    var isAll: Bool
    /// By channel: what was chosen for it.
    var chosen: [String: RunDesk.Choice.Zones]
    /// Footage seconds a second of earlier runs; by every frame or not.
    var usualRate: Double?
    var failure: String?
}
