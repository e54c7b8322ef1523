/// What a `Range` header asks of a file (RFC 9110 §14): one range; several are answered by the whole file, as the RFC allows.
enum ByteRange: Equatable {
    case whole
    case part(ClosedRange<Int>)
    case unsatisfiable

    init(header: String?, size: Int) {
        guard let header, header.hasPrefix("bytes=") else {
            self = .whole
            return
        }
        let ends = header.dropFirst("bytes=".count).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, !header.contains(",") else {
            self = .whole
            return
        }
        switch (ends[0].isEmpty ? nil : Self.number(ends[0]), ends[1].isEmpty ? nil : Self.number(ends[1])) {
        case (let first?, let last?) where first <= last: self = Self.part(from: first, to: last, size: size)
        case (let first?, nil) where ends[1].isEmpty: self = Self.part(from: first, to: size - 1, size: size)
        case (nil, let count?) where ends[0].isEmpty:
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)...size - 1)
        default: self = .whole
        }
    }

    private static func part(from first: Int, to last: Int, size: Int) -> ByteRange {
        first < size ? .part(first...min(last, size - 1)) : .unsatisfiable
    }

    private static func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
    }
}
