import Casework
import Foundation
import GRDB

extension CaseStoreError {
    /// The error in the store's words; a cancelled task stays a `CancellationError`, a refusal of the case's life a `CaseLife.Refusal`.
    static func named(_ error: any Error, path: String) -> any Error {
        error is CancellationError || error is CaseLife.Refusal || error is NoticeRefusal ? error : CaseStoreError(error, path: path)
    }

    init(_ error: any Error, path: String) {
        switch error {
        case let error as CaseStoreError: self = error
        case let error as DatabaseError: self = CaseStoreError(database: error, path: path)
        default: self = .refused("\(path): \(error)")
        }
    }

    /// The result codes are those of sqlite.org/rescode.html. The message never holds statement arguments, which could be
    /// camera passwords.
    private init(database error: DatabaseError, path: String) {
        let message = error.message ?? "result code \(error.extendedResultCode.rawValue)"
        switch (error.resultCode, error.extendedResultCode) {
        // A full disk shows first where SQLite lengthens its shared-memory file.
        case (.SQLITE_FULL, _), (_, .SQLITE_IOERR_SHMSIZE): self = .diskFull(path: path)
        case (.SQLITE_READONLY, _), (.SQLITE_PERM, _): self = .readOnly(path: path)
        // SQLite does not tell a folder in which it may not make its log from having no file handle left.
        case (.SQLITE_CANTOPEN, _) where access(URL(fileURLWithPath: path).deletingLastPathComponent().path, W_OK) != 0:
            self = .readOnly(path: path)
        case (.SQLITE_CANTOPEN, _):
            self = .refused("\(path): \(message); is the limit of open files (ulimit -n) reached?")
        case (.SQLITE_BUSY, _), (.SQLITE_LOCKED, _), (.SQLITE_PROTOCOL, _): self = .locked(path: path)
        case (.SQLITE_CORRUPT, _), (.SQLITE_NOTADB, _): self = .damaged(path: path, reason: message)
        case (.SQLITE_IOERR, let code):
            self = .damaged(path: path, reason: "the disk or its file system failed, \(message), code \(code.rawValue)")
        case (_, .SQLITE_CONSTRAINT_UNIQUE), (_, .SQLITE_CONSTRAINT_PRIMARYKEY): self = .exists(message)
        case (.SQLITE_MISUSE, _): self = .refused("\(path): the store is closed")
        default: self = .refused("\(path): \(message)")
        }
    }
}
