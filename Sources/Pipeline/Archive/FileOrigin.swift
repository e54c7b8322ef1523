import FFmpegIO
import Foundation

/// Which channel a file is of and when it begins, by what answers first: the given pattern, a sidecar, its package, a known
/// way of naming, the container; then for the channel the folder, and then the file's own name.
struct FileOrigin {
    var channelID: String?
    var startsAt: Date?
    /// As a name tells it.
    var endsAt: Date?
    /// As `RunInput.timeSource` has it.
    var source = "none"
    var remarks: [ArchiveRemark] = []
}

/// What is odd about a file that can be used.
struct ArchiveRemark: Hashable {
    enum Kind: Hashable {
        case noPatternFit, clocksDiffer, otherExtension, namedLength, noClockProgram
        case single
    }

    var kind: Kind
    var text: String

    /// Many files of an archive share these: they are told once for each channel.
    var isShared: Bool { kind != .single }
}

/// Finds the origin of one file after another.
struct OriginFinder: Sendable {
    private struct Naming: Sendable {
        let name: String
        let pattern: PathPattern
        let zone: TimeZone
    }

    private let settings: ArchiveSettings
    private let namings: [Naming]
    private let notChannels: Set<String>

    init(settings: ArchiveSettings) {
        self.settings = settings
        notChannels = Set(settings.rules.notChannels)
        namings = settings.rules.namings.compactMap { naming in
            (try? PathPattern(naming.pattern)).map {
                Naming(name: naming.name, pattern: $0, zone: naming.utc == true ? .gmt : settings.timeZone)
            }
        }
    }

    /// - Parameter path: absolute, for the names of its folders.
    func origin(of candidate: ArchiveWalk.Candidate, path: String, survey: FileSurvey) -> FileOrigin {
        var origin = FileOrigin()
        if let pattern = settings.pattern {
            if let match = pattern.match(path) {
                take(match, zone: settings.timeZone, source: "pattern", into: &origin)
                origin.channelID = match.channel.flatMap(channel)
            } else {
                origin.remarks.append(ArchiveRemark(kind: .noPatternFit, text: "the pattern does not fit its name"))
            }
        }
        do throws(ArchiveSidecar.Flaw) {
            if let sidecar = try ArchiveSidecar(of: candidate.path, zone: settings.timeZone) {
                origin.channelID = origin.channelID ?? sidecar.channel.flatMap(channel)
                set(sidecar.startsAt, source: "sidecar", into: &origin)
            }
        } catch {
            origin.remarks.append(ArchiveRemark(kind: .single, text: error.reason))
        }
        if let package = candidate.package {
            origin.channelID = origin.channelID ?? package.channelID
            set(package.startsAt, source: "package", into: &origin)
        }
        takeNaming(path, into: &origin)
        takeContainer(survey, path: path, into: &origin)
        return origin
    }

    /// The innermost folder that is named after something else than a time: what a file's channel is where nothing names it.
    func folderChannel(_ path: String) -> String? {
        path.split(separator: "/").dropLast().reversed().lazy.map(String.init)
            .first { !ChannelName.isTime($0) && !notChannels.contains($0.lowercased()) && ChannelName.clean($0) != nil }
            .flatMap(ChannelName.clean)
    }

    // MARK: Names

    private func takeNaming(_ path: String, into origin: inout FileOrigin) {
        var named: String?
        if origin.startsAt == nil || origin.channelID == nil {
            for naming in namings {
                guard let match = naming.pattern.match(path) else { continue }
                if origin.startsAt == nil { take(match, zone: naming.zone, source: "pattern", into: &origin) }
                named = match.channel.flatMap(ChannelName.clean).flatMap { notChannels.contains($0.lowercased()) ? nil : $0 }
                break
            }
        }
        guard origin.channelID == nil else { return }
        origin.channelID = named.flatMap { settings.channels[$0.lowercased()] } ?? knownFolder(path) ?? named
    }

    private func take(_ match: PathPattern.Match, zone: TimeZone, source: String, into origin: inout FileOrigin) {
        guard let start = match.start, let date = date(start, zone) else { return }
        set(date, source: source, into: &origin)
        guard var end = match.end.flatMap({ self.date($0, zone) }) else { return }
        // A name that gives the end's time of day alone, past midnight.
        if end < date { end = end.addingTimeInterval(86_400) }
        if end > date, end.timeIntervalSince(date) <= 86_400 * 31 { origin.endsAt = end }
    }

    private func date(_ moment: PathPattern.Moment, _ zone: TimeZone) -> Date? {
        switch moment {
        case .local(let fields): fields.date(in: zone)
        case .microsecondsSince1970(let microseconds): Date(timeIntervalSince1970: Double(microseconds) / 1e6)
        }
    }

    private func set(_ date: Date?, source: String, into origin: inout FileOrigin) {
        guard origin.startsAt == nil, let date else { return }
        origin.startsAt = date
        origin.source = source
    }

    private func channel(_ text: String) -> String? {
        ChannelName.clean(text).map { settings.channels[$0.lowercased()] ?? $0 }
    }

    /// The innermost folder that bears a known channel's name.
    private func knownFolder(_ path: String) -> String? {
        guard !settings.channels.isEmpty else { return nil }
        return path.split(separator: "/").dropLast().reversed().lazy.compactMap { settings.channels[$0.lowercased()] }.first
    }

    // MARK: The container

    private func takeContainer(_ survey: FileSurvey, path: String, into origin: inout FileOrigin) {
        switch ContainerClock.read(survey, path: path, zone: settings.timeZone) {
        case .none: return
        case .implausible(let date):
            guard origin.startsAt == nil else { return }
            let text = "the container's time (\(date.formatted(.iso8601))) is that of a clock that was never set, and not used"
            origin.remarks.append(ArchiveRemark(kind: .single, text: text))
        case .date(let date, let isLocal):
            guard let start = origin.startsAt else { return set(date, source: "container", into: &origin) }
            let apart = distance(from: start, seconds: survey.seconds ?? 0, to: date, isLocal: isLocal)
            guard apart > settings.rules.conflictMinutes * 60 else { return }
            let text =
                "the container says it was made at \(date.formatted(.iso8601)), \(ArchiveText.span(apart)) off the \(origin.source)'s "
                + "\(start.formatted(.iso8601)), which is taken"
            origin.remarks.append(ArchiveRemark(kind: .clocksDiffer, text: text))
        }
    }

    /// Seconds between the recording and a container's time, which some write at the start and some at the end, and many in local
    /// time where UTC should stand.
    private func distance(from start: Date, seconds: Double, to date: Date, isLocal: Bool) -> Double {
        let shifts = isLocal ? [0] : [0, -Double(settings.timeZone.secondsFromGMT(for: start))]
        return shifts.map { shift in
            let offset = date.addingTimeInterval(shift).timeIntervalSince(start)
            return offset < 0 ? -offset : max(0, offset - seconds)
        }.min() ?? 0
    }
}
