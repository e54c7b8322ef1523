extension Phrase {
    /// The texts of the board, the channel's page and the faults; nil for a phrase that another table holds.
    var healthPair: (zh: String, en: String)? {
        switch self {
        // Board
        case .boardSummary:
            (
                "巡查中 {seeing} · 看不到画面 {blind} · 启动中 {busy} · 已停止 {off} · 故障 {faults} 项",
                "{seeing} seeing · {blind} blind · {busy} starting · {off} stopped · {faults} faults"
            )
        case .eyesOpenAll: ("今日有效巡查 {part}", "Eyes open today {part}")
        case .eyesOpenUnknown: ("今日尚无统计", "nothing counted today yet")
        case .filterByHealth: ("按情况筛选", "Filter by condition")
        case .healthAll: ("全部", "All")
        case .healthBad: ("看不到", "Blind")
        case .healthBusy: ("启动中", "Starting")
        case .healthGood: ("巡查中", "Seeing")
        case .healthOff: ("已停止", "Stopped")
        case .healthFaulty: ("有故障", "With faults")
        case .sortOrder: ("排列", "Order")
        case .sortWorst: ("问题优先", "Worst first")
        case .sortPlace: ("按地点", "By place")
        case .boardNothing: ("没有符合条件的通道", "No channel matches")
        case .boardNothingText: ("换一个条件，或清空搜索。", "Choose another condition, or clear the search.")
        case .boardAllChannels: ("查看全部通道", "Show all channels")
        case .eyesOpenToday: ("今日有效 {part}", "{part} open")
        case .dayBarLabel:
            (
                "今日有效巡查 {open} 分钟，看不到 {blind} 分钟",
                "Today: eyes open for {open} min, blind for {blind} min"
            )
        case .openFaults: ("{n} 项故障", "{n} faults")
        case .oneOpenFault: ("1 项故障", "1 fault")
        case .keysSearch: ("搜索", "search")
        // A channel's page
        case .eyesOpenDays: ("近 {n} 天有效巡查", "Eyes open, last {n} days")
        case .eyesOpenAbout:
            (
                "有效：有画面、已分析、画面正常，且能录像取证。没有案件的时段，只有有效时才说明没有问题。",
                "Open: pictures came, were analysed, the view was clear, and a clip could have been recorded. Only then does no case mean no violation."
            )
        case .dayTitle: ("{day}：有效 {open} 分钟，应巡查 {watched} 分钟", "{day}: open {open} of {watched} watched minutes")
        case .dayTable: ("按天明细", "Day by day")
        case .day: ("日期", "Day")
        case .openMinutes: ("有效分钟", "Open, min")
        case .watchedMinutes: ("应巡查分钟", "Watched, min")
        case .whyBlind: ("看不到的原因", "Why blind")
        case .minutesOf: ("{reason} {n} 分钟", "{reason} {n} min")
        case .legendOpen: ("有效", "open")
        case .legendBlind: ("看不到", "blind")
        case .legendUnwatched: ("未巡查", "not watched")
        case .channelFacts: ("运行情况", "How it runs")
        case .streamsOpen: ("已打开的码流", "Streams open")
        case .streamMain: ("主码流", "main")
        case .streamSub: ("子码流", "sub")
        case .analysis: ("分析", "Analysis")
        case .lateness: ("分析延迟", "Lateness")
        case .latenessText: ("中位 {median} 秒，99% 不超过 {p99} 秒", "median {median} s, 99 % within {p99} s")
        case .keyFramesDone: ("关键帧", "Key frames")
        case .keyFramesText: ("应看 {due}，已分析 {done}", "{done} analysed of {due} due")
        case .framesSkipped: ("未分析的帧", "Frames skipped")
        case .cameraClock: ("摄像机时钟", "Camera's clock")
        case .clockOffsetText: ("相差 {n} 秒", "off by {n} s")
        case .clockDriftText: ("每百万秒漂移 {n} 秒", "drifts by {n} ppm")
        case .preRoll: ("预录", "Pre-roll")
        case .preRollText: ("{seconds} 秒，{size}", "{seconds} s, {size}")
        case .recordable: ("可录像取证", "can record")
        case .notRecordable: ("暂不能录像取证", "cannot record")
        case .connections: ("重连", "Reconnects")
        case .registered: ("登记信息", "Registered as")
        case .faultHistory: ("故障记录", "Faults")
        case .allFaultsOfChannel: ("全部记录", "All of them")
        case .noFaultsOfChannel: ("这一路还没有故障记录。", "This channel has had no faults.")
        // Faults
        case .faults: ("故障", "Faults")
        case .faultsOpenCount: ("{n} 项未消除", "{n} open")
        case .faultsSummary: ("未消除 {n} 项", "{n} open")
        case .filterByKind: ("按类别筛选", "Filter by kind")
        case .filterByStanding: ("按进展筛选", "Filter by progress")
        case .faultsOpen: ("未消除", "Open")
        case .faultsClosed: ("已消除", "Over")
        case .allKinds: ("全部类别", "All kinds")
        case .faultKindSource: ("视频源", "Source")
        case .faultKindStalled: ("画面停滞", "Stalled pictures")
        case .faultKindView: ("画面质量", "Picture")
        case .faultKindRecording: ("录像", "Recording")
        case .faultKindGOP: ("关键帧间隔", "Key-frame gap")
        case .faultKindClock: ("摄像机时钟", "Camera's clock")
        case .faultKindRestraint: ("算力不足", "Short of time")
        case .faultKindDisk: ("存储", "Storage")
        case .faultSince: ("{time} 起", "since {time}")
        case .faultLasted: ("{start} 至 {end}", "{start} to {end}")
        case .faultLastedFor: ("持续 {duration}", "lasted {duration}")
        case .faultGoesOn: ("已持续 {duration}", "for {duration}")
        case .faultStillAlt: ("故障时的画面", "The picture at the time")
        case .thisMachine: ("本机", "This machine")
        case .addFaultNote: ("登记", "Note it")
        case .faultNotePlaceholder: ("已知悉、派给谁、如何处理", "Seen, who goes there, what was done")
        case .noteBy: ("{name} · {time}", "{name}, {time}")
        case .noted: ("已登记", "noted")
        case .notNoted: ("待登记", "not noted yet")
        case .noOpenFaultsTitle: ("没有未消除的故障", "No faults are open")
        case .noOpenFaultsText:
            ("持续的故障会自动列在这里，消除后转入记录。", "A trouble that lasts appears here by itself, and moves to the history when it is over.")
        case .noFaultsMatch: ("没有符合条件的故障", "No faults match")
        case .noFaultsMatchText: ("换一个类别、进展或通道再看。", "Try another kind, progress or channel.")
        case .showAllFaults: ("查看全部故障", "Show all faults")
        case .earlierFaults: ("更早的故障", "Earlier faults")
        // Reasons
        case .reasonStalled: ("已连接，但画面不再更新", "Connected, but no new pictures come")
        case .reasonConnecting: ("连接中", "Connecting")
        case .reasonWarmingUp: ("学习背景", "Learning the view")
        case .reasonNoFrames: ("没有可分析的画面", "No frames to analyse")
        case .reasonOther: ("视频源其他问题", "Another trouble of the source")
        case .reasonCannotRecord: ("能看到画面，但不能录像取证", "It is seen, but no clip could be recorded")
        case .reasonGOP: ("关键帧间隔过长：{n} 秒，请在摄像机上改为 2～4 秒", "Key frames come only every {n} s: set the camera to 2 to 4 s")
        case .reasonDrift: ("摄像机时钟走时不准：每百万秒漂移 {n} 秒", "The camera's clock drifts by {n} ppm")
        case .reasonOffset: ("摄像机时间相差 {n} 秒，请核对校时", "The camera's clock is off by {n} s: check its time server")
        case .reasonRestraint: ("服务器算力不足，降低了查看频次", "The machine is short of time and looks at it more seldom")
        case .reasonEvidence: ("证据无法保存", "Evidence cannot be stored")
        case .reasonDisk: ("磁盘空间不足，剩余 {n} GB", "Only {n} GB are left on the disk")
        default: nil
        }
    }
}
