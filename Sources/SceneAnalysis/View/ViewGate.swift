internal import FrameCore
internal import FrameKernels

/// Whether the view can be judged: tiles with texture must still look like the plate.
///
/// A fault is named once it has outlasted `holdSeconds` since the last healthy picture, so one damaged picture names
/// nothing and a patrol that looks every two seconds loses no time. Until then the picture is suspect: not to be judged.
struct ViewGate: Codable {
    private let settings: ViewSettings
    private var current: ViewTiles
    private var plate: ViewTiles
    private var frozen: FrozenWatch
    private var judgement: ViewJudgement
    /// When the plate was measured last; nil if there is none.
    private var plateClock: Double?
    private var plateLuma: [UInt8]
    private var plateCb: [UInt8]
    private var plateCr: [UInt8]
    /// Tiles with burnt-in text.
    private var ignored: [Bool]
    private var lastHealthy: Double?
    private var named: ViewFault?
    private var candidate: ViewFault?
    /// Something is wrong with this picture, though not for long enough to have a name.
    private(set) var isSuspect = false

    /// The plate changes so slowly that its tiles are good for this long, seconds.
    private static let plateLife = 10.0

    init(size: PixelSize, settings: ViewSettings) {
        self.settings = settings
        current = ViewTiles(size: size)
        plate = current
        frozen = FrozenWatch(grid: current.grid, settings: settings.frozen)
        judgement = ViewJudgement(grid: current.grid, settings: settings)
        ignored = [Bool](repeating: false, count: current.grid.count)
        plateLuma = [UInt8](repeating: 0, count: size.area)
        plateCb = plateLuma
        plateCr = plateLuma
    }

    /// - Parameters:
    ///   - cells: the picture before light compensation.
    ///   - memory: nil while the plate is learned.
    ///   - clock: stream time, seconds.
    mutating func judge(_ cells: Cells, memory: StreetMemory?, clock: Double) -> ViewFault? {
        guard current.grid.count > 0 else { return nil }
        refreshPlate(memory, clock)
        if plateClock == nil {
            current.measure(luma: cells.luma, cb: cells.cb, cr: cells.cr)
        } else {
            current.measure(luma: cells.luma, cb: cells.cb, cr: cells.cr, against: plate)
        }
        let isFrozen = frozen.isFrozen(cells.luma, ignored: ignored, state: memory?.state, clock: clock)
        var fault = judgement.fault(
            current, plate: plate, hasPlate: plateClock != nil, ignored: ignored, named: named,
            isRestless: frozen.isRestless(over: settings.noiseChange, ignored: ignored))
        if isFrozen && (fault == nil || fault == .colourCast) { fault = .frozen }
        return name(fault, clock)
    }

    /// Burnt-in text counts for nothing: 1 for each cell of it.
    mutating func ignore(_ mask: [UInt8]) {
        let grid = current.grid
        precondition(mask.count == grid.size.area)
        for tile in 0..<grid.count {
            let left = tile % grid.columns * grid.side
            let top = tile / grid.columns * grid.side
            var marks = 0
            for y in top..<top + grid.side {
                for x in left..<left + grid.side { marks += Int(mask[y * grid.size.width + x]) }
            }
            ignored[tile] = marks > 0
        }
    }

    /// Another plate is in use from now on.
    mutating func plateChanged() { plateClock = nil }

    /// Whether the picture shows the street of another view's plate. Costs a measurement of both.
    func isSameView(_ cells: Cells, as memory: StreetMemory) -> Bool {
        var other = ViewGate(size: cells.size, settings: settings)
        other.ignored = ignored
        other.refreshPlate(memory, 0)
        other.current.measure(luma: cells.luma, cb: cells.cb, cr: cells.cr, against: other.plate)
        return other.judgement.fault(
            other.current, plate: other.plate, hasPlate: true, ignored: ignored, named: nil, isRestless: false) == nil
    }

    private mutating func name(_ fault: ViewFault?, _ clock: Double) -> ViewFault? {
        guard let fault else {
            lastHealthy = clock
            named = nil
            candidate = nil
            isSuspect = false
            return nil
        }
        defer { candidate = fault }
        let sick = lastHealthy.map { clock - $0 } ?? .infinity
        // A frozen picture has been watched for long enough already; a name changes only when the new one is seen twice.
        let isOld = fault == .frozen || sick >= settings.holdSeconds
        if named == nil ? isOld : fault == candidate { named = fault }
        isSuspect = named == nil
        return named
    }

    private mutating func refreshPlate(_ memory: StreetMemory?, _ clock: Double) {
        guard let memory else {
            plateClock = nil
            return
        }
        if let plateClock, clock - plateClock < Self.plateLife { return }
        plateClock = clock
        Copy.wholeLevels(memory.plateLuma, into: &plateLuma)
        Copy.wholeLevels(memory.plateCb, into: &plateCb)
        Copy.wholeLevels(memory.plateCr, into: &plateCr)
        plate.measure(luma: plateLuma, cb: plateCb, cr: plateCr)
        judgement.takePlate(plate)
    }
}
