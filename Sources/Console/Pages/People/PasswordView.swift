struct PasswordView: Sendable {
    let t: Wording
    let frame: PageFrame
    let failure: String?
    let isDone: Bool

    init(_ model: PasswordPage, _ context: PageContext) {
        t = Wording(language: context.language)
        frame = PageFrame(context, page: "password", title: t[.changePassword])
        isDone = model.isDone
        failure =
            switch model.failure {
            case nil: nil
            case .currentWrong: t[.passwordWrong]
            case .notTheSame: t[.passwordDiffers]
            case .tooShort(let minimum): t.text(.passwordShort, ["n": String(minimum)])
            case .stale: t[.formStale]
            }
    }
}
