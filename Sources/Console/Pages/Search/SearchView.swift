import Casework

struct SearchView: Sendable {
    struct Link: Sendable {
        let href: String
        let label: String
    }

    let t: Wording
    let frame: PageFrame
    let text: String
    let summary: String?
    let channels: [Link]
    let rows: [CaseRowView]
    let isEmpty: Bool

    init(_ model: SearchPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "search", title: t[.searchTitle], place: "/queue")
        text = model.text
        summary = model.isFull ? t.text(.searchNewest, ["n": String(model.rows.count)]) : nil
        channels = model.channels.map {
            Link(href: "/queue" + QueueFilter(state: nil, channel: $0.id).query(), label: $0.name.isEmpty ? $0.id : $0.name)
        }
        rows = model.rows.map { CaseRowView($0, context) }
        isEmpty = model.rows.isEmpty && model.channels.isEmpty
    }
}
