/// Where things lie in a store, and which names may be part of a path.
enum StoreLayout {
    static let manifestName = "manifest.json"
    static let headName = "chain.json"
    /// The folder of a package that holds what came later.
    static let addendaName = "addenda"
    static let addendumName = "addendum.json"
    /// More than a thousand times what a package needs.
    static let manifestLimitBytes = 4 << 20

    static func evidence(_ root: String) -> String { root + "/evidence" }
    static func staging(_ root: String) -> String { root + "/staging" }
    static func deletions(_ root: String) -> String { root + "/deletions" }
    static func publicKey(_ root: String) -> String { root + "/key.pub" }

    /// 1…64 characters out of a–z, 0–9, `-`, `_`, `.`, not beginning with a dot: never a path, never hidden.
    static func isSafeName(_ name: String) -> Bool {
        let bytes = name.utf8
        guard (1...64).contains(bytes.count), bytes.first != UInt8(ascii: ".") else { return false }
        return bytes.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || "-_.".utf8.contains(byte)
        }
    }

    /// Whether the name may be a file of a package beside its manifest.
    static func isFileName(_ name: String) -> Bool {
        isSafeName(name) && name != manifestName && name != addendaName && name != addendumName
    }
}
