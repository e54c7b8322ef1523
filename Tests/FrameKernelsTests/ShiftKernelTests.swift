import FrameCore
import FrameKernels
import Testing

@Suite("Shift kernels equal their references")
struct ShiftKernelTests {
    @Test("columns and rows have the same profiles at every size, also with the steepest gradients")
    func profiles() {
        var random = SeededBytes(seed: 21)
        for width in trickyLengths + [640] {
            for (height, rowStep) in [(1, 1), (2, 3), (3, 1), (14, 3), (259, 1)] where width < 130 || height < 20 {
                let size = PixelSize(width: width, height: height)
                let steepest = (0..<size.area).map { $0 % width / 2 % 2 == 0 ? UInt8(0) : 255 }
                for luma in [random.bytes(size.area), steepest] {
                    var columns = [UInt16](repeating: 1, count: width)
                    var rows = [UInt16](repeating: 1, count: height)
                    Profile.columns(luma, size: size, rowStep: rowStep, into: &columns)
                    Profile.rows(luma, size: size, into: &rows)
                    #expect(columns == Reference.columnProfile(luma, size: size, rowStep: rowStep), "\(size)")
                    #expect(rows == Reference.rowProfile(luma, size: size), "\(size)")
                }
            }
        }
    }

    @Test("a plane is moved with its edges repeated, also farther than it is wide")
    func moved() {
        var random = SeededBytes(seed: 31)
        for width in [1, 2, 7, 33, 65] {
            let size = PixelSize(width: width, height: 5)
            let source = random.bytes(size.area)
            for (dx, dy) in [(0, 0), (3, -2), (-3, 2), (70, 9), (-70, -9), (1, 0)] {
                var result = [UInt8](repeating: 7, count: size.area)
                Copy.moved(source, size: size, shiftX: dx, shiftY: dy, into: &result)
                #expect(result == Reference.moved(source, size: size, shiftX: dx, shiftY: dy), "\(width) \(dx) \(dy)")
            }
        }
    }

    @Test("profiles mismatch by the same sum at every shift")
    func mismatch() {
        var random = SeededBytes(seed: 22)
        for length in trickyLengths {
            let one = random.words(length)
            let other = random.words(length)
            for shift in [-8, -3, 0, 1, 8] {
                let expected = Reference.mismatch(one, other, shift: shift, reach: 8)
                #expect(Profile.mismatch(one, other, shift: shift, reach: 8) == expected, "\(length) at \(shift)")
            }
        }
    }

    @Test("deviations sum up to the same, also beyond what one block holds")
    func deviation() {
        var random = SeededBytes(seed: 23)
        for length in [0] + trickyLengths + [255, 256, 257, 513] {
            let plane = random.bytes(length)
            for level: UInt8 in [0, 128, 255] {
                #expect(Deviation.sum(plane, from: level) == Reference.deviation(plane, from: level), "\(length) from \(level)")
            }
        }
        #expect(Deviation.sum([UInt8](repeating: 255, count: 1000), from: 0) == 255_000)
        for width in [15, 16, 17, 40, 65, 300, 640] {
            for height in [16, 17, 33] {
                let size = PixelSize(width: width, height: height)
                let picture = random.bytes(size.area)
                let reference = random.bytes(size.area)
                for (x, y) in [(0, 0), (8, -8), (-8, 8), (3, -1)] {
                    let sum = Deviation.sum(picture, shiftX: x, shiftY: y, from: reference, size: size, margin: 8, rowStep: 4)
                    let expected = Reference.deviation(
                        picture, shiftX: x, shiftY: y, from: reference, size: size, margin: 8, rowStep: 4)
                    #expect(sum == expected, "\(size) at \(x), \(y)")
                }
            }
        }
    }

    @Test("each picture's deviations from one are the same")
    func each() {
        var random = SeededBytes(seed: 24)
        for length in trickyLengths {
            let planes = random.bytes(3 * length)
            let reference = random.bytes(length)
            var result = planes
            Deviation.each(&result, from: reference)
            #expect(result == Reference.deviations(planes, from: reference), "\(length)")
        }
    }
}
