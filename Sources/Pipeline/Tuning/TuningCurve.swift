import Foundation

/// Recall against false findings an hour, as an SVG: what was chosen on, what was held out, and where the profile stands now.
public enum TuningCurve {
    private static let width = 720.0
    private static let height = 460.0
    private static let left = 76.0
    private static let right = 24.0
    private static let top = 64.0
    private static let bottom = 64.0

    /// - Parameter title: what was tuned, on what.
    public static func svg(_ outcome: ProfileTuning.Outcome, title: String) -> String {
        let all = outcome.trainCurve.map(\.score) + outcome.heldOutCurve.map(\.score) + [outcome.presentScore]
        let most = niceLimit(all.map(\.falsePerHour).max() ?? 1)
        func x(_ value: Double) -> String { format(left + value / most * (width - left - right)) }
        func y(_ value: Double) -> String { format(height - bottom - value * (height - top - bottom)) }
        func polyline(_ curve: [ProfileTuning.CurvePoint], _ colour: String) -> String {
            let points = curve.map { "\(x($0.score.falsePerHour)),\(y($0.score.recall))" }.joined(separator: " ")
            let dots = curve.map { point in
                let radius = point.strictness == 1 ? 6 : 3
                let name =
                    "\(format(point.strictness)) times as strict: recall \(format(point.score.recall)), "
                    + "\(format(point.score.falsePerHour)) false an hour"
                return "<circle cx=\"\(x(point.score.falsePerHour))\" cy=\"\(y(point.score.recall))\" r=\"\(radius)\" fill=\"\(colour)\">"
                    + "<title>\(name)</title></circle>"
            }
            return "<polyline points=\"\(points)\" fill=\"none\" stroke=\"\(colour)\" stroke-width=\"2\"/>" + dots.joined()
        }
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(format(width)) \(format(height))\" font-family=\"sans-serif\" font-size=\"13\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
            "<text x=\"\(format(left))\" y=\"28\" font-size=\"17\" fill=\"#14181d\">\(escaped(title))</text>",
        ]
        for step in 0...5 {
            let part = Double(step) / 5
            parts.append(
                "<line x1=\"\(x(0))\" x2=\"\(x(most))\" y1=\"\(y(part))\" y2=\"\(y(part))\" stroke=\"#e3e7eb\"/>"
                    + "<text x=\"\(format(left - 10))\" y=\"\(y(part - 0.012))\" text-anchor=\"end\" fill=\"#5b6875\">\(format(part))</text>"
                    + "<text x=\"\(x(part * most))\" y=\"\(format(height - bottom + 20))\" text-anchor=\"middle\" fill=\"#5b6875\">"
                    + "\(format(part * most))</text>")
        }
        parts += [
            polyline(outcome.trainCurve, "#9db4cc"), polyline(outcome.heldOutCurve, "#c2410c"),
            "<path d=\"M \(x(outcome.presentScore.falsePerHour)) \(y(outcome.presentScore.recall)) m -8 -8 l 16 16 m 0 -16 l -16 16\" "
                + "stroke=\"#14181d\" stroke-width=\"3\"><title>the present profile</title></path>",
            "<text x=\"\(format((left + width - right) / 2))\" y=\"\(format(height - 18))\" text-anchor=\"middle\" fill=\"#14181d\">"
                + "false findings an hour</text>",
            "<text transform=\"translate(22 \(format(height / 2))) rotate(-90)\" text-anchor=\"middle\" fill=\"#14181d\">recall</text>",
            legend(x: left, entries: [("held out", "#c2410c"), ("chosen on", "#9db4cc"), ("× present profile", "#14181d")]),
            "</svg>",
        ]
        return parts.joined(separator: "\n") + "\n"
    }

    private static func legend(x: Double, entries: [(String, String)]) -> String {
        var at = x
        return entries.map { name, colour in
            defer { at += 40 + 7.5 * Double(name.count) }
            return "<rect x=\"\(format(at))\" y=\"40\" width=\"14\" height=\"4\" fill=\"\(colour)\"/>"
                + "<text x=\"\(format(at + 20))\" y=\"46\" fill=\"#14181d\">\(name)</text>"
        }.joined()
    }

    /// 1, 2 or 5 times a power of ten, above `value`.
    private static func niceLimit(_ value: Double) -> Double {
        var limit = 1.0
        while limit * 10 < value { limit *= 10 }
        return [1, 2, 5, 10].map { $0 * limit }.first { $0 >= value } ?? 10 * limit
    }

    private static func format(_ value: Double) -> String {
        let text = String(format: "%.2f", value)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
    }
}
