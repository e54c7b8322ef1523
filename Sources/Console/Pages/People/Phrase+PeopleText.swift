extension Phrase {
    /// The texts of roles and users; nil for all others.
    var peoplePair: (zh: String, en: String)? {
        switch self {
        case .roleScreener: ("初筛辅助", "Screener")
        case .roleOfficer: ("执法队员", "Officer")
        case .roleSecondOfficer: ("二审队员", "Second officer")
        case .roleLegalReview: ("法制审核", "Legal review")
        case .roleHead: ("负责人", "Head")
        case .roleOperator: ("运维人员", "Operator")
        case .roleAuditor: ("审计", "Auditor")
        case .roleAdministrator: ("管理员", "Administrator")
        case .roleScreenerAbout: ("只作初筛建议，不发出任何文书", "Sorts candidates beforehand; releases nothing")
        case .roleOfficerAbout: ("审核、提醒、责令、复查；须有执法证", "Reviews, reminds, orders, re-checks; needs a certificate")
        case .roleSecondOfficerAbout:
            ("同上，并独立作第二意见；须有执法证", "As above, and gives the independent second opinion; needs a certificate")
        case .roleLegalReviewAbout: ("复核异议、证据保全", "Re-examines objections, puts legal holds")
        case .roleHeadAbout: ("裁定分歧、撤回案件；须有执法证", "Settles disagreements, withdraws cases; needs a certificate")
        case .roleOperatorAbout: ("接入、维护通道与区域", "Adds and keeps channels and zones")
        case .roleAuditorAbout: ("只读，可查调阅登记", "Reads everything, the access log too; changes nothing")
        case .roleAdministratorAbout: ("管理用户、通道与台账，不办案", "Users, channels and ledgers; decides no case")
        case .certificate: ("执法证", "Certificate")
        case .certificateNumber: ("执法证号", "Certificate number")
        case .certificateFrom: ("有效期自", "Valid from")
        case .certificateUntil: ("有效期至", "Valid until")
        case .certificateOver: ("不在有效期", "Not valid today")
        case .editUser: ("修改用户", "Edit user")
        case .userChanged: ("已保存 {login}。", "{login} is saved.")
        case .userEnabled: ("可登录", "May log in")
        case .newPasswordOptional: ("新密码（不改则留空）", "New password (leave empty to keep it)")
        default: nil
        }
    }
}
