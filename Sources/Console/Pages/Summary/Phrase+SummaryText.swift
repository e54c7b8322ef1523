extension Phrase {
    /// The texts of the day summary and of searches; nil for a phrase that another table holds.
    var summaryPair: (zh: String, en: String)? {
        switch self {
        // Summary
        case .summaryTitle: ("工作日报", "Day summary")
        case .summaryAbout:
            ("按封存当日统计；数字为这些案件目前的状态。", "Cases by the day on which they were sealed, as they stand now.")
        case .summaryFrom: ("从", "From")
        case .summaryTo: ("到", "To")
        case .summaryPreviousDay: ("前一天", "Day before")
        case .summaryNextDay: ("后一天", "Day after")
        case .summaryFound: ("发现", "Found")
        case .summaryReviewed: ("已审核", "Reviewed")
        case .summaryStillWaiting: ("待处理 {n}", "{n} waiting")
        case .summaryFalseAlarms: ("误报", "False alarms")
        case .summaryCorrected: ("已整改", "Corrected")
        case .summaryHandedOver: ("已移交立案", "Handed over")
        case .summaryUnderWay: ("办理中", "Under way")
        case .summaryOther: ("豁免、移送及其他", "Exempt, transferred, other")
        case .summaryWaiting: ("待处理", "Waiting")
        case .summaryGenuine: ("属实", "genuine")
        case .summaryPrecision: ("识别准确率", "Precision")
        case .summaryPrecisionAbout: ("已审核中非误报的比例", "Reviewed cases that were no false alarm")
        case .summarySelfCorrection: ("自行整改率", "Self-correction")
        case .summarySelfCorrectionAbout: ("复查后有结论的案件中已整改的比例", "Of the cases looked at again, those corrected")
        case .summaryReviewTime: ("审核用时（中位数）", "Time to review (median)")
        case .summaryReviewTimeAbout: ("从封存到审核", "From sealing to the review")
        case .summaryInTime: ("{n} 分钟内审核", "Reviewed within {n} min")
        case .summaryByType: ("按类型", "By type")
        case .summaryTrend: ("近 30 天", "Last 30 days")
        case .summaryNone: ("这段时间没有案件", "No cases in this time")
        // Search
        case .searchTitle: ("查找案件", "Find cases")
        case .searchHint: ("案件编号、点位、商铺", "Case, place or shop")
        case .searchGo: ("查找", "Find")
        case .searchNothing: ("没有找到", "Nothing was found")
        case .searchNothingText:
            (
                "可输入案件编号的前几位（至少 4 位）、点位名称或地址、商铺名称或编号。",
                "Give the first letters of a case's number (4 or more), words of a place, or the name or number of a shop."
            )
        case .searchNewest: ("最近的 {n} 件", "The newest {n}")
        default: nil
        }
    }
}
