import COpenSSL

/// A request for a time-stamp of a hash (RFC 3161 §2.4.1): version 1, SHA-256, a nonce, and the authority's certificate asked for.
public struct TimeStampRequest: Sendable, Hashable {
    /// What is sent as `application/timestamp-query`.
    public let der: [UInt8]

    /// Bytes of a request that was kept; checked when its reply is.
    public init(der: [UInt8]) {
        self.der = der
    }

    /// - Parameters:
    ///   - imprint: of the whole `manifest.json`.
    ///   - nonce: random, so that no old reply can be played back.
    public init(imprint: ContentHash, nonce: UInt64) throws(TimeStampError) {
        guard let request = TS_REQ_new(), let hash = TS_MSG_IMPRINT_new(), let algorithm = X509_ALGOR_new(),
            let number = ASN1_INTEGER_new()
        else { throw .malformedRequest("out of memory") }
        defer {
            TS_REQ_free(request)
            TS_MSG_IMPRINT_free(hash)
            X509_ALGOR_free(algorithm)
            ASN1_INTEGER_free(number)
        }
        var digest = imprint.bytes
        // SAFETY: every setter copies what it is given; all objects are freed above.
        guard TS_REQ_set_version(request, 1) == 1,
            X509_ALGOR_set0(algorithm, OBJ_nid2obj(cossl_nid_sha256), V_ASN1_NULL, nil) == 1,
            TS_MSG_IMPRINT_set_algo(hash, algorithm) == 1,
            TS_MSG_IMPRINT_set_msg(hash, &digest, Int32(digest.count)) == 1, TS_REQ_set_msg_imprint(request, hash) == 1,
            ASN1_INTEGER_set_uint64(number, nonce) == 1, TS_REQ_set_nonce(request, number) == 1,
            TS_REQ_set_cert_req(request, 1) == 1
        else { throw .malformedRequest(TimeStampError.libraryReason()) }
        let length = i2d_TS_REQ(request, nil)
        guard length > 0 else { throw .malformedRequest(TimeStampError.libraryReason()) }
        var bytes = [UInt8](repeating: 0, count: Int(length))
        bytes.withUnsafeMutableBufferPointer { buffer in
            var end = buffer.baseAddress
            // SAFETY: writes the `length` bytes that it said it needs.
            _ = i2d_TS_REQ(request, &end)
        }
        der = bytes
    }

    /// The hash that it asks a time-stamp for; nil if the request is none.
    public var imprint: ContentHash? {
        var start: UnsafePointer<UInt8>?
        return der.withUnsafeBufferPointer { buffer in
            start = buffer.baseAddress
            // SAFETY: reads no more than the `count` bytes of the buffer; the object is freed below.
            guard let request = d2i_TS_REQ(nil, &start, buffer.count) else { return nil }
            defer { TS_REQ_free(request) }
            guard let hash = TS_REQ_get_msg_imprint(request), let message = TS_MSG_IMPRINT_get_msg(hash),
                ASN1_STRING_length(message) == 32, let bytes = ASN1_STRING_get0_data(message)
            else { return nil }
            return ContentHash(hex: ContentHash.hex(UnsafeBufferPointer(start: bytes, count: 32)))
        }
    }
}

/// Why a time-stamp cannot be relied on.
public enum TimeStampError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformedRequest(String)
    case malformedReply(String)
    /// The authority said no, with its PKIStatus (RFC 3161 §2.4.2).
    case rejected(status: Int)
    /// The reply is to another request, hash or nonce, or its signature does not hold.
    case doesNotFit(String)
    case certificates(path: String, reason: String)

    public var description: String {
        switch self {
        case .malformedRequest(let reason): "the time-stamp request is malformed: \(reason)"
        case .malformedReply(let reason): "the time-stamp reply is malformed: \(reason)"
        case .rejected(let status): "the time-stamp authority refused the request (PKIStatus \(status))"
        case .doesNotFit(let reason): "the time-stamp does not fit the request: \(reason)"
        case .certificates(let path, let reason): "\(path): no certificates could be read: \(reason)"
        }
    }

    /// What libcrypto has to say of its last failure on this thread.
    static func libraryReason() -> String {
        var reason = "unknown"
        while true {
            let code = ERR_get_error()
            if code == 0 { return reason }
            if let text = ERR_reason_error_string(code) { reason = String(cString: text) }
        }
    }
}

extension ContentHash {
    /// The 32 bytes.
    var bytes: [UInt8] {
        let digits = Array(hex.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
