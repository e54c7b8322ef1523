/// How much lighter a picture is than the plate, as one byte a pixel that sorts like the ratio.
///
/// The code is the top of the ratio's IEEE 754 bit pattern: the exponent and five bits of the fraction, which is a
/// piecewise linear logarithm with 32 steps an octave (Mitchell, "Computer Multiplication and Division Using Binary Logarithms", 1962).
/// Medians do not ask for more than the order; finer steps would follow the sensor's noise.
public enum LightRatio {
    /// The code of two equal values.
    public static let equal: UInt8 = 128
    /// Levels that are added to both values, so that sensor noise in the dark does not look like a change of light.
    public static let offset = 6
    /// Code 0 is four octaves below equal, less is not told apart; the highest is just under four octaves above.
    private static let base: Int32 = 127 << 5 - 128

    /// The ratio that a code stands for.
    public static func ratio(of code: UInt8) -> Float {
        Float(bitPattern: UInt32(Int32(code) + base) << 18)
    }

    /// Codes of (seen + offset) / (plate + offset).
    ///
    /// - Parameters:
    ///   - seen: one row of luma.
    ///   - plate: the same row of the plate, Q8.8, of which the whole levels count, as in `MemoryStep`.
    ///   - codes: may be longer than the row; the rest stays as it is.
    static func encode(_ seen: Span<UInt8>, _ plate: Span<UInt16>, into codes: inout MutableSpan<UInt8>) {
        precondition(plate.count == seen.count && codes.count >= seen.count)
        for x in 0..<seen.count {
            let now = Float(Int32(seen[x]) &+ Int32(offset))
            let usual = Float(Int32(plate[x] &>> 8) &+ Int32(offset))
            // Half a step is added, so that codes are rounded and not cut.
            let pattern = Int32(truncatingIfNeeded: (now / usual).bitPattern)
            codes[x] = UInt8(truncatingIfNeeded: min(max((pattern &+ 0x2_0000) &>> 18 &- base, 0), 255))
        }
    }
}
