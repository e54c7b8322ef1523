/// The stages that a frame passes through, in this order; one that cannot be judged stops after `view`.
package enum AnalysisStage: String, Sendable, CaseIterable {
    /// Shake is measured, the picture brought to cells.
    case picture
    /// Whether the view can be judged.
    case view
    /// Light is measured and divided out.
    case light
    /// Plate, noise and candidates take the picture in.
    case memory
    /// What stands still is found, followed and verified.
    case regions
}
