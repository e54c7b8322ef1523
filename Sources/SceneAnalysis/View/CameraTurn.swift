internal import FrameCore

/// A camera that looks elsewhere than before: since when, and whether it has come to rest.
struct CameraTurn: Codable {
    /// Pictures in a row that must be alike before a direction counts as taken.
    private static let steadyPictures = 3
    /// Part of the cells that must keep their level, within so many levels.
    private static let steadyShare = 0.8
    private static let steadyLevels: UInt8 = 16

    private var previous: [UInt8] = []
    private var steady = 0
    private var steadySince: FrameTime?

    /// The camera shows the street again, or nothing at all.
    mutating func end() {
        guard steadySince != nil || !previous.isEmpty else { return }
        previous.removeAll(keepingCapacity: true)
        steady = 0
        steadySince = nil
    }

    /// - Returns: for how long the view has been at rest, seconds; nil while it moves.
    mutating func add(_ luma: [UInt8], at time: FrameTime) -> Double? {
        defer { previous = luma }
        guard previous.count == luma.count else { return nil }
        var alike = 0
        for i in 0..<luma.count where max(luma[i], previous[i]) - min(luma[i], previous[i]) <= Self.steadyLevels { alike += 1 }
        guard Double(alike) >= Self.steadyShare * Double(luma.count) else {
            steady = 0
            steadySince = nil
            return nil
        }
        steady += 1
        let since = steadySince ?? time
        steadySince = since
        return steady >= Self.steadyPictures ? (time - since).inSeconds : nil
    }
}
