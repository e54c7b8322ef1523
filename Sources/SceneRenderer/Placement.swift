/// A thing that lies still for a while.
struct Placement: Sendable {
    var goods: Goods
    var x: Float
    var z: Float
    var headingRadians: Float = 0
    var appears: Float
    var leaves: Float?
    var seed: UInt64

    func isThere(at time: Float) -> Bool { time >= appears && time < leaves ?? .greatestFiniteMagnitude }

    func build(into mesh: inout Mesh, layout: StreetLayout) -> Drawable {
        let first = mesh.positions.count
        mesh.surface = .painted
        goods.build(into: &mesh, seed: seed)
        let origin = Vector(x, layout.ground(atZ: z), z)
        mesh.place(from: first, at: origin, headingRadians: headingRadians)
        return Drawable(origin: origin, headingRadians: headingRadians, footprint: goods.footprint, shade: 0.62)
    }
}
