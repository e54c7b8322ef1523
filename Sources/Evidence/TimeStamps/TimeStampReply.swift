import COpenSSL

/// An authority's word that a hash was there at a time (RFC 3161 §2.4.2), checked against what it was asked.
public struct TimeStampReply: Sendable, Hashable {
    /// More than ten times what a token with its certificates takes.
    public static let limitBytes = 1 << 18

    /// When the authority saw the hash, UTC by its own clock, as `20261123121530Z` with a fraction where it gives one.
    public var time: String
    /// Hex digits.
    public var serial: String
    /// Whether the authority's signature was checked down to a trusted certificate.
    public var isSignatureChecked: Bool

    /// Checks status, version, imprint and nonce, and the signature if certificates are given.
    ///
    /// - Parameters:
    ///   - der: as it came, `application/timestamp-reply`.
    ///   - certificates: a PEM file of the certificates that are trusted; nil leaves the signature to others:
    ///     `openssl ts -verify` does it at any time later.
    public init(der: [UInt8], to request: TimeStampRequest, certificates: String? = nil) throws(TimeStampError) {
        ERR_clear_error()
        guard der.count <= Self.limitBytes else { throw .malformedReply("larger than 256 KiB") }
        guard let asked = Self.parse(request.der, d2i_TS_REQ) else { throw .malformedRequest(TimeStampError.libraryReason()) }
        defer { TS_REQ_free(asked) }
        guard let reply = Self.parse(der, d2i_TS_RESP) else { throw .malformedReply(TimeStampError.libraryReason()) }
        defer { TS_RESP_free(reply) }
        let status = TS_RESP_get_status_info(reply).flatMap { TS_STATUS_INFO_get0_status($0) }.map { ASN1_INTEGER_get($0) }
        // 0 is granted, 1 granted with modifications.
        guard let status, (0...1).contains(status) else { throw .rejected(status: status ?? -1) }
        guard let check = TS_REQ_to_TS_VERIFY_CTX(asked, nil) else { throw .malformedRequest(TimeStampError.libraryReason()) }
        defer { TS_VERIFY_CTX_free(check) }
        if let certificates {
            guard let store = X509_STORE_new() else { throw .certificates(path: certificates, reason: "out of memory") }
            guard X509_STORE_load_file(store, certificates) == 1 else {
                X509_STORE_free(store)
                throw .certificates(path: certificates, reason: TimeStampError.libraryReason())
            }
            // The context owns the store from here on.
            _ = TS_VERIFY_CTX_set_store(check, store)
            _ = TS_VERIFY_CTX_add_flags(check, Int32(cossl_verify_signature))
        }
        guard TS_RESP_verify_response(check, reply) == 1 else { throw .doesNotFit(TimeStampError.libraryReason()) }
        guard let info = TS_RESP_get_tst_info(reply), let time = TS_TST_INFO_get_time(info).flatMap({ Self.text(of: $0) }) else {
            throw .malformedReply("it holds no time")
        }
        self.time = time
        serial = TS_TST_INFO_get_serial(info).flatMap { Self.hex(of: $0) } ?? ""
        isSignatureChecked = certificates != nil
    }

    private static func parse(
        _ der: [UInt8],
        _ read: (UnsafeMutablePointer<OpaquePointer?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, Int) -> OpaquePointer?
    ) -> OpaquePointer? {
        der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            // SAFETY: reads no more than `count` bytes and copies what it keeps.
            guard let object = read(nil, &start, buffer.count) else { return nil }
            return object
        }
    }

    /// Only digits, a point and `Z` are a time; nothing else of a reply may reach a page.
    private static func text(of time: UnsafePointer<ASN1_STRING>) -> String? {
        let count = Int(ASN1_STRING_length(time))
        guard (13...32).contains(count), let start = ASN1_STRING_get0_data(time) else { return nil }
        // SAFETY: the string holds `count` bytes and lives as long as the reply.
        let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        return text.utf8.allSatisfy { (48...57).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "Z") } ? text : nil
    }

    private static func hex(of number: UnsafePointer<ASN1_INTEGER>) -> String? {
        let count = Int(ASN1_STRING_length(number))
        guard (1...64).contains(count), let start = ASN1_STRING_get0_data(number) else { return nil }
        // SAFETY: as above.
        return ContentHash.hex(UnsafeBufferPointer(start: start, count: count))
    }
}

extension AddendumDraft {
    static let requestName = "request.tsq"
    static let replyName = "reply.tsr"

    /// A time-stamp of the package's manifest, which can be had once.
    /// - Parameter reply: as it came; `stamp` is what it was checked to say.
    public init(
        timeStamp stamp: TimeStampReply, request: TimeStampRequest, reply: [UInt8], authority: String, createdAt: WallTime
    ) {
        self.init(
            kind: .timeStamp, createdAt: createdAt, author: "machine", token: "manifest",
            record: [
                "authority": .string(authority), "time": .string(stamp.time), "serial": .string(stamp.serial),
                "signatureChecked": .bool(stamp.isSignatureChecked),
            ],
            files: [
                File(name: Self.requestName, role: "request", bytes: request.der),
                File(name: Self.replyName, role: "reply", bytes: reply),
            ])
    }
}

extension Addendum {
    /// Why the time-stamp that it holds is not one of this package's manifest; nil if it is, or if it holds none.
    func timeStampFlaw(in folder: String, manifestSHA256: ContentHash?) -> String? {
        guard kind == .timeStamp else { return nil }
        do {
            func read(_ name: String) throws(EvidenceError) -> [UInt8] {
                try OpenFile(reading: folder + "/" + name).readAll(limit: TimeStampReply.limitBytes) ?? []
            }
            let request = TimeStampRequest(der: try read(AddendumDraft.requestName))
            guard request.imprint == manifestSHA256 else { return "it is of another hash than the manifest's" }
            _ = try TimeStampReply(der: try read(AddendumDraft.replyName), to: request)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
