internal import FrameCore

/// Where the place, its surroundings and their blocks lie in the pictures that are compared.
struct PlaceGeometry {
    /// Blocks of the place and around it, in pixels of the compared pictures.
    let place: [PixelRect]
    let surroundings: [PixelRect]
    /// Pixels along the edge that only shifts reach.
    let margin: Int

    private let inner: PixelRect
    private let size: PixelSize
    /// Top left corner in pixels of the package's picture, and its pixels for each pixel here.
    private let originX: Double
    private let originY: Double
    private let step: Double

    init(
        box: PixelRect, frame: PixelSize, objectPixels: Double, blockSides: ClosedRange<Int>, blocksAcross: Int,
        surroundingsPart: Double, leastSurroundings: Double, margin: Int
    ) {
        let longer = Double(max(box.width, box.height))
        let step = max(1, longer / objectPixels)
        self.step = step
        let around = max(leastSurroundings, surroundingsPart * longer / step)
        func length(_ pixels: Int) -> Int { max(4, Int((Double(pixels) / step).rounded())) }
        // Cut to the picture: its repeated edge says nothing.
        let left = min(around, Double(box.x) / step)
        let top = min(around, Double(box.y) / step)
        let right = min(around, Double(frame.width - box.maxX) / step)
        let bottom = min(around, Double(frame.height - box.maxY) / step)
        let (width, height) = (length(box.width), length(box.height))
        let corner = (x: margin + Int(left), y: margin + Int(top))
        size = PixelSize(width: corner.x + width + Int(right) + margin, height: corner.y + height + Int(bottom) + margin)
        originX = Double(box.x) - Double(corner.x) * step
        originY = Double(box.y) - Double(corner.y) * step
        self.margin = margin
        let inner = PixelRect(x: corner.x, y: corner.y, width: width, height: height)
        self.inner = inner
        let side = min(max(min(width, height) / blocksAcross, blockSides.lowerBound), blockSides.upperBound)
        var (place, surroundings): ([PixelRect], [PixelRect]) = ([], [])
        // Laid out from the object's corner, so that no block lies on its edge there.
        let firstX = inner.x - (inner.x - margin) / side * side
        let firstY = inner.y - (inner.y - margin) / side * side
        for y in stride(from: firstY, through: size.height - margin - side, by: side) {
            for x in stride(from: firstX, through: size.width - margin - side, by: side) {
                let block = PixelRect(x: x, y: y, width: side, height: side)
                let common = block.intersection(inner).area
                if common * 2 >= block.area { place.append(block) } else if common == 0 { surroundings.append(block) }
            }
        }
        self.place = place
        self.surroundings = surroundings
    }

    func isInside(_ x: Int, _ y: Int) -> Bool { x >= inner.x && x < inner.maxX && y >= inner.y && y < inner.maxY }

    /// - Parameters:
    ///   - reference: the size that the box was given in.
    ///   - shiftX, shiftY: of the whole view, as parts of its width.
    func picture(of frame: Frame, _ reference: PixelSize, shiftX: Double = 0, shiftY: Double = 0) -> PlacePicture {
        let scaleX = Double(frame.size.width) / Double(reference.width)
        let scaleY = Double(frame.size.height) / Double(reference.height)
        return PlacePicture(
            frame, originX: originX * scaleX + shiftX * Double(frame.size.width),
            originY: originY * scaleY + shiftY * Double(frame.size.width), stepX: step * scaleX, stepY: step * scaleY, size: size)
    }
}
