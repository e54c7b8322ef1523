public import FrameCore

/// Which rows of a mask hold anything: most hold nothing, and what follows need not look at them.
public enum MarkedRows {
    /// The rows from the first to the last that hold a value other than 0; empty if none does.
    public static func range(in marks: [UInt8], size: PixelSize) -> Range<Int> {
        precondition(marks.count == size.area)
        var first = 0
        while first < size.height && !isMarked(marks, first * size.width, size.width) { first += 1 }
        guard first < size.height else { return 0..<0 }
        var last = size.height - 1
        while !isMarked(marks, last * size.width, size.width) { last -= 1 }
        return first..<last + 1
    }

    /// Whether any of `count` bytes from `start` on is other than 0.
    public static func isMarked(_ marks: [UInt8], _ start: Int, _ count: Int) -> Bool {
        let row = marks.span.extracting(start..<start + count)
        var any: UInt8 = 0
        for x in 0..<row.count { any |= row[x] }
        return any != 0
    }
}
