import Casework

/// A language of the console; the raw value is what `?lang=` and the cookie hold.
enum Language: String, Sendable, CaseIterable {
    case zh
    case en

    /// For `<html lang>`.
    var tag: String { self == .zh ? "zh-CN" : "en" }

    var other: Language { self == .zh ? .en : .zh }
}

extension BilingualText {
    func text(_ language: Language) -> String { language == .zh ? zh : en }
}
