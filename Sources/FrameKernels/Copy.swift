/// Copies a plane into storage that exists already: assigning arrays would share and then copy with an allocation.
public enum Copy {
    public static func plane(_ source: [UInt8], into target: inout [UInt8]) {
        precondition(source.count == target.count)
        let from = source.span
        var to = target.mutableSpan
        for i in 0..<from.count { to[i] = from[i] }
    }

    /// The whole levels of a plane in Q8.8, rounded down.
    public static func wholeLevels(_ source: [UInt16], into target: inout [UInt8]) {
        precondition(source.count == target.count)
        let from = source.span
        var to = target.mutableSpan
        for i in 0..<from.count { to[i] = UInt8(truncatingIfNeeded: from[i] &>> 8) }
    }
}
