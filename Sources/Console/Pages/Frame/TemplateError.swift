/// Why the pages' templates cannot be used; found at start, never while a page is made.
enum TemplateError: Error, Sendable, CustomStringConvertible {
    case folderMissing(path: String)
    case templateMissing(name: String, folder: String)
    case malformed(name: String, reason: String)
    case unknownPhrase(name: String, phrase: String)

    var description: String {
        switch self {
        case .folderMissing(let path): "\(path): the templates are not there; install the program with its resource bundles"
        case .templateMissing(let name, let folder): "\(folder): \(name).mustache is missing"
        case .malformed(let name, let reason): "\(name).mustache: \(reason)"
        case .unknownPhrase(let name, let phrase): "\(name).mustache says “\(phrase)”, which no phrase has as its name"
        }
    }
}
