import Foundation
import Mustache

/// The console's texts in one language; templates reach them by name as children of `t`.
struct Wording: Sendable, MustacheParent {
    let language: Language

    subscript(_ phrase: Phrase) -> String { phrase.text.text(language) }

    /// The text with each `{name}` replaced by its value.
    func text(_ phrase: Phrase, _ values: KeyValuePairs<String, String>) -> String {
        var text = self[phrase]
        for (name, value) in values { text = text.replacingOccurrences(of: "{\(name)}", with: value) }
        return text
    }

    func child(named name: String) -> Any? { Phrase(rawValue: name).map { self[$0] } }
}
