/// A device's 20-digit code of GB/T 28181 (annex D): area and unit (10 digits), type (3), network (1), serial number (6).
public struct NationalID: Sendable, Hashable {
    /// What digits 11 to 13 say the code stands for.
    public enum Kind: Sendable, Hashable {
        /// 131, 132: a picture.
        case camera
        /// 111 to 130 but for 131 and 132, such as 118, a recorder: a device with cameras below it.
        case device
        /// 200: a platform's own server.
        case server
        /// 215, 216: a folder that an operator made.
        case folder
        case other
    }

    /// Why a text is no camera's code.
    public enum Fault: Sendable, Hashable {
        case notTwentyDigits
        /// The first two digits name no province of GB/T 2260.
        case noArea
        /// The digits 11 to 13, which are no camera's.
        case noCamera(type: String)
    }

    public let text: String

    /// Any 20 digits; `fault` says whether they can be a camera's.
    public init?(_ text: String) {
        guard text.utf8.count == 20, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        self.text = text
    }

    public var kind: Kind {
        switch Int(type) ?? 0 {
        case 131, 132: .camera
        case 111...130: .device
        case 200: .server
        case 215, 216: .folder
        default: .other
        }
    }

    /// Digits 11 to 13.
    public var type: String { String(text.dropFirst(10).prefix(3)) }

    /// nil for what can be a camera's code.
    public static func fault(of text: String) -> Fault? {
        guard let id = NationalID(text) else { return .notTwentyDigits }
        // Regions of GB/T 2260 are numbered from 11 (Beijing) to 82 (Macau).
        guard let area = Int(text.prefix(2)), (11...82).contains(area) else { return .noArea }
        return id.kind == .camera ? nil : .noCamera(type: id.type)
    }
}
