/// How burnt-in text is told from the street. Lengths are in cells.
public struct OverlaySettings: Codable, Sendable, Hashable {
    /// Parts of the view's height at the top and at the bottom in which text is looked for.
    public var bandPart: Double
    /// Distance of the pictures that are compared, seconds: a clock's last digit has changed by then.
    public var spacing: Double
    /// Change from which a stroke of a digit came or went, levels.
    public var jumpLevels: Int
    /// Share of pictures in which a cell must jump to belong to a digit.
    public var jumpShare: Double
    /// Largest width and height of a digit, and the least number of cells that jump in it.
    public var digitSide: Int
    public var digitCells: Int
    /// Pictures in which a digit must have changed in a row, and the misses it is forgiven among them.
    public var confirmations: Int
    public var misses: Int
    /// How far a digit's brightest stroke may change, levels.
    public var levelSpread: Int
    /// Difference of neighbours that belongs to letters beside a digit, levels.
    public var letterContrast: Int
    /// Largest part of the view that is masked.
    public var largestPart: Double
}
