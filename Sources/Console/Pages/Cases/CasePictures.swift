import Casework
import Evidence
import Foundation
import FrameCore

/// The stills, the clip and the files of a case's package, as its page shows them.
struct CasePictures: Sendable {
    private(set) var stills: [CaseView.Picture] = []
    private(set) var clip: CaseView.Picture?
    private(set) var files: [EvidenceFileView] = []

    init(_ model: CasePage, _ context: PageContext) {
        guard let manifest = model.manifest else { return }
        let t = Wording(language: context.language)
        let overlay = PictureOverlay(manifest)
        func href(_ name: String) -> String { "/evidence/\(model.record.id)/\(name)" }
        func time(_ moment: String) -> String? {
            manifest.times.first { $0.name == moment }.map { t.clock($0.wall.date, timeZone: context.timeZone) }
        }
        for role in [EvidenceManifest.Role.sceneBefore, .atStart, .afterDwell, .closeUp] {
            guard let file = manifest.files.first(where: { $0.role == role }) else { continue }
            let label = t[role.phrase]
            let place = model.channelName.isEmpty ? manifest.channel.name : model.channelName
            stills.append(
                CaseView.Picture(
                    role: role.rawValue, label: label, alt: "\(label) · \(place)", href: href(file.name),
                    time: time(role == .closeUp ? EvidenceManifest.Role.afterDwell.rawValue : role.rawValue),
                    // The close-up is cut out of the picture, so the picture's coordinates do not hold there.
                    overlay: role == .closeUp ? nil : role == .sceneBefore ? overlay?.ghost : overlay))
        }
        if let file = manifest.files.first(where: { $0.role == .clip }) {
            let span = [time("clip-start"), time("clip-end")].compactMap { $0 }
            clip = CaseView.Picture(
                role: file.role.rawValue, label: t[.clip], alt: t[.clip], href: href(file.name),
                time: span.count == 2 ? span.joined(separator: " – ") : nil, overlay: overlay,
                poster: stills.last { $0.overlay != nil }?.href)
        }
        files = manifest.files.map {
            EvidenceFileView(
                href: href($0.name), label: t[$0.role.phrase], size: t.size(bytes: $0.bytes), sha: $0.sha256.hex,
                shaShort: String($0.sha256.hex.prefix(12)))
        }
    }
}

struct EvidenceFileView: Sendable {
    let href: String
    let label: String
    let size: String
    let sha: String
    let shaShort: String
}

extension EvidenceManifest.Role {
    var phrase: Phrase {
        switch self {
        case .sceneBefore: .stillBefore
        case .atStart: .stillAtStart
        case .afterDwell: .stillAfterDwell
        case .closeUp: .stillCloseUp
        case .annotated: .stillAnnotated
        case .clip, .clipAtStart: .clip
        }
    }
}

extension WallTime {
    var date: Date { Date(timeIntervalSince1970: Double(millisecondsSince1970) / 1000) }
}
