internal import FrameCore
internal import FrameKernels

/// What the view gate knows of each tile (16×16 cells) of a picture: of the present one, or of the plate.
struct ViewTiles: Codable {
    static let side = 16
    /// Slopes are cut off here, in levels over two coarse cells.
    private static let slopeLimit: Int8 = 8
    /// Coarse cells in a tile, and rows times columns that count for `edges`, `grain` and chroma.
    static let coarseCells = 64.0
    static let sampledCells = 64.0

    let grid: TileGrid
    private let coarseGrid: TileGrid
    private var coarse: [UInt8]
    private(set) var across: [Int8]
    private(set) var down: [Int8]
    /// Sums over each tile: luma over its coarse cells, the others over every fourth row.
    private(set) var luma: [Int32]
    private(set) var cb: [Int32]
    private(set) var cr: [Int32]
    private(set) var edges: [Int32]
    private(set) var grain: [Int32]
    /// Sum of squared slopes, and of their products with the plate's.
    private(set) var energy: [Int32]
    private(set) var products: [Int32]
    private var scratch: TileStatistics.Scratch
    private var coarseScratch: TileStatistics.Scratch

    init(size: PixelSize) {
        let half = PixelSize(width: size.width / 2, height: size.height / 2)
        grid = TileGrid(size: size, side: Self.side)
        coarseGrid = TileGrid(size: half, side: Self.side / 2)
        coarse = [UInt8](repeating: 0, count: half.area)
        across = [Int8](repeating: 0, count: half.area)
        down = across
        luma = [Int32](repeating: 0, count: grid.count)
        cb = luma
        cr = luma
        edges = luma
        grain = luma
        energy = luma
        products = luma
        scratch = TileStatistics.Scratch(width: size.width)
        coarseScratch = TileStatistics.Scratch(width: half.width)
    }

    /// Measures a picture, against itself.
    mutating func measure(luma plane: [UInt8], cb planeCb: [UInt8], cr planeCr: [UInt8]) {
        take(plane, planeCb, planeCr)
        TileStatistics.match(
            across: across, down: down, otherAcross: across, otherDown: down, coarseGrid, &coarseScratch, products: &products,
            energy: &energy)
    }

    /// Measures a picture, against the plate.
    mutating func measure(luma plane: [UInt8], cb planeCb: [UInt8], cr planeCr: [UInt8], against plate: borrowing ViewTiles) {
        take(plane, planeCb, planeCr)
        TileStatistics.match(
            across: across, down: down, otherAcross: plate.across, otherDown: plate.down, coarseGrid, &coarseScratch,
            products: &products, energy: &energy)
    }

    /// Half the cells' resolution: jitter of one cell and the sensor's noise hardly reach it.
    private mutating func take(_ plane: [UInt8], _ planeCb: [UInt8], _ planeCr: [UInt8]) {
        Reduce.halve(plane, sourceSize: grid.size, shiftX: 0, shiftY: 0, into: &coarse)
        TileStatistics.slopes(coarse, size: coarseGrid.size, limit: Self.slopeLimit, across: &across, down: &down)
        TileStatistics.sums(coarse, coarseGrid, rowStep: 1, &coarseScratch, into: &luma)
        TileStatistics.sums(planeCb, grid, rowStep: 4, &scratch, into: &cb)
        TileStatistics.sums(planeCr, grid, rowStep: 4, &scratch, into: &cr)
        TileStatistics.detail(plane, grid, &scratch, edges: &edges, grain: &grain)
    }
}
