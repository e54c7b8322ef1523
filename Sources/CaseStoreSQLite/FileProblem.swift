import Casework
import Foundation

/// What the kernel said of a file, in the store's words.
struct FileProblem {
    var errno: Int32
    var path: String

    var error: CaseStoreError {
        switch errno {
        case EACCES, EPERM, EROFS: .readOnly(path: path)
        case ENOSPC, EDQUOT: .diskFull(path: path)
        default: .damaged(path: path, reason: String(cString: strerror(errno)))
        }
    }
}
