/// What the evidence store and its key refuse, or what the disk under them did.
public enum EvidenceError: Error, Hashable, Sendable, CustomStringConvertible {
    case diskFull(path: String)
    case readOnly(path: String)
    case notPermitted(path: String)
    /// Another failure of the operating system, with its code (errno).
    case file(path: String, operation: String, code: Int32)
    /// Another process has the evidence store open.
    case locked(path: String)
    /// A package of this name is staged or sealed already.
    case exists(path: String)
    /// The caller's manifest or file name cannot be sealed.
    case invalid(String)
    /// A manifest or chain head on disk does not hold what it should.
    case damaged(path: String, reason: String)
    /// The signing key's file can be read by others.
    case keyExposed(path: String, mode: UInt32)
    case keyMalformed(path: String, reason: String)
    /// The `.pub` file beside the key does not hold this key's public half.
    case publicKeyDiffers(path: String, keyID: String)

    /// Sorts an `errno` into the cases above.
    public init(code: Int32, operation: String, path: String) {
        switch code {
        case SystemCode.diskFull, SystemCode.quotaExceeded: self = .diskFull(path: path)
        case SystemCode.readOnly: self = .readOnly(path: path)
        case SystemCode.accessDenied, SystemCode.notPermitted: self = .notPermitted(path: path)
        case SystemCode.exists: self = .exists(path: path)
        default: self = .file(path: path, operation: operation, code: code)
        }
    }

    public var description: String {
        switch self {
        case .diskFull(let path): "\(path): no space left on the disk; free some, nothing sealed was lost"
        case .readOnly(let path): "\(path): the disk is mounted read-only"
        case .notPermitted(let path): "\(path): permission denied; check owner and mode of the file and its folder"
        case .file(let path, let operation, let code): "\(path): \(operation) failed: \(SystemCode.text(code))"
        case .locked(let path): "\(path): another process has this evidence store open; stop it first"
        case .exists(let path): "\(path): exists already"
        case .invalid(let why): why
        case .damaged(let path, let reason): "\(path): damaged: \(reason)"
        case .keyExposed(let path, let mode):
            "\(path): others can read this signing key (mode \(String(mode, radix: 8))); run: chmod 600 '\(path)'"
        case .keyMalformed(let path, let reason):
            "\(path): no Ed25519 key in PEM (PKCS#8): \(reason); restore it from a backup, or move it away to have a new one made"
        case .publicKeyDiffers(let path, let keyID):
            "\(path): does not hold the public half of key \(keyID); if the key was changed on purpose, append the new one "
                + "(openssl pkey -in KEY -pubout >> '\(path)'), so that older packages can still be checked"
        }
    }
}
