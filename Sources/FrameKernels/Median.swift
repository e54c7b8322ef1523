/// The middle value of nine pictures, pixel by pixel: what the street looks like when most of them agree.
public enum Median {
    /// Sorts just enough of nine values to know the fifth (Paeth, "Median Finding on a 3×3 Grid", Graphics Gems, 1990:
    /// 19 exchanges), as minima and maxima only, so that the compiler makes vector code of it.
    ///
    /// - Parameter planes: nine pictures of `target.count` bytes each, one after the other.
    public static func ofNine(_ planes: [UInt8], into target: inout [UInt8]) {
        let count = target.count
        precondition(planes.count == 9 * count)
        let planes = planes.span
        var target = target.mutableSpan
        let p0 = planes.extracting(0..<count)
        let p1 = planes.extracting(count..<2 * count)
        let p2 = planes.extracting(2 * count..<3 * count)
        let p3 = planes.extracting(3 * count..<4 * count)
        let p4 = planes.extracting(4 * count..<5 * count)
        let p5 = planes.extracting(5 * count..<6 * count)
        let p6 = planes.extracting(6 * count..<7 * count)
        let p7 = planes.extracting(7 * count..<8 * count)
        let p8 = planes.extracting(8 * count..<9 * count)
        for i in 0..<count {
            var a = p0[i], b = p1[i], c = p2[i], d = p3[i], e = p4[i], f = p5[i], g = p6[i], h = p7[i], k = p8[i]
            exchange(&b, &c); exchange(&e, &f); exchange(&h, &k)
            exchange(&a, &b); exchange(&d, &e); exchange(&g, &h)
            exchange(&b, &c); exchange(&e, &f); exchange(&h, &k)
            exchange(&a, &d); exchange(&f, &k); exchange(&e, &h)
            exchange(&d, &g); exchange(&b, &e); exchange(&c, &f)
            exchange(&e, &h); exchange(&e, &c); exchange(&g, &e)
            exchange(&e, &c)
            target[i] = e
        }
    }

    @inline(__always)
    private static func exchange(_ low: inout UInt8, _ high: inout UInt8) {
        let smaller = min(low, high)
        high = max(low, high)
        low = smaller
    }
}
