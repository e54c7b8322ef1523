import Foundation

/// The operating system's error codes that are told apart.
enum SystemCode {
    static let diskFull = ENOSPC
    static let quotaExceeded = EDQUOT
    static let readOnly = EROFS
    static let accessDenied = EACCES
    static let notPermitted = EPERM
    static let exists = EEXIST
    static let notFound = ENOENT
    static let isSymbolicLink = ELOOP

    static func text(_ code: Int32) -> String {
        "\(String(cString: strerror(code))) (\(code))"
    }
}
