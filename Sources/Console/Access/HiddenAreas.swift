import FrameCore

/// What somebody drew on a picture to be hidden as well before it leaves the case: `hide=x0,y0,x1,y1;…`, rectangles by two opposite
/// corners in parts of the picture, 0…1. They hold for all stills of a case, which show one view.
struct HiddenAreas: Sendable, Hashable {
    /// More than anybody would draw by hand.
    static let limit = 40

    var polygons: [Polygon] = []

    /// - Throws: `Refusal` for anything but such rectangles.
    init(_ text: String?) throws(Refusal) {
        guard let text, !text.isEmpty else { return }
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        guard parts.count <= Self.limit else {
            throw .invalid("hide", zh: "最多 \(Self.limit) 处遮盖。", en: "At most \(Self.limit) areas are hidden.")
        }
        for part in parts {
            let numbers = part.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 4, case let values = numbers.compactMap({ $0 }), values.count == 4,
                values.allSatisfy({ (0...1).contains($0) }), values[0] != values[2], values[1] != values[3],
                let polygon = try? Polygon([
                    UnitPoint(x: values[0], y: values[1]), UnitPoint(x: values[2], y: values[1]), UnitPoint(x: values[2], y: values[3]),
                    UnitPoint(x: values[0], y: values[3]),
                ])
            else {
                throw .invalid(
                    "hide", zh: "遮盖区域写作 x0,y0,x1,y1（0–1），以分号相隔。",
                    en: "Areas are x0,y0,x1,y1 in parts of the picture, with semicolons between.")
            }
            polygons.append(polygon)
        }
    }
}
