import FrameCore

/// A place on the street as the cameras see it: for each channel a polygon on its picture.
///
/// Points are `[x, y]` in parts of the picture's width and height, 0…1.
public struct LedgerShapes: Codable, Sendable, Hashable {
    /// By channel id.
    public var polygons: [String: [[Double]]]

    public init(_ polygons: [String: [[Double]]] = [:]) {
        self.polygons = polygons
    }

    public init(from decoder: any Decoder) throws {
        polygons = try decoder.singleValueContainer().decode([String: [[Double]]].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(polygons)
    }

    public var isEmpty: Bool { polygons.isEmpty }

    /// nil where there is none, or none that is a polygon.
    func polygon(_ channelID: String) -> Polygon? {
        polygons[channelID].flatMap { try? Self.polygon($0) }
    }

    func problems(field: String) -> [LedgerProblem] {
        polygons.sorted { $0.key < $1.key }.compactMap { channelID, points -> LedgerProblem? in
            do throws(Polygon.Flaw) {
                _ = try Self.polygon(points)
                return nil
            } catch {
                let zh =
                    switch error {
                    case .tooFewPoints: "至少需要三个角点"
                    case .outsideImage(let index, _): "第 \(index + 1) 个点不在画面内"
                    case .noArea: "各点在一条线上，没有面积"
                    case .crossesItself: "边线相互交叉"
                    }
                return LedgerProblem(
                    field: field, text: BilingualText(zh: "通道 \(channelID)：\(zh)。", en: "Channel \(channelID): \(error)."))
            }
        }
    }

    private static func polygon(_ points: [[Double]]) throws(Polygon.Flaw) -> Polygon {
        // A point without two numbers is nowhere in the picture.
        try Polygon(points.map { $0.count == 2 ? UnitPoint(x: $0[0], y: $0[1]) : UnitPoint(x: -1, y: -1) })
    }
}
