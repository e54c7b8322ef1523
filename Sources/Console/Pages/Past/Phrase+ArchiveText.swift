extension Phrase {
    /// The texts of searching the past and of the list of runs; nil for a phrase that another table holds.
    var archivePair: (zh: String, en: String)? {
        switch self {
        // Past
        case .past: ("回看", "Past")
        case .pastAbout:
            (
                "在画面上圈一块地方，查它在一段时间里出现过什么、停留多久、何时离开；不需要任何规则。",
                "Mark a place in the picture and learn what appeared there, how long it stayed and when it left. No rule is needed."
            )
        case .pastWhere: ("地点", "Place")
        case .pastWhen: ("时间", "Time")
        case .pastFrom: ("开始", "From")
        case .pastTo: ("结束", "To")
        case .pastStay: ("至少停留（秒）", "Stays at least (s)")
        case .pastSearch: ("开始回看", "Search")
        case .pastDrawHelp:
            (
                "依次点击各个角，点击第一个点完成。拖动圆点或整块调整，双击边线加点。",
                "Click the corners, the first one again to finish. Drag dots or the whole to adjust, double-click a side to add a dot."
            )
        case .pastRedraw: ("重画", "Draw anew")
        case .pastNeedsScript: ("画范围需要启用 JavaScript。", "Drawing needs JavaScript.")
        case .pastFootage: ("有录像：{from} 至 {to}，{files} 个文件", "Footage: {from} to {to}, {files} files")
        case .pastGaps: ("，中断 {n} 处", ", gaps: {n}")
        case .pastNoStill: ("这个时刻没有录像。", "No footage shows this moment.")
        case .pastRecent: ("最近的回看", "Recent searches")
        case .pastRegion: ("范围", "Region")
        case .pastWaiting: ("排队等待", "waits")
        case .pastRunning: ("正在回看", "searching")
        case .pastDone: ("完成", "done")
        case .pastCancelled: ("已取消", "cancelled")
        case .pastFailed: ("未完成", "failed")
        case .pastProgress: ("已看 {part}，发现 {n} 处停留", "{part} looked at, {n} stood still")
        case .pastCancel: ("取消", "Cancel")
        case .pastResult: ("{n} 处停留", "{n} stood here")
        case .pastBusy: ("{pictures} 幅画面中有 {part} 有东西经过", "Something moved through in {part} of {pictures} pictures")
        case .pastStep: ("画面间隔约 {n} 秒，时间以此为准", "pictures are about {n} s apart; times are no better than that")
        case .pastAppeared: ("出现", "appeared")
        case .pastBefore: ("此前已在，始于", "there since")
        case .pastUnknown: ("录像开始时已在", "there when the footage begins")
        case .pastCameUnseen: ("录像中断期间出现", "came while there was no footage, seen")
        case .pastStaying: ("停留中", "staying")
        case .pastVanished: ("离开", "gone")
        case .pastStanding: ("期末仍在", "still there")
        case .pastLost: ("此后看不到", "lost from sight")
        case .pastLeftUnseen: ("录像中断期间离开", "left while there was no footage, seen")
        case .pastStood: ("停留 {duration}", "stood for {duration}")
        case .pastNothingTitle: ("这段时间没有东西停留", "Nothing stood here in this time")
        case .pastNothingText:
            (
                "{from} 至 {to} 之间，这里没有停留超过 {n} 秒的东西；从头到尾都在的，与街面无法区分。",
                "Between {from} and {to} nothing stood here for {n} s or more. What stood from the first picture to the last looks like the street."
            )
        case .pastUnconfigured: ("还没有录像档案", "No archive yet")
        case .pastUnconfiguredText:
            (
                "启动时用 --archive 指出录像机导出文件所在的文件夹，可写多次：",
                "Say at the start where the recorder's exports lie, as often as needed:"
            )
        case .pastScanning: ("正在查看录像档案…", "Looking through the archive…")
        case .pastScanningText: ("第一次需要几分钟，完成后本页自动更新。", "The first look takes some minutes; this page renews itself.")
        case .pastNoFootage: ("档案中没有本站通道的录像", "The archive holds no footage of the channels here")
        case .pastNoFootageText:
            (
                "文件夹或文件名须含通道编号、名称或国标编码。现有名称：{names}。",
                "A folder or file name must hold a channel's id, name or national id. There are: {names}."
            )
        case .pastUntimed: ("另有 {n} 个文件不知时间，不能按时间回看。", "{n} more files tell no time and cannot be searched by time.")
        case .pastMissing: ("没有录像：{from} 至 {to}", "No footage from {from} to {to}")
        case .pastBlind: ("{reason}：{from} 至 {to}", "{reason} from {from} to {to}")
        case .pastLearning: ("认识街面", "Learning the street")
        case .pastProblems: ("不能用的文件", "Files that could not be used")
        case .pastAgain: ("换个范围或时间", "Another place or time")
        case .pastListed: ("档案清单：{time}", "Archive listed {time}")
        case .pastRefresh: ("重新查看档案", "List anew")
        case .pastPictureAlt: ("第 {n} 处：{what}", "No. {n}: {what}")
        // Runs
        case .runs: ("重算", "Runs")
        case .runsUnderWay: ("{n} 次进行中", "{n} under way")
        case .runsAbout:
            (
                "用现行或草拟的规则重新分析已存的录像，看会多出、少掉哪些案件；不影响在办案件。",
                "Analyses stored footage again under present or drafted rules to show what would be gained or lost. Live cases stay as they are."
            )
        case .newRun: ("新的重算", "New run")
        case .runName: ("名称", "Name")
        case .runNameExample: ("如：十一月，门前区放宽 1 米", "such as: November, frontage one metre wider")
        case .runAll: ("全部有区域、有录像的通道", "All channels with zones and footage")
        case .runChosen: ("只选这些通道", "Only these channels")
        case .runZonesLive: ("现行第 {n} 版", "in force: version {n}")
        case .runZonesVersion: ("第 {n} 版", "version {n}")
        case .runZonesDraft: ("草稿（未保存）", "draft (not saved)")
        case .runZonesNone: ("未画区域", "no zones")
        case .runWhen: ("时间（空白为全部）", "Time (blank for all)")
        case .runWholeFiles: ("文件按整个读取，首尾可能略超出所选时间。", "Files are read whole, so a little before and after the time is read too.")
        case .runEveryFrame: ("逐帧分析", "Every frame")
        case .runEveryFrameAbout:
            (
                "不先看关键帧，直接分析每一帧；慢得多，结果应当一致。",
                "Analyses every frame and not key frames first: much slower, and should find the same."
            )
        case .runEstimate: ("录像共 {footage}；按本机以往速度约需 {time}。", "{footage} of footage; at this machine's usual rate about {time}.")
        case .runEstimateUnknown:
            (
                "录像共 {footage}；本机还没有完成过重算，时间未知。",
                "{footage} of footage; no run has been done on this machine yet, so the time is not known."
            )
        case .runStart: ("开始", "Start")
        case .runStarted: ("已加入。", "The run was added.")
        case .runState: ("状态", "State")
        case .runWaiting: ("等待", "waits")
        case .runRunning: ("进行中", "running")
        case .runPaused: ("已暂停", "paused")
        case .runCancelled: ("已取消", "cancelled")
        case .runDone: ("完成", "done")
        case .runFailed: ("出错停止", "failed")
        case .runPausing: ("正在暂停", "pausing")
        case .runCancelling: ("正在取消", "cancelling")
        case .runPause: ("暂停", "Pause")
        case .runResume: ("继续", "Resume")
        case .runCancel: ("取消", "Cancel")
        case .runCancelQuestion: ("取消后不能继续，确定吗？", "A cancelled run cannot be resumed. Cancel it?")
        case .runOpen: ("查看结果", "See findings")
        case .runBy: ("{name} · {time}", "{name}, {time}")
        case .runFootage: ("{channels} 路，{files} 个文件，共 {footage}", "{channels} channels, {files} files, {footage}")
        case .runRate: ("{n} × 实时", "{n} × real time")
        case .runRemaining: ("约剩 {duration}", "about {duration} left")
        case .runFound: ("发现 {n} 件", "{n} found")
        case .runCandidates: ("候选 {n}", "{n} candidates")
        case .runPassKey: ("第一遍：关键帧", "first pass: key frames")
        case .runPassEvery: ("第二遍：候选前后逐帧", "second pass: every frame around candidates")
        case .runPassOnly: ("逐帧", "every frame")
        case .runTook: ("用时 {duration}", "took {duration}")
        case .runProblems: ("{n} 个文件有问题", "Files with problems: {n}")
        case .runLost: ("无法使用", "not used")
        case .runPartly: ("部分可用", "used in part")
        case .runsNoneTitle: ("还没有重算", "No runs yet")
        case .runsNoneText: ("选一段录像和一版区域，看看会有什么不同。", "Choose footage and a version of the zones, and see what would change.")
        case .runRules: ("规则 {version}", "rules {version}")
        case .runsUnavailable: ("本站没有启用重算。", "Runs are not available here.")
        case .tryDraft: ("用录像试算", "Try on stored footage")
        default: nil
        }
    }
}
