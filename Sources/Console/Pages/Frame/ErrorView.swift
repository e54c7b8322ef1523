struct ErrorView: Sendable {
    let t: Wording
    let frame: PageFrame
    let status: Int
    let heading: String
    let explanation: String
    let detail: String?

    init(_ model: ErrorPage, _ context: PageContext) {
        t = Wording(language: context.language)
        let (heading, explanation): (Phrase, Phrase) =
            switch model.status {
            case 400, 422: (.errorBadRequest, .errorBadRequestText)
            case 401, 403: (.errorForbidden, .errorForbiddenText)
            case 404, 405: (.errorNotFound, .errorNotFoundText)
            case 413: (.errorTooLarge, .errorTooLargeText)
            case 429: (.errorTooMany, .errorTooManyText)
            default: (.errorServer, .errorServerText)
            }
        frame = PageFrame(context, page: "error", title: t[heading])
        status = model.status
        self.heading = t[heading]
        self.explanation = t[explanation]
        detail = model.detail
    }
}
