import FrameCore
import FrameKernels
import Testing

@Suite("The median of a mask")
struct MajorityFilterTests {
    @Test("is what counting every square says, for every width, side and density")
    func equality() {
        var state: UInt64 = 3
        func random() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        for width in [1, 2, 3, 8, 9, 17, 33, 64, 65] {
            for (height, side, tenths) in [(1, 3, 5), (7, 5, 4), (12, 9, 6), (20, 1, 5), (11, 9, 5)] {
                let size = PixelSize(width: width, height: height)
                let mask = (0..<size.area).map { _ in random() % 10 < tenths ? UInt8(1 + random() % 255) : 0 }
                var filter = MajorityFilter(size: size, side: side)
                var result = [UInt8](repeating: 77, count: size.area)
                // Twice: nothing is left over from the picture before.
                for _ in 0..<2 { filter.apply(mask, into: &result) }
                #expect(result == Reference.majority(mask, size: size, side: side), "\(size), \(side)")
            }
        }
    }
}
