import Casework
import Foundation
import Pipeline

struct ChannelFormView: Sendable {
    struct Field: Sendable {
        let name: String
        let label: String
        let value: String
        let failure: String?
        let note: String?
        let placeholder: String
        let isMono: Bool
        let isRequired: Bool
        let isReadOnly: Bool
        let limit: Int
    }

    /// One stream that can be tried.
    struct Source: Sendable {
        let field: Field
        let title: String
        let hasProbe: Bool
        let still: String?
        let facts: [LabelledText]
    }

    struct Importance: Sendable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct VersionView: Sendable {
        let version: String
        let iso: String
        let time: String
        let author: String
        let label: String
        let what: String
        let isInForce: Bool
        let mayRestore: Bool
    }

    let t: Wording
    let frame: PageFrame
    let title: String
    let action: String
    let id: String?
    let base: Int
    let isSaved: Bool
    /// Not `failure`, which a field without one of its own would take for its own.
    let formFailure: String?
    let sources: [Source]
    let isUDP: Bool
    let swapped: String?
    let identity: [Field]
    let where_: [Field]
    let importance: [Importance]
    let zonesHref: String?
    let restoreHref: String
    let versions: [VersionView]
    let hasVersions: Bool

    init(_ model: ChannelFormPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        id = model.id
        title = t[model.id == nil ? .addChannel : .editChannel]
        frame = PageFrame(
            context, page: "channel-form", title: title, scripts: ["channel-form.js"], place: "/channels")
        action = model.id.map { "/channels/\($0)/edit" } ?? "/channels"
        base = model.base
        isSaved = model.isSaved
        formFailure = model.failure
        isUDP = model.texts[.transport] == "udp"
        let isNew = model.id == nil
        func field(
            _ field: ChannelField, _ label: Phrase, _ example: String = "", note: Phrase? = nil, isMono: Bool = false,
            isRequired: Bool = false, limit: Int = 200
        ) -> Field {
            Field(
                name: field.formName, label: t[label], value: model.texts[field] ?? "", failure: model.fieldFailures[field],
                note: note.map { t[$0] }, placeholder: example, isMono: isMono, isRequired: isRequired,
                isReadOnly: field == .id && !isNew, limit: limit)
        }
        func source(_ name: ChannelField, _ label: Phrase, _ example: String, _ note: Phrase, _ probe: SourceProbe?) -> Source {
            Source(
                field: field(name, label, example, note: note, isMono: true, isRequired: name == .url, limit: 2000),
                title: t[label], hasProbe: probe != nil,
                still: probe.map { "data:image/jpeg;base64," + Data($0.still).base64EncodedString() },
                facts: probe.map { Self.facts($0, t) } ?? [])
        }
        sources = [
            source(
                .url, .mainStream, "rtsp://192.168.1.64:554/Streaming/Channels/101", isNew ? .addressNote : .addressKept, model.main),
            source(.subURL, .subStream, "rtsp://192.168.1.64:554/Streaming/Channels/102", .subStreamNote, model.sub),
        ]
        swapped =
            if let main = model.main, let sub = model.sub, sub.width * sub.height > main.width * main.height {
                t[.streamsSwapped]
            } else { nil }
        identity = [
            field(.name, .channelName, t[.channelNameExample], isRequired: true, limit: 100),
            field(
                .id, .channelID, "zs-maoting-01", note: isNew ? .channelIDNote : nil, isMono: true, isRequired: true, limit: 64),
            field(.nationalID, .nationalID, "31011700001320000001", note: .nationalIDNote, isMono: true, limit: 20),
        ]
        where_ = [
            field(.place, .place, t[.placeExample]), field(.longitude, .longitude, "121.2255", isMono: true, limit: 20),
            field(.latitude, .latitude, "31.0322", isMono: true, limit: 20), field(.grid, .grid, "0203"),
            field(.owner, .owner),
        ]
        let chosen = model.texts[.importance] ?? "2"
        importance = [("1", Phrase.importanceFirst), ("2", .importanceUsual), ("3", .importanceLast)].map {
            Importance(value: $0.0, label: t[$0.1], isChosen: $0.0 == chosen)
        }
        zonesHref = model.id.map { "/channels/\($0)/zones" }
        restoreHref = model.id.map { "/channels/\($0)/restore" } ?? ""
        versions = model.versions.enumerated().map { index, version in
            VersionView(
                version: String(version.version), iso: t.iso(version.at),
                time: t.moment(version.at, now: context.now, timeZone: context.timeZone),
                author: Self.author(version.author, t), label: t.text(.versionNumber, ["n": String(version.version)]),
                what: Self.words(version.change, t), isInForce: index == 0, mayRestore: index > 0 && version.change != .removed)
        }
        hasVersions = !versions.isEmpty
    }

    private static func author(_ name: String, _ t: Wording) -> String {
        switch name {
        case "machine": t[.machine]
        case "command line": t[.authorCommandLine]
        case ChannelsFileWatch.author: t[.authorFile]
        default: name
        }
    }

    private static func words(_ change: ChannelFormPage.Version.Change, _ t: Wording) -> String {
        switch change {
        case .added: t[.versionAdded]
        case .removed: t[.versionRemoved]
        case .restored: t[.versionReturned]
        case .fields(let fields, let zonesVersion, let isEnabled):
            (fields.map { t[$0 == .enabled ? (isEnabled ? .versionResumed : .versionPaused) : $0.phrase] }
                + (zonesVersion.map { [t.text(.zonesVersion, ["n": String($0)])] } ?? []))
                .joined(separator: t[.listSeparator])
        }
    }

    static func facts(_ probe: SourceProbe, _ t: Wording) -> [LabelledText] {
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

extension ChannelField {
    /// What the field is called on pages.
    var phrase: Phrase {
        switch self {
        case .id: .channelID
        case .nationalID: .nationalID
        case .name: .channelName
        case .url: .mainStream
        case .subURL: .subStream
        case .transport: .transport
        case .place: .place
        case .longitude: .longitude
        case .latitude: .latitude
        case .grid: .grid
        case .owner: .owner
        case .importance: .importance
        case .enabled: .enabledField
        case .loops: .loopsField
        }
    }
}
