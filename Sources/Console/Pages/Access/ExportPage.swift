import Casework
import Evidence

/// `/cases/{id}/export`: what of a case may be taken out.
struct ExportPage: Sendable {
    var caseID: String
    /// The package's originals.
    var files: [EvidenceManifest.File]
    var mayUnmask: Bool
    /// In words.
    var reason: String
}

struct ExportView: Sendable {
    struct Row: Sendable {
        let label: String
        let name: String
        let maskedHref: String?
        let unmaskedHref: String?
    }

    let t: Wording
    let frame: PageFrame
    let caseID: String
    let caseHref: String
    let reasonText: String
    let rows: [Row]
    /// The still that areas to hide are drawn on; nil without one.
    let stillHref: String?
    let mayUnmask: Bool

    init(_ model: ExportPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "export", title: t[.exportTitle], scripts: ["shapes.js", "export.js"], place: "/queue")
        caseID = model.caseID
        caseHref = "/cases/\(model.caseID)"
        reasonText = t.text(.exportReason, ["reason": model.reason])
        stillHref = model.files.first { $0.role == .afterDwell || $0.role == .atStart }.map { "/evidence/\(model.caseID)/\($0.name)" }
        let base = "/cases/\(model.caseID)/export/"
        let sheet = Row(
            label: t[.exportSheet], name: ExportDesk.sheetName, maskedHref: base + ExportDesk.sheetName,
            unmaskedHref: model.mayUnmask ? base + ExportDesk.sheetName + "?unmasked=1" : nil)
        rows =
            [sheet]
            + model.files.compactMap { file in
                let isPicture = file.name.hasSuffix(".jpg")
                guard isPicture || file.name.hasSuffix(".mp4") else { return nil }
                let href = base + file.name
                return Row(
                    label: t[file.role.phrase], name: file.name, maskedHref: isPicture ? href : nil,
                    unmaskedHref: model.mayUnmask ? href + "?unmasked=1" : nil)
            }
        mayUnmask = model.mayUnmask
    }
}
