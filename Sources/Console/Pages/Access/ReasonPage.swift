import Casework

/// Why somebody wants to see a case that is not waiting for them.
struct ReasonPage: Sendable {
    var caseID: String
    /// Where the answer leads: an address of this console.
    var next: String
    var rules: AccessRules
    var chosen: String?
    var words: String
    var failure: String?
}

struct ReasonView: Sendable {
    struct Choice: Sendable {
        let code: String
        let label: String
        let isChosen: Bool
    }

    let t: Wording
    let frame: PageFrame
    let caseID: String
    let next: String
    let about: String
    let choices: [Choice]
    let words: String
    let wordsLimit: Int
    let failure: String?

    init(_ model: ReasonPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "reason", title: t[.accessReason], place: "/queue")
        caseID = model.caseID
        next = model.next
        about = t.text(.accessReasonAbout, ["n": String(model.rules.rememberMinutes)])
        choices = model.rules.reasons.map {
            Choice(code: $0.code, label: $0.name.text(context.language), isChosen: $0.code == model.chosen)
        }
        words = model.words
        wordsLimit = AccessRules.textLimit
        failure = model.failure
    }
}
