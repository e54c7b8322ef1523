/// What a triangle is made of; its pattern is drawn by `SurfaceTexture`, its tint by the colours of its corners.
enum Surface: UInt8, Sendable {
    /// One colour with a little dirt.
    case painted
    case paving
    case kerb
    case asphalt
    case wallTile
    case plaster
    case brick
    case glass
    /// Glass of an upper floor: curtains behind it, the sky in it.
    case window
    case shelf
    case interior
    case sign
    case shutter
    case leaf
    case bark
    case metal
    case lamp
    case distant
}
