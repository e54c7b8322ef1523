import Foundation

/// Writes the text format that Prometheus scrapes, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
struct PrometheusText: Sendable {
    enum Kind: String { case counter, gauge }

    /// One line of a family: its labels and its value.
    struct Sample {
        var labels: KeyValuePairs<String, String>
        var value: Double

        init(_ labels: KeyValuePairs<String, String> = [:], _ value: Double) {
            self.labels = labels
            self.value = value
        }
    }

    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    /// A metric with its help and type; nothing at all without samples.
    /// - Parameter name: letters, digits and `_`; a counter's ends in `_total`.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        precondition(kind != .counter || name.hasSuffix("_total"), "the counter \(name) must end in _total")
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(Self.escaped(help))\n# TYPE \(name) \(kind.rawValue)\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.key)=\"\(Self.escaped($0.value).replacingOccurrences(of: "\"", with: "\\\""))\"" }
            text += name + (labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}") + " \(Self.number(sample.value))\n"
        }
    }

    /// A backslash and a line's end would break the line; labels escape the quote as well.
    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\n", with: "\\n")
    }

    /// Whole numbers without a point, the rest as Go's ParseFloat reads it.
    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
