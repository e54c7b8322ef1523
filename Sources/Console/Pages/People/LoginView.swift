struct LoginView: Sendable {
    let t: Wording
    let frame: PageFrame
    let login: String
    let focusLogin: Bool
    let failure: String?

    init(_ model: LoginPage, _ context: PageContext) {
        t = Wording(language: context.language)
        frame = PageFrame(context, page: "login", title: t[.logIn])
        login = model.login
        focusLogin = model.login.isEmpty
        failure =
            switch model.failure {
            case nil: nil
            case .refused: t[.loginRefused]
            case .tooMany(let seconds): t.text(.loginTooMany, ["n": String(seconds)])
            case .stale: t[.formStale]
            }
    }
}
