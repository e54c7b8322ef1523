import Foundation

/// A JSON document with its signature inside, so that one file can be checked by itself.
///
/// The body document is `B = "{…}\n"`, encoded once. The file is `B` without its closing `"\n}\n"`, followed by
/// `",\n  \"signature\" : {…}\n}\n"`, so that `signature` is the last top-level member. The signature covers the bytes of
/// `B`. The checker cuts the member out of the file's own bytes to get `B` back and never encodes `B` again; the member
/// itself has exactly one accepted spelling, so no byte of the file can change unseen.
package struct SignedDocument {
    package enum Flaw: Error, Hashable, Sendable {
        case unsigned
        case malformed(String)
    }

    var body: [UInt8]
    var key: VerifyingKey
    var signature: [UInt8]

    var isIntact: Bool { key.accepts(signature: signature, of: body) }

    /// The file's bytes for a value that encodes to a JSON object.
    package static func seal(_ value: some Encodable, with key: SigningKey) throws(EvidenceError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let body: [UInt8]
        do {
            body = [UInt8](try encoder.encode(value)) + Array("\n".utf8)
        } catch {
            throw .invalid("the manifest cannot be written as JSON: \(MalformedJSON.reason(for: error))")
        }
        guard body.suffix(closing.count) == closing[...] else {
            throw .invalid("the manifest is not a JSON object with members")
        }
        let signature = try key.signature(of: body)
        return body.dropLast(closing.count) + member(of: key.publicKey, signature: signature)
    }

    init(_ file: [UInt8]) throws(Flaw) {
        guard let start = Self.lastIndex(of: Self.opening, in: file) else { throw .unsigned }
        let tail = file[start...]
        guard tail.suffix(Self.closing.count) == Self.closing[...] else {
            throw .malformed("the signature is not the last member")
        }
        let object = tail.dropFirst(Self.opening.count - 1).dropLast(Self.closing.count)
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Fields.self, from: Data(object))
        } catch {
            throw .malformed(MalformedJSON.reason(for: error))
        }
        guard fields.algorithm == Self.algorithm else {
            throw .malformed("unknown algorithm “\(fields.algorithm.prefix(40))”")
        }
        guard let raw = Data(base64Encoded: fields.publicKey), let key = VerifyingKey(rawBytes: [UInt8](raw)) else {
            throw .malformed("publicKey is no Ed25519 key in base64")
        }
        guard let value = Data(base64Encoded: fields.value), value.count == 64 else {
            throw .malformed("value is no Ed25519 signature in base64")
        }
        guard tail.elementsEqual(Self.member(of: key, signature: [UInt8](value))) else {
            throw .malformed("it is not spelt as it was sealed, or keyID does not belong to publicKey")
        }
        body = file[..<start] + Self.closing
        self.key = key
        signature = [UInt8](value)
    }

    private struct Fields: Decodable {
        var algorithm: String
        var publicKey: String
        var value: String
    }

    private static let algorithm = "Ed25519"
    private static let opening = Array(",\n  \"signature\" : {".utf8)
    private static let closing = Array("\n}\n".utf8)

    private static func member(of key: VerifyingKey, signature: [UInt8]) -> [UInt8] {
        opening
            + Array(
                """

                    "algorithm" : "\(algorithm)",
                    "keyID" : "\(key.keyID)",
                    "publicKey" : "\(Data(key.rawBytes).base64EncodedString())",
                    "value" : "\(Data(signature).base64EncodedString())"
                  }
                """.utf8) + closing
    }

    private static func lastIndex(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        var index = bytes.count - pattern.count
        while index >= 0 {
            if bytes[index] == pattern[0], bytes[index..<index + pattern.count] == pattern[...] { return index }
            index -= 1
        }
        return nil
    }
}
