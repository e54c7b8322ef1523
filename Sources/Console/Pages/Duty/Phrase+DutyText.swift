extension Phrase {
    /// The texts of deadlines, grids, rosters and referrals; nil for all others.
    var dutyPair: (zh: String, en: String)? {
        switch self {
        // Clocks
        case .deadlines: ("办理时限", "Deadlines")
        case .deadlinesSummary: ("{n} 件在办 · 超时 {breached} 件", "{n} under way · {breached} overdue")
        case .deadlinesIncomplete:
            ("案件过多，只统计最新的一部分；较早的案件未列入。", "There are too many cases: only the newest are counted here, older ones are left out.")
        case .deadlinesNone: ("没有正在计时的案件", "No clock is running")
        case .deadlinesNoneText: ("换一个条件再看。", "Choose another condition.")
        case .filterByClock: ("按时限筛选", "Filter by clock")
        case .allClocks: ("全部时限", "All clocks")
        case .allGrids: ("全部网格", "All grids")
        case .allBodies: ("全部单位", "All bodies")
        case .clockRunning: ("计时中", "running")
        case .clockBreached: ("超时", "Overdue")
        case .clockTimeOver: ("整改时限已到", "time is over")
        case .clockMet: ("按时", "in time")
        case .clockLate: ("超时完成", "late")
        case .clockLeft: ("剩余 {time}", "{time} left")
        case .clockLeftWorking: ("剩余工作时间 {time}", "{time} of working time left")
        case .clockOver: ("已超 {time}", "over by {time}")
        case .clockOverWorking: ("已超工作时间 {time}", "over by {time} of working time")
        case .clockDays: ("{n} 天", "{n} days")
        case .clockSpan: ("{start} 起 · 限 {due}", "from {start} · due {due}")
        case .clocksStopped: ("已停止的时限", "Clocks that have stopped")
        case .loop: ("闭环层级", "Loop")
        case .escalatedByClock: ("“{clock}”超时", "“{clock}” ran out")
        case .escalatedByPower: ("需要执法权", "enforcement power is needed")
        case .eventEscalated: ("升级至{level}", "taken to the {level}")
        case .eventCopied: ("抄告{body}", "copied to {body}")
        case .eventReferral: ("{body}：{status}", "{body}: {status}")
        case .eventCityAnswer: ("市级办案系统：{step}", "City's case system: {step}")
        case .cityAnswers: ("市级办案系统反馈", "The city's case system")
        case .cityAnswerDay: ("决定或送达日期", "Day of decision or service")
        case .cityAnswerNote: ("文号、说明", "Number of the paper, words")
        // Grids
        case .gridTitle: ("网格与值守", "Grids and duty")
        case .gridSummary: ("{levels} · 现有 {n} 个网格有人值守", "{levels} · {n} grids have somebody on duty now")
        case .gridPlaceholders:
            (
                "{n} 个网格的名称和归属为占位，请以街道正式名单替换 grid.yaml。",
                "Names and places of {n} grids are made up: replace them in grid.yaml by the street's own list."
            )
        case .gridPlaceholder: ("占位", "placeholder")
        case .gridOpen: ("在办 {n}", "{n} open")
        case .gridBreached: ("超时 {n}", "{n} overdue")
        case .gridCameras: ("{n} 路通道", "{n} channels")
        case .gridNone: ("未划网格", "no grid")
        case .gridUnknown: ("通道的网格编码不在 grid.yaml 中", "Channels whose grid is not in grid.yaml")
        case .gridWithout: ("尚未划入网格的通道", "Channels without a grid")
        case .gridEmpty: ("没有网格，请填写 grid.yaml。", "There are no grids; fill in grid.yaml.")
        case .gridLabel: ("网格", "Grid")
        case .onDutyNow: ("当前值守", "On duty now")
        case .dutyNobody: ("无人值守", "nobody")
        case .dutyRoster: ("排班", "Roster")
        // Roster
        case .rosterNew: ("新增值守人员", "Add to the roster")
        case .rosterEdit: ("修改排班", "Change the roster")
        case .rosterName: ("姓名", "Name")
        case .rosterUnit: ("单位", "Unit")
        case .rosterUnitExample: ("城管、公安、环卫、市场所…", "urban management, police, sanitation …")
        case .rosterTelephone: ("电话", "Telephone")
        case .rosterWeekly: ("每周班次", "Weekly shifts")
        case .rosterHours: ("时段，如 08:30-17:30；跨夜写 20:00-06:00", "Hours such as 08:30-17:30; overnight 20:00-06:00")
        case .rosterExceptions:
            ("特殊日期，每行一个：2026-12-24 休，或 2026-12-25 09:00-12:00", "Other days, one a line: 2026-12-24 off, or 2026-12-25 09:00-12:00")
        case .rosterSave: ("保存", "Save")
        case .rosterRetire: ("移出排班", "Take off the roster")
        // Referrals
        case .referrals: ("移送与抄告", "Referrals and copies")
        case .referralsSummary: ("未办结 {n} 项", "{n} open")
        case .filterByBody: ("按单位筛选", "Filter by body")
        case .referralsOpen: ("未办结", "Open")
        case .referralsReturned: ("已退回", "Returned")
        case .referralsDone: ("已办结", "Done")
        case .referralsNone: ("没有移送或抄告", "No referrals here")
        case .referralsNoneText: ("审核时选择“移送”的案件会出现在对应单位的队列中。", "A case whose review says “transfer” appears in that body's queue.")
        case .referralWords: ("对方意见、文号", "Their words, file number")
        case .referralReopen: ("重新审核", "Reopen the case")
        case .exportCSV: ("导出 CSV", "Export CSV")
        case .exportJSON: ("导出 JSON", "Export JSON")
        default: nil
        }
    }
}
