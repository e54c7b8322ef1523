/// The numbers of the scene analysis, read from `Models/scene.yaml`, which says where each comes from.
public struct AnalysisSettings: Codable, Sendable, Hashable {
    public var view: ViewSettings
    public var light: LightSettings
    public var memory: MemorySettings
    public var regions: RegionSettings
    public var foreground: ForegroundSettings
}
