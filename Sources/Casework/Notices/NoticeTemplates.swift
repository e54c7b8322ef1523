/// All templates of the place, in the order of the menu.
public struct NoticeTemplates: Codable, Sendable, Hashable {
    public var all: [NoticeTemplate]

    public init(_ all: [NoticeTemplate]) {
        self.all = all
    }

    public init(from decoder: any Decoder) throws {
        all = try decoder.singleValueContainer().decode([NoticeTemplate].self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(all)
    }

    public func template(_ id: String) -> NoticeTemplate? { all.first { $0.id == id } }

    /// Those for an action on such a case, in the order of the menu.
    public func fitting(_ kind: CaseAction.Kind, violation: String) -> [NoticeTemplate] {
        all.filter { $0.fits(kind, violation: violation) }
    }

    /// What is wrong with one template, in words that follow “templates[3] (id): ”.
    /// - Parameter violations: the ids that there are.
    public static func problems(of template: NoticeTemplate, violations: Set<String>) -> [String] {
        var problems: [String] = []
        if !template.id.isIdentifier { problems.append("the id may hold a–z, 0–9 and -, a letter first") }
        if template.name.isEmpty { problems.append("the name is empty in one language") }
        if template.law.isBlank { problems.append("the law's article is empty; a message says what it rests on") }
        if template.text.isBlank { problems.append("the text is empty") }
        if template.text.count > NoticeTemplate.textLimit {
            problems.append("the text has \(template.text.count) characters; at most \(NoticeTemplate.textLimit) are sent")
        }
        if template.kinds.isEmpty { problems.append("kinds is empty; write remind, order or both") }
        for kind in template.kinds where kind != .remind && kind != .order {
            problems.append("kinds holds “\(kind.rawValue)”; messages go with remind and order only")
        }
        for violation in template.violations where !violations.contains(violation) {
            problems.append("“\(violation)” is no violation of violations.yaml")
        }
        let known = NoticeTemplate.Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
        for name in template.names where NoticeTemplate.Placeholder(rawValue: name) == nil {
            problems.append("{\(name.prefix(40))} is no placeholder; known are \(known)")
        }
        if !template.names.contains(NoticeTemplate.Placeholder.due.rawValue) {
            problems.append("the text does not say until when: {due} is missing")
        }
        return problems
    }
}
