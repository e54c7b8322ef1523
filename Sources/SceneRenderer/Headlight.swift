import Foundation
import FrameCore

/// The beams of a car at dusk on the street before it, and the glare of its lamps.
enum Headlight {
    private static let tint = Vector(1, 0.93, 0.78)

    static func draw(
        _ vehicle: Vehicle, at place: WalkPath.Place, layout: StreetLayout, camera: Camera, plate: Plate, weight: Float,
        into picture: inout LightLayer
    ) {
        let forward = Vector(cos(place.headingRadians), 0, sin(place.headingRadians))
        let across = Vector(-forward.z, 0, forward.x)
        let nose = Vector(place.x, layout.ground(atZ: place.z) + 0.66, place.z) + forward * vehicle.halfLength
        let size = plate.size
        for row in 0..<size.height {
            for column in 0..<size.width {
                let index = row * size.width + column
                let offset = plate.place[index] - nose
                let along = offset.dot(forward)
                guard along > 0.3 && along < 24 && offset.y < 2.4 else { continue }
                let side = offset.dot(across) / (0.42 + 0.2 * along)
                guard abs(side) < 3 else { continue }
                let spread = 1 / (1 + side * side)
                let low = smoothStep(1.8, 0.2, offset.y)
                let facing = mix(0.75, 0.24, plate.upward[index])
                let light = 26 * spread * spread * low * facing / (along * along + 9) * weight
                picture.add(tint * (plate.albedo[index] * light), at: index)
            }
        }
        for lampSide: Float in [-0.6, 0.6] {
            glare(
                at: nose + across * lampSide, facing: forward, tint: tint, strength: 1.5 * weight, camera: camera, plate: plate,
                into: &picture)
            let tail = nose - forward * (vehicle.halfLength * 2) + across * lampSide + Vector(0, 0.15, 0)
            glare(
                at: tail, facing: -forward, tint: Vector(0.9, 0.06, 0.03), strength: 0.28 * weight, camera: camera, plate: plate,
                into: &picture)
        }
    }

    private static func glare(
        at lamp: Vector, facing: Vector, tint: Vector, strength: Float, camera: Camera, plate: Plate, into picture: inout LightLayer
    ) {
        guard let seen = camera.project(lamp) else { return }
        let turned = facing.dot((camera.position - lamp).normalised)
        let size = camera.size
        let column = floorIndex(seen.x)
        let row = floorIndex(seen.y)
        guard turned > 0.05, column >= 0, row >= 0, column < size.width, row < size.height else { return }
        guard plate.depth[row * size.width + column] > seen.depth - 0.6 else { return }
        let radius = clamp(camera.pixelsPerMetre(at: lamp) * 0.5, 8, 60)
        let reach = Int(radius)
        for offY in -reach...reach {
            for offX in -reach...reach {
                let x = column + offX
                let y = row + offY
                let far = (Float(offX * offX + offY * offY)) / (radius * radius)
                guard far < 1, x >= 0, y >= 0, x < size.width, y < size.height else { continue }
                let fall = (1 - far) * (1 - far)
                picture.add(tint * (strength * turned * fall * fall * (0.12 + 0.9 / (1 + far * 90))), at: y * size.width + x)
            }
        }
    }
}
