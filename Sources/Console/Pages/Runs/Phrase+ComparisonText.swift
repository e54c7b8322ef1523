extension Phrase {
    /// The texts of a run's page and of the comparison; nil for a phrase that another table holds.
    var comparisonPair: (zh: String, en: String)? {
        switch self {
        // One run
        case .runSummary:
            ("{channels} 路 · {files} 个文件 · 录像 {time} · 发现 {n} 起", "{channels} channels · {files} files · {time} of footage · {n} found")
        case .compareWithDecisions: ("与人工认定对比", "Compare with decisions")
        case .compareWithRun: ("与此次对比", "Compare with this run")
        case .findingsCount: ("发现 {n} 起", "{n} findings")
        case .atSecondOfFile: ("文件第 {time}", "{time} into the file")
        case .noStillKept: ("未存图片", "No picture was kept")
        case .itsCase: ("查看案件", "Its case")
        case .promote: ("转为案件…", "Make it a case…")
        case .promoteNow: ("封存证据并立案", "Seal evidence and add the case")
        case .promoteAbout:
            (
                "从原录像截取前 10 秒至后 20 秒，封存后进入待处理队列。",
                "Cuts 10 s before to 20 s after out of the archived file, seals it and puts it into the queue."
            )
        case .reason: ("理由", "Reason")
        case .filterByHour: ("按时段筛选", "Filter by hour")
        case .hourTitle: ("{hour} 时：{n} 起", "{hour}:00: {n}")
        case .hourOfDay: ("时（当地）", "hour (local)")
        case .clearFilter: ("清除筛选", "Clear the filter")
        case .nothingMatches: ("没有符合条件的发现", "No findings match")
        case .nothingFound: ("没有发现", "Nothing was found")
        case .nothingFoundText:
            (
                "所给录像中没有符合规则的违规。请留意下方有无读不出的文件与时间空档。",
                "The footage shows no violation by these rules. Look below for files that could not be read, and for gaps."
            )
        case .notDoneYet: ("尚未完成", "Not done yet")
        case .notDoneYetText: ("完成后这里显示全部发现。", "All findings are shown here once it is done.")
        case .previousPage: ("上一页", "Previous page")
        case .runAsked: ("分析参数", "What was asked")
        case .runMadeBy: ("发起", "Made by")
        case .profilesHash: ("参数 SHA-256", "Profiles SHA-256")
        case .zonesOfFile: ("来自文件", "from a file")
        case .runDepth: ("方式", "Depth")
        case .everyFrame: ("逐帧", "every frame")
        case .keyFramesFirst: ("先关键帧，后逐帧细查", "key frames first, every frame around candidates")
        case .runNumber: ("编号", "Number")
        case .filesWithProblems: ("读取问题", "Problems with files")
        case .gapsCount: ("时间空档 {n} 处", "{n} gaps in time")
        case .gapText: ("{channel}：{from} – {to}（{duration}）", "{channel}: {from} – {to} ({duration})")
        case .inputsCount: ("输入文件 {n} 个", "{n} input files")
        case .fileOfRun: ("文件", "File")
        case .fileTime: ("时间", "Time")
        case .fileLength: ("长度", "Length")
        case .andMore: ("另有 {n} 项，可用接口获取。", "{n} more; the API gives all.")
        case .timeByPattern: ("按文件名", "by its name")
        case .timeBySidecar: ("按旁注文件", "by a sidecar")
        case .timeByContainer: ("按封装信息", "by its container")
        case .timeBurntIn: ("按画面时间", "by the burnt-in clock")
        case .timeByPackage: ("按证据包", "by its package")
        case .timeUnknown: ("时间不明", "time unknown")
        // Comparing
        case .compareRuns: ("对比", "Compare")
        case .before: ("之前", "Before")
        case .after: ("之后", "After")
        case .compareNow: ("对比", "Compare")
        case .officersDecisions: ("人工认定", "What officers decided")
        case .noRuns: ("还没有已完成的重算", "No re-analysis is done yet")
        case .noRunsText: ("先对一段录像重算，再与人工认定或另一次重算对比。", "Re-analyse some footage first; then compare it with decisions or with another run.")
        case .whatChanges: ("变化", "What changes")
        case .changeLost: ("消失", "Lost")
        case .changeGained: ("新增", "Gained")
        case .changeNew: ("无案件", "Without a case")
        case .changeRenamed: ("改类", "Renamed")
        case .changeMoved: ("移时", "Moved")
        case .changeKept: ("保持", "Kept")
        case .changeUncovered: ("无录像", "Not covered")
        case .changeLostAbout: ("之前有，之后没有", "Found before and not after")
        case .changeLostCaseAbout: ("有案件，此次没有发现", "There is a case, and the run did not find it")
        case .changeGainedAbout: ("之后才有", "Found after and not before")
        case .changeNewAbout: ("此次发现，尚无案件，无人认定过", "Found, and no case was ever made of it")
        case .changeRenamedAbout: ("同一处、同一时，类型不同", "The same place and time, another type")
        case .changeMovedAbout: ("同一处，起止时间差别大", "The same, at a noticeably different time")
        case .changeKeptAbout: ("没有变化", "As it was")
        case .changeUncoveredAbout: ("另一方的录像不含该时段，无从比较", "The other side's footage does not show that time, so nothing can be said")
        case .byType: ("按类型", "By type")
        case .byCamera: ("按通道", "By camera")
        case .byHour: ("按时段", "By hour of day")
        case .recallLabel: ("召回率", "Recall")
        case .recallAbout: ("真实案件 {all} 件中找到 {n} 件", "{n} of {all} true cases found")
        case .precisionLabel: ("准确率", "Precision")
        case .precisionAbout: ("找到的已认定案件 {all} 件中 {n} 件属实", "{n} of {all} decided cases found were true")
        case .falseAvoided: ("误报不再出现", "False alarms avoided")
        case .falseAvoidedAbout: ("认定为误报，此次没有", "called false, not found again")
        case .falseAgain: ("误报仍出现", "False alarms again")
        case .falseAgainAbout: ("认定为误报，此次仍有", "called false, found again")
        case .trueLost: ("真实案件丢失", "True cases lost")
        case .trueLostAbout: ("属实，此次没有发现", "true, and not found")
        case .unjudged: ("无人认定", "Never judged")
        case .unjudgedAbout: ("发现但没有案件，不计入两率", "found without a case; in neither figure")
        case .undecided: ("待处理", "Undecided")
        case .undecidedAbout: ("案件尚未认定", "cases that still wait")
        case .notCovered: ("无录像", "Not covered")
        case .notCoveredAbout: ("案件时段不在录像中", "decided, outside the footage")
        case .notFoundThere: ("没有发现", "not found")
        case .notInFootage: ("录像不含该时段", "that time is not in the footage")
        case .movedBy: ("相差 {duration}", "by {duration}")
        case .piece: ("同一事的一段", "a piece of the same act")
        case .pieceAbout: ("与另一起为同一处、同一时，已与对方配对", "At the same place and time as another one, which has the pair")
        case .noneOfThese: ("没有这一类。", "None of these.")
        case .nothingChanges: ("没有任何变化。", "Nothing changes.")
        case .comparedHow:
            (
                "按通道、位置与时间一一配对；时间相差超过 {moved} 秒算移时，两边时钟允许相差 {clock} 秒。",
                "Paired one to one by channel, place and time; moved means by more than {moved} s, clocks may differ by {clock} s."
            )
        case .approveTitle: ("让新区域生效", "Put these zones in force")
        case .approveAbout:
            (
                "此次重算所用区域与正在使用的不同。批准后立即成为新版本，并记下对比结果与理由。",
                "The run was made with other zones than those in force. Approved, they become the next version at once, with these figures and the reason."
            )
        case .approve: ("批准生效", "Approve")
        case .approveQuestion: ("确定让这些区域立即生效？", "Put these zones in force now?")
        case .inForce: ("现用", "in force:")
        case .zonesApproved: ("{channel}：区域第 {n} 版已生效。", "{channel}: version {n} of the zones is in force.")
        case .approvedBecause:
            (
                "重算批准：保持 {kept}，新增 {gained}，消失 {lost}，移时 {moved}，改类 {renamed}。{reason}",
                "Approved from a re-analysis: {kept} kept, {gained} gained, {lost} lost, {moved} moved, {renamed} renamed. {reason}"
            )
        // Cases out of an archive
        case .eventPromoted: ("由重算发现转为案件", "made it a case out of a re-analysis")
        case .archiveSource: ("来源", "Source")
        case .archiveSourceText: ("重算录像 {file}", "archived file {file}")
        case .archiveHash: ("原录像 SHA-256", "Archived file SHA-256")
        case .promotedBecause: ("立案理由", "Promoted because")
        case .aspectRatio: ("宽高比", "Aspect")
        case .heightPart: ("占画面高度", "Part of the height")
        case .colourfulnessLevels: ("色彩强度", "Colour")
        case .swayPixels: ("晃动", "Sway")
        case .companyPart: ("有人相伴", "Company")
        case .droppedPart: ("被人放下", "Put down")
        case .cameWholePart: ("整体移入", "Came whole")
        case .thinnessPart: ("细杆比例", "Thin members")
        case .overhangPart: ("上宽下窄", "Overhang")
        case .repetitionPart: ("重复排列", "Repetition")
        case .areaSquareMetres: ("面积（平方米）", "Area (m²)")
        default: nil
        }
    }
}
