import Foundation
import Pipeline

struct ChannelAddView: Sendable {
    let t: Wording
    let frame: PageFrame
    let id: String
    let name: String
    let place: String
    let url: String
    let isUDP: Bool
    let failure: String?
    let idFailure: String?
    let nameFailure: String?
    let urlFailure: String?
    let placeFailure: String?
    let hasProbe: Bool
    let probeStill: String?
    let probeFacts: [LabelledText]

    init(_ model: ChannelAddPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(
            context, page: "channel-add", title: t[.addChannel], scripts: ["channel-add.js"], place: "/channels")
        id = model.id
        name = model.name
        place = model.place
        // An address with a password never comes back to a page; it has to be typed again.
        let isSecret = model.url.contains("@") || model.url.contains("?")
        url = isSecret ? "" : model.url
        isUDP = model.transport == "udp"
        failure = model.failure
        idFailure = model.fieldFailures[.id]
        nameFailure = model.fieldFailures[.name]
        urlFailure = model.fieldFailures[.url] ?? (isSecret ? t[.addressAgain] : nil)
        placeFailure = model.fieldFailures[.place]
        hasProbe = model.probe != nil
        probeStill = model.probe.map { "data:image/jpeg;base64," + Data($0.still).base64EncodedString() }
        probeFacts = model.probe.map { Self.facts($0, t) } ?? []
    }

    private static func facts(_ probe: SourceProbe, _ t: Wording) -> [LabelledText] {
        [
            LabelledText(label: t[.codec], text: probe.codec.uppercased()),
            LabelledText(label: t[.pictureSize], text: "\(probe.width) × \(probe.height)"),
            LabelledText(
                label: t[.frameRate], text: t.text(.framesPerSecond, ["n": t.number(probe.frameRate, digits: 2)])),
            LabelledText(
                label: t[.keyFrameGap],
                text: probe.gopSeconds.map { t.text(.seconds, ["n": t.number($0, digits: 1)]) } ?? t[.onlyOneKeyFrame]),
            LabelledText(label: t[.container], text: probe.container),
        ]
    }
}
