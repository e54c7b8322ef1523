import Casework
import Foundation
import FrameCore
import Pipeline

/// Stored footage as the user whose request is answered may see it; see `ScopedCaseStore`.
///
/// Searches run on after their request: `PastDesk` begins one for a channel that its user sees, and shows it to that user alone.
struct ScopedArchive: ArchiveReading {
    let base: any ArchiveReading

    func contents() async -> ArchiveContents {
        let scope = RequestAccess.current.scope
        var contents = await base.contents()
        guard scope.isConfined else { return contents }
        contents.timelines = contents.timelines.filter { scope.holds($0.key) }
        contents.untimedFiles = contents.untimedFiles.filter { scope.holds($0.key) }
        // Names and paths of other cameras' files.
        contents.strangers = [:]
        contents.problems = []
        return contents
    }

    func refresh() async { await base.refresh() }

    func search(
        _ question: PastQuestion, channelID: String, progress: @escaping @Sendable (PastProgress) -> Void
    ) async throws -> PastAnswer {
        try await base.search(question, channelID: channelID, progress: progress)
    }

    func still(channelID: String, at date: Date, bound: PixelSize?) async throws -> [UInt8]? {
        RequestAccess.current.scope.holds(channelID) ? try await base.still(channelID: channelID, at: date, bound: bound) : nil
    }

    func picture(_ moment: PastMoment, closeUp: PastCloseUp?, width: Int) async throws -> [UInt8] {
        try await base.picture(moment, closeUp: closeUp, width: width)
    }
}
