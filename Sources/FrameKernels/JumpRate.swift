/// How often each pixel jumps from one picture to the next, as a running share.
public enum JumpRate {
    /// One more picture: the rate goes a sixteenth of the way towards 240 where a pixel jumped, towards 0 elsewhere.
    ///
    /// - Parameters:
    ///   - jump: a pixel that differs by more than this has jumped.
    ///   - range: the pixels to update, whole rows as a rule.
    ///   - rates: 0…240, one for each pixel.
    public static func update(
        _ plane: [UInt8], previous: [UInt8], jump: UInt8, range: Range<Int>, rates: inout [UInt8]
    ) {
        precondition(previous.count == plane.count && rates.count == plane.count)
        precondition(range.lowerBound >= 0 && range.upperBound <= plane.count)
        let now = plane.span.extracting(range)
        let before = previous.span.extracting(range)
        var all = rates.mutableSpan
        var target = all._mutatingExtracting(range)
        for i in 0..<now.count {
            let a = now[i], b = before[i], rate = target[i]
            let gain: UInt8 = max(a, b) &- min(a, b) > jump ? 15 : 0
            target[i] = rate &- ((rate &+ 15) &>> 4) &+ gain
        }
    }
}
