public import FrameCore

/// What moves, for those who ask about a part of the view.
extension SceneAnalyzer {
    /// Size of the planes that the analysis works on; 0×0 before the first frame.
    public var cellSize: PixelSize { cells.size }

    /// Part of the cells marked with anything but 0 in which something moves now, 0…1; nil while the plate is learned.
    /// - Parameter mask: one byte for each cell, row by row.
    public func movingPart(of mask: [UInt8]) -> Double? {
        guard let memory, mask.count == memory.state.count else { return nil }
        var marked = 0
        var moving = 0
        for index in mask.indices where mask[index] != 0 {
            marked &+= 1
            if memory.state[index] == 1 { moving &+= 1 }
        }
        return marked > 0 ? Double(moving) / Double(marked) : nil
    }
}
