extension StateArchive {
    /// Where the bytes come from; believes no count that goes beyond them.
    final class Source {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        var isAtEnd: Bool { place == bytes.count }

        func int<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
            let one: [Value] = try elements(1)
            return one[0]
        }

        func elements<Value: FixedWidthInteger>(_ count: Int) throws -> [Value] {
            let width = MemoryLayout<Value>.size
            guard count <= (bytes.count - place) / width else { throw StateArchiveError.malformed("is cut off") }
            defer { place += count * width }
            return bytes.withUnsafeBytes { all in
                [Value](unsafeUninitializedCapacity: count) { buffer, filled in
                    // SAFETY: `count` elements lie between `place` and the end, as was checked; integers are plain memory, and
                    // the machines this runs on are little-endian.
                    UnsafeMutableRawBufferPointer(buffer).copyMemory(
                        from: UnsafeRawBufferPointer(rebasing: all[place..<place + count * width]))
                    filled = count
                }
            }
        }

        func text() throws -> String {
            let count = Int(try int(UInt32.self))
            let utf8: [UInt8] = try elements(count)
            return String(decoding: utf8, as: UTF8.self)
        }

        /// The next text, which stays.
        func peekText() throws -> String {
            let start = place
            defer { place = start }
            return try text()
        }
    }
}

struct StateDecoder: Decoder {
    let source: StateArchive.Source
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { Unkeyed(decoder: self, count: Int(try source.int(UInt32.self))) }
    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    func decodeValue<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if let numbers = type as? any NumberArray.Type, let value = try numbers.take(from: source) as? Value { return value }
        return try Value(from: self)
    }

    func bool() throws -> Bool {
        switch try source.int(UInt8.self) {
        case 0: false
        case 1: true
        default: throw StateArchiveError.malformed("holds a value that cannot be")
        }
    }

    func double() throws -> Double { Double(bitPattern: try source.int(UInt64.self)) }

    struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: StateDecoder
        var codingPath: [any CodingKey] { [] }
        /// Asked only by enumerations: the name of the case that follows.
        var allKeys: [Key] { (try? decoder.source.peekText()).flatMap { Key(stringValue: $0) }.map { [$0] } ?? [] }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) throws -> Bool { try !decoder.bool() }
        func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder.bool() }
        func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder.source.text() }
        func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder.double() }
        func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(bitPattern: try decoder.source.int(UInt32.self)) }
        func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try decoder.source.int(type) }
        func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try decoder.source.int(type) }
        func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try decoder.source.int(type) }
        func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try decoder.source.int(type) }
        func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try decoder.source.int(type) }
        func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try decoder.source.int(type) }
        func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try decoder.source.int(type) }
        func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try decoder.source.int(type) }
        func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try decoder.source.int(type) }
        func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try decoder.source.int(type) }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoder.decodeValue(type) }

        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type) }
        func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type) }
        func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type) }
        func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try optional(type) }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type) }
        func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try optional(type) }
        func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try optional(type) }
        func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type) }
        func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type) }
        func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try optional(type) }
        func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try optional(type) }
        func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try optional(type) }
        func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try optional(type) }
        func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try optional(type) }
        func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? { try optional(type) }

        private func optional<Value: Decodable>(_ type: Value.Type) throws -> Value? {
            try decoder.bool() ? try decoder.decodeValue(type) : nil
        }

        func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
            _ = try decoder.source.text()
            return decoder.container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try decoder.unkeyedContainer() }
        func superDecoder() -> any Decoder { decoder }
        func superDecoder(forKey key: Key) -> any Decoder { decoder }
    }

    struct Unkeyed: UnkeyedDecodingContainer {
        let decoder: StateDecoder
        let count: Int?
        var currentIndex = 0
        var codingPath: [any CodingKey] { [] }
        var isAtEnd: Bool { currentIndex >= count ?? 0 }

        init(decoder: StateDecoder, count: Int) {
            self.decoder = decoder
            self.count = count
        }

        mutating func decodeNil() throws -> Bool { try !decoder.bool() }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            return try decoder.decodeValue(type)
        }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
            currentIndex += 1
            return decoder.container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            currentIndex += 1
            return try decoder.unkeyedContainer()
        }
        mutating func superDecoder() -> any Decoder { decoder }
    }

    struct Single: SingleValueDecodingContainer {
        let decoder: StateDecoder
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { (try? !decoder.bool()) ?? true }
        func decode(_ type: Bool.Type) throws -> Bool { try decoder.bool() }
        func decode(_ type: String.Type) throws -> String { try decoder.source.text() }
        func decode(_ type: Double.Type) throws -> Double { try decoder.double() }
        func decode(_ type: Float.Type) throws -> Float { Float(bitPattern: try decoder.source.int(UInt32.self)) }
        func decode(_ type: Int.Type) throws -> Int { try decoder.source.int(type) }
        func decode(_ type: Int8.Type) throws -> Int8 { try decoder.source.int(type) }
        func decode(_ type: Int16.Type) throws -> Int16 { try decoder.source.int(type) }
        func decode(_ type: Int32.Type) throws -> Int32 { try decoder.source.int(type) }
        func decode(_ type: Int64.Type) throws -> Int64 { try decoder.source.int(type) }
        func decode(_ type: UInt.Type) throws -> UInt { try decoder.source.int(type) }
        func decode(_ type: UInt8.Type) throws -> UInt8 { try decoder.source.int(type) }
        func decode(_ type: UInt16.Type) throws -> UInt16 { try decoder.source.int(type) }
        func decode(_ type: UInt32.Type) throws -> UInt32 { try decoder.source.int(type) }
        func decode(_ type: UInt64.Type) throws -> UInt64 { try decoder.source.int(type) }
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decodeValue(type) }
    }
}
