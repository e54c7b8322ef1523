/// Reads the text format 0.0.4 and refuses whatever Prometheus would, and a little more: families without help or type,
/// samples outside their family, a sample that is there twice.
enum PrometheusReader {
    struct Malformed: Error {
        var line: Int
        var reason: String
    }

    struct Sample: Hashable {
        var labels: [String: String]
        var value: Double
    }

    struct Family {
        var type: String
        var samples: [Sample] = []

        func value(_ labels: [String: String]) -> Double? { samples.first { $0.labels == labels }?.value }
    }

    static func read(_ text: String) throws -> [String: Family] {
        guard text.hasSuffix("\n") else { throw Malformed(line: 0, reason: "the last line does not end") }
        var families: [String: Family] = [:]
        var helped: String?
        var current: String?
        for (place, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated() {
            func fail(_ reason: String) -> Malformed { Malformed(line: place + 1, reason: "\(reason): \(line)") }
            if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
                helped = String(match.1)
                current = nil
            } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge)/) {
                let name = String(match.1)
                guard helped == name else { throw fail("a type without help before it") }
                guard families[name] == nil else { throw fail("a family twice") }
                families[name] = Family(type: String(match.2))
                current = name
            } else if let match = line.wholeMatch(of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? ([^ ]+)/) {
                guard let current, match.1 == current else { throw fail("a sample outside its family") }
                guard let value = Double(match.3) else { throw fail("no number") }
                let labels = try match.2.map { try Self.labels($0) { fail($0) } } ?? [:]
                guard families[current]?.value(labels) == nil else { throw fail("a sample twice") }
                families[current]?.samples.append(Sample(labels: labels, value: value))
            } else {
                throw fail("neither comment nor sample")
            }
        }
        guard families.values.allSatisfy({ !$0.samples.isEmpty }) else { throw Malformed(line: 0, reason: "an empty family") }
        return families
    }

    private static func labels(_ text: Substring, _ fail: (String) -> Malformed) throws -> [String: String] {
        var rest = text.dropFirst().dropLast()
        var labels: [String: String] = [:]
        while !rest.isEmpty {
            guard let match = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/) else {
                throw fail("malformed labels")
            }
            guard labels[String(match.1)] == nil else { throw fail("a label twice") }
            labels[String(match.1)] = String(match.2)
            rest = rest[match.range.upperBound...]
        }
        return labels
    }
}
