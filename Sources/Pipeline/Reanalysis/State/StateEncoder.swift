/// Writes a value as bytes without names: what a checkpoint of an analysis is kept as.
///
/// Values follow each other in the order in which they encode themselves, little-endian; planes go as they lie in memory, which
/// is what makes a checkpoint of two megabytes cost milliseconds. Only the same version of the program can read them: a
/// checkpoint lives as long as its run.
enum StateArchive {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let sink = Sink()
        try StateEncoder(sink: sink).encodeValue(value)
        return sink.bytes
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
        let source = Source(bytes)
        let value = try StateDecoder(source: source).decodeValue(type)
        guard source.isAtEnd else { throw StateArchiveError.malformed("has bytes left over") }
        return value
    }

    /// Where the bytes go; shared by the containers of one encoding.
    final class Sink {
        var bytes: [UInt8] = []

        func put(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
        }

        func put(_ text: String) {
            put(UInt32(text.utf8.count))
            bytes.append(contentsOf: text.utf8)
        }
    }
}

/// Why a checkpoint cannot be read.
enum StateArchiveError: Error, Sendable, CustomStringConvertible {
    case malformed(String)

    var description: String {
        switch self {
        case .malformed(let reason): "the checkpoint \(reason)"
        }
    }
}

/// Planes and other long arrays of numbers: copied whole.
protocol NumberArray: Codable {
    func put(into sink: StateArchive.Sink)
    static func take(from source: StateArchive.Source) throws -> Self
}

extension Array: NumberArray where Element: FixedWidthInteger & Codable {
    func put(into sink: StateArchive.Sink) {
        sink.put(UInt32(count))
        // SAFETY: integers are plain memory; the machines this runs on are little-endian.
        withUnsafeBytes { sink.bytes.append(contentsOf: $0) }
    }

    static func take(from source: StateArchive.Source) throws -> [Element] {
        let count = Int(try source.int(UInt32.self))
        return try source.elements(count)
    }
}

struct StateEncoder: Encoder {
    let sink: StateArchive.Sink
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Keyed<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Unkeyed(encoder: self) }
    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    func encodeValue<Value: Encodable>(_ value: Value) throws {
        switch value {
        case let numbers as any NumberArray: numbers.put(into: sink)
        default: try value.encode(to: self)
        }
    }

    func put(_ value: Double) { sink.put(value.bitPattern) }
    func put(_ value: Bool) { sink.put(UInt8(value ? 1 : 0)) }

    struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: StateEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { encoder.put(false) }
        func encode(_ value: Bool, forKey key: Key) { encoder.put(value) }
        func encode(_ value: String, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: Double, forKey key: Key) { encoder.put(value) }
        func encode(_ value: Float, forKey key: Key) { encoder.sink.put(value.bitPattern) }
        func encode(_ value: Int, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: Int8, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: Int16, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: Int32, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: Int64, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: UInt, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: UInt8, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: UInt16, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: UInt32, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: UInt64, forKey key: Key) { encoder.sink.put(value) }
        func encode(_ value: some Encodable, forKey key: Key) throws { try encoder.encodeValue(value) }

        // Absent and present are told apart by a byte, where JSON leaves the name out.
        func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: String?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try optional(value) }
        func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws { try optional(value) }

        private func optional(_ value: (some Encodable)?) throws {
            encoder.put(value != nil)
            if let value { try encoder.encodeValue(value) }
        }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
            // Cases of enumerations are told apart by the name of the container that holds their values.
            encoder.sink.put(key.stringValue)
            return encoder.container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder }
        func superEncoder(forKey key: Key) -> any Encoder { encoder }
    }

    /// How many elements there are goes before them, and is counted up as they come.
    struct Unkeyed: UnkeyedEncodingContainer {
        let encoder: StateEncoder
        private let place: Int
        private(set) var count = 0
        var codingPath: [any CodingKey] { [] }

        init(encoder: StateEncoder) {
            self.encoder = encoder
            place = encoder.sink.bytes.count
            encoder.sink.put(UInt32(0))
        }

        mutating func encodeNil() {
            countUp()
            encoder.put(false)
        }

        mutating func encode(_ value: some Encodable) throws {
            countUp()
            try encoder.encodeValue(value)
        }

        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            countUp()
            return encoder.container(keyedBy: type)
        }

        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            countUp()
            return encoder.unkeyedContainer()
        }

        mutating func superEncoder() -> any Encoder { encoder }

        private mutating func countUp() {
            count += 1
            for byte in 0..<4 { encoder.sink.bytes[place + byte] = UInt8(truncatingIfNeeded: count >> (8 * byte)) }
        }
    }

    struct Single: SingleValueEncodingContainer {
        let encoder: StateEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { encoder.put(false) }
        func encode(_ value: Bool) { encoder.put(value) }
        func encode(_ value: String) { encoder.sink.put(value) }
        func encode(_ value: Double) { encoder.put(value) }
        func encode(_ value: Float) { encoder.sink.put(value.bitPattern) }
        func encode(_ value: Int) { encoder.sink.put(value) }
        func encode(_ value: Int8) { encoder.sink.put(value) }
        func encode(_ value: Int16) { encoder.sink.put(value) }
        func encode(_ value: Int32) { encoder.sink.put(value) }
        func encode(_ value: Int64) { encoder.sink.put(value) }
        func encode(_ value: UInt) { encoder.sink.put(value) }
        func encode(_ value: UInt8) { encoder.sink.put(value) }
        func encode(_ value: UInt16) { encoder.sink.put(value) }
        func encode(_ value: UInt32) { encoder.sink.put(value) }
        func encode(_ value: UInt64) { encoder.sink.put(value) }
        func encode(_ value: some Encodable) throws { try encoder.encodeValue(value) }
    }
}
