/// A unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last of which checks the others.
public enum CreditCode {
    /// The characters in order of their value, 0…30: no I, O, S, V or Z.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
    private static let length = 18

    public enum Fault: Sendable, Hashable {
        case notEighteenCharacters(Int)
        case badCharacter(Character)
        /// The check character should be this one.
        case wrongCheck(expected: Character)

        public var text: BilingualText {
            switch self {
            case .notEighteenCharacters(let count):
                BilingualText(
                    zh: "统一社会信用代码须为 18 位，现为 \(count) 位。", en: "A unified social credit code has 18 characters; this one has \(count).")
            case .badCharacter(let character):
                BilingualText(
                    zh: "统一社会信用代码中不会有“\(character)”（只用数字和除 I、O、S、V、Z 以外的大写字母）。",
                    en: "No unified social credit code holds “\(character)”: digits and capital letters but I, O, S, V and Z only.")
            case .wrongCheck(let expected):
                BilingualText(
                    zh: "统一社会信用代码的校验位不对（应为“\(expected)”），请核对是否录错。",
                    en: "The code's last character should be “\(expected)”: look for a slip in the others.")
            }
        }
    }

    /// nil for a code that is well formed.
    public static func fault(of text: String) -> Fault? {
        let characters = Array(text)
        guard characters.count == length else { return .notEighteenCharacters(characters.count) }
        for character in characters where !alphabet.contains(character) { return .badCharacter(character) }
        let expected = check(characters.prefix(length - 1))
        return characters[length - 1] == expected ? nil : .wrongCheck(expected: expected)
    }

    /// GB 32100-2015 §4.7: the weights are 3ⁱ mod 31.
    private static func check(_ characters: ArraySlice<Character>) -> Character {
        var weight = 1
        var sum = 0
        for character in characters {
            sum += (alphabet.firstIndex(of: character) ?? 0) * weight
            weight = weight * 3 % alphabet.count
        }
        return alphabet[(alphabet.count - sum % alphabet.count) % alphabet.count]
    }
}
