public import Casework
import FFmpegIO
public import Foundation

/// What a list would do to the channels of a store, row by row; nothing is written yet.
public struct ChannelPlan: Sendable {
    public enum Change: Sendable, Hashable {
        case new
        /// The fields that would be others.
        case changed([ChannelField])
        case same
    }

    public struct Row: Sendable {
        public var line: Int
        /// The channel as it would be. Holds the camera's password.
        public var channel: ChannelRecord
        public var change: Change
        /// Why the row cannot be taken; empty for a good one.
        public var problems: [ChannelProblem]
        /// What is odd but no reason to refuse.
        public var hints: [BilingualText] = []
        /// What the addresses showed; nil before they were tried.
        public var main: SourceProbe?
        public var sub: SourceProbe?
        public var isTried = false
    }

    public var rows: [Row]
    public var notes: [ChannelList.Note]

    /// - Parameters:
    ///   - channels: those in service.
    ///   - allowsFiles: whether an address may be a file of this machine.
    public init(_ list: ChannelList, channels: [ChannelRecord], allowsFiles: Bool, now: Date) {
        notes = list.notes
        rows = []
        var lines: [String: Int] = [:]
        var codes: [String: Int] = [:]
        for row in list.rows {
            var planned = Self.plan(row, channels: channels, allowsFiles: allowsFiles, now: now)
            let channel = planned.channel
            if let first = lines[channel.id] { planned.problems.append(Self.twice(.id, first)) }
            if !channel.nationalID.isEmpty {
                if let first = codes[channel.nationalID] {
                    planned.problems.append(Self.twice(.nationalID, first))
                } else if let other = channels.first(where: { $0.nationalID == channel.nationalID && $0.id != channel.id }) {
                    planned.problems.append(
                        ChannelProblem(
                            .nationalID,
                            reason: BilingualText(
                                zh: "通道“\(other.id)”已用此国标编号", en: "the channel “\(other.id)” has this GB/T 28181 id already"),
                            advice: BilingualText(zh: "改用该通道的编号", en: "give the row that channel's id")))
                }
            }
            lines[channel.id] = lines[channel.id] ?? row.line
            codes[channel.nationalID] = codes[channel.nationalID] ?? row.line
            rows.append(planned)
        }
    }

    /// What the good rows that change anything would do, for `ChannelRegistry.editChannels`.
    public var edits: [ChannelEdit] {
        rows.filter(\.problems.isEmpty).compactMap { row in
            switch row.change {
            case .new: .add(row.channel)
            case .changed: .change(row.channel)
            case .same: nil
            }
        }
    }

    public var badCount: Int { rows.count { !$0.problems.isEmpty } }

    // MARK: One row

    private static func plan(_ row: ChannelList.Row, channels: [ChannelRecord], allowsFiles: Bool, now: Date) -> Row {
        let code = row.fields[.nationalID] ?? ""
        var id = row.fields[.id] ?? ""
        if id.isEmpty { id = channels.first { $0.nationalID == code && !code.isEmpty }?.id ?? code }
        let existing = channels.first { $0.id == id }
        var channel = existing ?? ChannelRecord(id: id, name: "", url: "", createdAt: now)
        var problems: [ChannelProblem] = []
        // An empty cell takes away what a channel can be without, and leaves the rest.
        let clearable: Set<ChannelField> = [.nationalID, .subURL, .place, .longitude, .latitude, .grid, .owner]
        for field in ChannelField.allCases {
            guard let text = row.fields[field], field != .id, !text.isEmpty || clearable.contains(field) else { continue }
            do throws(ChannelProblem) {
                try channel.set(field, to: text)
            } catch {
                problems.append(error)
            }
        }
        if channel.name.isEmpty { channel.name = id }
        problems += channel.problems
        // An address that stays was taken once, and what it is now is for the trial to say.
        for field in [ChannelField.url, .subURL] where !channel[field].isEmpty && channel[field] != existing?[field] {
            if let problem = address(channel[field], field, allowsFiles: allowsFiles) { problems.append(problem) }
        }
        let change: Change
        if let existing {
            let fields = channel.differences(from: existing)
            change = fields.isEmpty ? .same : .changed(fields)
        } else {
            change = .new
        }
        return Row(line: row.line, channel: channel, change: change, problems: problems)
    }

    static func address(_ text: String, _ field: ChannelField, allowsFiles: Bool) -> ChannelProblem? {
        let advice = BilingualText(zh: "写成 rtsp://用户:密码@地址:554/路径 的样子", en: "write it like rtsp://user:password@host:554/path")
        do throws(MediaURLError) {
            let url = try MediaURL(text)
            guard !url.isLive, !allowsFiles else { return nil }
            return ChannelProblem(
                field, reason: BilingualText(zh: "不是网络地址", en: "it is no network address"), advice: advice)
        } catch {
            return ChannelProblem(field, reason: error.bilingual, advice: advice)
        }
    }

    private static func twice(_ field: ChannelField, _ line: Int) -> ChannelProblem {
        ChannelProblem(
            field, reason: BilingualText(zh: "与第 \(line) 行重复", en: "line \(line) has the same"),
            advice: BilingualText(zh: "只留一行，或改成不同的编号", en: "keep one row, or give them different ids"))
    }
}
