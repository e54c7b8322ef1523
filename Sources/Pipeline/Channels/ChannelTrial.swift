public import Casework
import FFmpegIO

/// Opens the addresses of a plan's rows, several at a time, and says what each showed.
public struct ChannelTrial: Sendable {
    /// Rows under way at once: enough that a hundred cameras take a minute or two, few enough that a small machine goes on
    /// with its patrol.
    static let atOnce = 8
    /// The longest key-frame distance at which a patrol on key frames still looks often enough, seconds.
    private static let longGOPSeconds = 8.0

    public typealias ProbeSource = @Sendable (_ url: String, _ transport: String) async throws -> SourceProbe

    private let probe: ProbeSource

    /// - Parameter probe: opens one address; by default for ten seconds at most, with a small still.
    public init(probe: @escaping ProbeSource = { try await SourceProbe.measure(url: $0, transport: $1, isBrief: true) }) {
        self.probe = probe
    }

    /// Tries every row that has no problem yet; `done` gets each row with what it showed, in the order in which they end.
    ///
    /// Cancelling the task ends it within about a second; rows that were not tried are not reported.
    public func run(_ plan: ChannelPlan, done: @escaping @Sendable (_ index: Int, _ row: ChannelPlan.Row) async -> Void) async {
        var waiting = plan.rows.indices.filter { plan.rows[$0].problems.isEmpty }[...]
        await withTaskGroup(of: Void.self) { group in
            func addNext() {
                guard let index = waiting.popFirst() else { return }
                let row = plan.rows[index]
                group.addTask {
                    let tried = await self.tried(row)
                    if !Task.isCancelled { await done(index, tried) }
                }
            }
            for _ in 0..<Self.atOnce { addNext() }
            while await group.next() != nil { if !Task.isCancelled { addNext() } }
        }
    }

    private func tried(_ row: ChannelPlan.Row) async -> ChannelPlan.Row {
        var row = row
        let channel = row.channel
        // One after the other: many cameras refuse a second connection while the first is being set up.
        (row.main, row.problems) = await outcome(channel.url, .url, channel, row.problems)
        if !channel.subURL.isEmpty { (row.sub, row.problems) = await outcome(channel.subURL, .subURL, channel, row.problems) }
        row.isTried = true
        if let main = row.main, let sub = row.sub, sub.width * sub.height > main.width * main.height {
            row.problems.append(Self.swapped(main: main, sub: sub))
        }
        for probe in [row.main, row.sub].compactMap({ $0 }) {
            guard let gop = probe.gopSeconds, gop > Self.longGOPSeconds else { continue }
            row.hints.append(
                BilingualText(
                    zh: "关键帧间隔 \(Int(gop.rounded())) 秒，超过 8 秒：请在摄像机上把 I 帧间隔调小",
                    en: "a key frame only every \(Int(gop.rounded())) s, more than 8: make the camera's I-frame interval shorter"))
        }
        return row
    }

    private func outcome(
        _ url: String, _ field: ChannelField, _ channel: ChannelRecord, _ problems: [ChannelProblem]
    ) async -> (SourceProbe?, [ChannelProblem]) {
        do {
            return (try await probe(url, channel.transport), problems)
        } catch {
            return (nil, problems + [Self.problem(error, field)])
        }
    }

    /// Main and sub-stream given the wrong way round.
    public static func swapped(main: SourceProbe, sub: SourceProbe) -> ChannelProblem {
        ChannelProblem(
            .subURL,
            reason: BilingualText(
                zh: "子码流（\(sub.width)×\(sub.height)）比主码流（\(main.width)×\(main.height)）大",
                en: "the sub-stream (\(sub.width)×\(sub.height)) is larger than the main stream (\(main.width)×\(main.height))"),
            advice: BilingualText(zh: "两个地址可能填反了，请对调", en: "the two addresses may be swapped: exchange them"))
    }

    private static func problem(_ error: any Error, _ field: ChannelField) -> ChannelProblem {
        guard let error = error as? AVError else {
            return ChannelProblem(
                field, reason: BilingualText(zh: "打不开：\(error)", en: "cannot be opened: \(error)"),
                advice: BilingualText(zh: "检查地址", en: "check the address"))
        }
        let (reason, advice): (BilingualText, BilingualText) =
            switch error.code {
            case .unauthorized, .forbidden:
                (
                    BilingualText(zh: "用户名或密码不对，或无权观看", en: "wrong user name or password, or no right to watch"),
                    BilingualText(zh: "在摄像机上核对账号", en: "check the account on the camera")
                )
            case .notFound:
                (
                    BilingualText(zh: "设备上没有这一路视频", en: "the server has no stream at this path"),
                    BilingualText(zh: "核对通道号和路径", en: "check channel number and path")
                )
            case .connectionRefused:
                (
                    BilingualText(zh: "该地址没有服务", en: "nothing is listening there"),
                    BilingualText(zh: "核对地址和端口，设备是否开机", en: "check address, port and power")
                )
            case .timedOut, .stopped:
                (
                    BilingualText(zh: "10 秒内没有画面", en: "no picture within 10 s"),
                    BilingualText(zh: "检查网络，或改用 TCP", en: "check the network, or use TCP")
                )
            case .hostUnreachable, .networkUnreachable:
                (BilingualText(zh: "网络不通", en: "no route to that address"), BilingualText(zh: "检查网络和地址", en: "check network and address"))
            case .noVideo:
                (BilingualText(zh: "没有视频流", en: "it holds no video"), BilingualText(zh: "核对路径", en: "check the path"))
            case .noSuchFile:
                (BilingualText(zh: "文件不存在", en: "there is no such file"), BilingualText(zh: "核对路径", en: "check the path"))
            default:
                (
                    BilingualText(zh: "打不开：\(error.reason)", en: error.reason),
                    BilingualText(zh: "检查地址和设备", en: "check address and device")
                )
            }
        return ChannelProblem(field, reason: reason, advice: advice)
    }
}
