/// Notices that the light of the whole view changed at once: a lamp, a switch to infrared, a camera that sets itself anew.
///
/// What one object or one cloud does changes a few tiles; a step changes many of them one way between two pictures.
struct LightWatch: Codable {
    enum Verdict {
        case steady
        /// The light is changing: nothing is judged or learned.
        case stepping
        /// It has come to rest with this picture.
        case settled
        /// The first picture that may be judged after a time in which nobody looked.
        case resumed
    }

    private let settings: LightSettings
    private var previous: [Int16] = []
    private var hadColour: Bool?
    /// Stream time of the last jump while a step goes on, seconds.
    private var jumpedAt: Double?
    private var isChangeExpected = false
    private var isResuming = false

    init(settings: LightSettings) {
        self.settings = settings
    }

    /// - Parameters:
    ///   - ratios: log light of each tile against the plate, in 32nds of a stop.
    ///   - clock: stream time, seconds.
    mutating func judge(_ ratios: [Int16], hasColour: Bool, clock: Double) -> Verdict {
        defer {
            if previous.count == ratios.count {
                for i in 0..<ratios.count { previous[i] = ratios[i] }
            } else {
                previous = ratios
            }
            hadColour = hasColour
        }
        if isChangeExpected {
            isChangeExpected = false
            isResuming = true
            jumpedAt = clock
            return .stepping
        }
        guard previous.count == ratios.count, let hadColour else { return .steady }
        let least = Int16((settings.stepStops * 32).rounded())
        // Movers make as many tiles brighter as darker; light goes one way.
        var net = 0
        for i in 0..<ratios.count {
            let change = ratios[i] &- previous[i]
            if change >= least { net += 1 } else if change <= -least { net -= 1 }
        }
        if Double(abs(net)) >= settings.stepShare * Double(ratios.count) || hadColour != hasColour {
            jumpedAt = clock
            return .stepping
        }
        guard let jumpedAt else { return .steady }
        if clock - jumpedAt < settings.settleSeconds { return .stepping }
        self.jumpedAt = nil
        defer { isResuming = false }
        return isResuming ? .resumed : .settled
    }

    /// Nobody looked for a while: whether the plate still explains the light is asked as after a step.
    mutating func expectChange() { isChangeExpected = true }

    /// The plate changed: what follows is measured against another one.
    mutating func restart() {
        previous.removeAll(keepingCapacity: true)
    }
}
