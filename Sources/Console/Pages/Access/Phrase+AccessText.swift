extension Phrase {
    /// The texts of reasons, exports and the log of looks; nil for all others.
    var accessPair: (zh: String, en: String)? {
        switch self {
        case .accessReason: ("调阅事由", "Why you look")
        case .accessReasonAbout:
            (
                "此案件不在您的待办之列。查看证据须登记事由（公共安全视频图像信息系统管理条例第十六条）；本案 {n} 分钟内不再询问。",
                "This case is not waiting for you. Looking at evidence is logged with its reason (public-security video regulation, art. 16); you are not asked again for this case within {n} minutes."
            )
        case .accessReasonPick: ("请选择事由", "Pick a reason")
        case .accessReasonWords: ("说明（选“其他”时必填）", "In your own words (needed for “other”)")
        case .accessReasonGive: ("登记并查看", "Log it and look")
        case .reasonList: ("列表浏览", "In a list")
        case .markCase: ("案件", "Case")
        case .markReason: ("事由", "Reason")
        case .markMasked: ("已脱敏", "masked")
        case .markUnmasked: ("未脱敏", "NOT MASKED")
        case .markExport: ("导出号", "Export")
        case .exportTitle: ("导出证据", "Export evidence")
        case .exportAbout:
            (
                "每次导出都登记人员、单位、时间和事由，并写在图片上；除涉案物外，其他人员和车辆默认打码。",
                "Every export is logged with name, unit, time and reason, which are written on the picture; people and vehicles other than the object are pixelated."
            )
        case .exportReason: ("本次事由：{reason}", "Reason: {reason}")
        case .exportHide: ("再遮盖一些区域", "Hide more")
        case .exportHideAbout:
            (
                "在图上拖出矩形：上面所有脱敏导出都会把它打码，证据原件不变。",
                "Drag rectangles on the picture: every masked export above pixelates them too. What is sealed stays as it is."
            )
        case .exportHideUndo: ("撤销上一处", "Take the last one back")
        case .exportSheet: ("证据单（打印一页）", "Evidence sheet, one page to print")
        case .exportFile: ("文件", "File")
        case .exportMasked: ("脱敏", "Masked")
        case .exportUnmasked: ("未脱敏", "Not masked")
        case .exportTake: ("导出", "Export")
        case .exportTakeUnmasked: ("导出未脱敏件", "Export without mask")
        case .exportClipNone: ("不提供", "None")
        case .exportClipAbout:
            (
                "录像为封存原件，不作转码，因此不能打码，也不能在画面上加水印：只能由有权限的人员凭事由导出原件，导出号写在文件名中并登记；其他用途请导出脱敏截图。",
                "The clip is sealed as the camera sent it and is never encoded again, so it can be neither masked nor marked: it leaves as it is, for those who may and with a reason; the export's number is in its name and in the log. For anything else take masked stills."
            )
        case .exportLink: ("导出", "Export")
        case .backToCase: ("返回案件", "Back to the case")
        case .auditTitle: ("调阅登记", "Log of looks")
        case .auditAbout:
            (
                "谁、何时、为何看过或导出过什么；逐行哈希相连，保存不少于三年。",
                "Who saw or exported what, when and why; each line holds the hash of the one before; kept for three years and more."
            )
        case .auditUser: ("人员", "User")
        case .auditAction: ("行为", "Action")
        case .auditCase: ("案件编号", "Case id")
        case .auditSubject: ("对象", "Subject")
        case .auditTime: ("时间", "Time")
        case .auditAddress: ("地址", "Address")
        case .auditAll: ("全部", "All")
        case .auditCSV: ("导出 CSV", "Export CSV")
        case .auditCheck: ("核对哈希链", "Check the chain")
        case .auditMore: ("更早", "Earlier")
        case .auditNothing: ("没有符合的记录。", "No line fits.")
        case .chainSound: ("共 {n} 行，哈希链完整。末行哈希 {hash}", "{n} lines, the chain is whole. Hash of the last line: {hash}")
        case .chainBroken:
            ("哈希链自第 {n} 行起不完整：有记录被改动、删除或插入。", "The chain does not stand from line {n} on: a line was changed, taken out or put in.")
        case .actionCaseViewed: ("查看案件", "Saw a case")
        case .actionFileViewed: ("查看文件", "Saw a file")
        case .actionQueueViewed: ("列表显示", "Shown in a list")
        case .actionReasonGiven: ("登记事由", "Gave a reason")
        case .actionExported: ("导出（脱敏）", "Exported, masked")
        case .actionUnmasked: ("导出（未脱敏）", "Exported, not masked")
        case .actionPastViewed: ("查看回看结果", "Saw stored footage")
        case .actionPastSearched: ("回看录像", "Searched stored footage")
        case .actionRunViewed: ("查看重算结果", "Saw a run")
        case .actionLogViewed: ("查看调阅登记", "Read this log")
        case .actionLogExported: ("导出调阅登记", "Exported this log")
        case .actionLogin: ("登录", "Logged in")
        case .actionLoginRefused: ("登录被拒", "Log-in refused")
        case .actionLogout: ("退出", "Logged out")
        case .actionPasswordChanged: ("修改密码", "Changed the password")
        case .actionUserAdded: ("新增用户", "Added a user")
        case .actionUserChanged: ("修改用户", "Changed a user")
        case .actionLedgerViewed: ("查看台账", "Saw a ledger")
        case .actionLedgerExported: ("导出台账", "Exported a ledger")
        case .actionRosterChanged: ("修改值守", "Changed the roster")
        case .actionReferralsExported: ("导出移送队列", "Exported referrals")
        case .actionExternalViewed: ("查看外部线索图片", "Saw another patrol's picture")
        case .actionFindingPromoted: ("由结果立为案件", "Made a finding a case")
        case .actionRunsCompared: ("对比重算", "Compared runs")
        case .actionRunAsked: ("安排重算", "Asked for a run")
        case .actionChannelAdded: ("新增通道", "Added a channel")
        case .actionChannelChanged: ("修改通道", "Changed a channel")
        case .actionChannelRemoved: ("移除通道", "Removed a channel")
        case .actionChannelRestored: ("恢复通道旧版", "Brought a channel's version back")
        case .actionChannelWatched: ("请求密集观看", "Watched a channel")
        case .actionZonesChanged: ("修改区域", "Changed zones")
        case .actionZonesApproved: ("批准区域", "Approved zones")
        case .actionFaultNoted: ("登记故障说明", "Noted a fault")
        case .actionRetentionConfirmed: ("确认删除", "Confirmed deletions")
        case .userUnit: ("单位", "Unit")
        case .userUnitNote: ("留空则为本单位", "Empty for the configured unit")
        case .userGroups: ("可见的摄像机组", "Groups of cameras")
        case .userGroupsNote: ("不选则可见全部摄像机", "None chosen: all cameras")
        default: nil
        }
    }
}
