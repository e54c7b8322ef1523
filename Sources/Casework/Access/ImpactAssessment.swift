import Foundation

/// The record of an assessment of the impact on personal information (personal information law art. 55–56).
///
/// Article 56 asks whether purpose and means are lawful, fair and necessary, what the impact and the risk are, and whether the
/// measures fit the risk; the record is kept at least three years. A ledger's entries are never deleted.
public struct ImpactAssessment: LedgerDocument {
    public static let ledger = LedgerKind.impactAssessment

    private static let textLimit = 4_000

    /// What personal information is processed for, and how.
    public var purpose: String
    /// Why it is lawful, fair and necessary.
    public var necessity: String
    /// On the rights of those concerned, and the risks.
    public var impact: String
    /// What is done against the risks, and why that is enough.
    public var measures: String
    public var date: LocalDay
    public var assessedBy: String
    /// After this day it must be made anew.
    public var validUntil: LocalDay

    public init(
        purpose: String, necessity: String, impact: String, measures: String, date: LocalDay, assessedBy: String, validUntil: LocalDay
    ) {
        self.purpose = purpose
        self.necessity = necessity
        self.impact = impact
        self.measures = measures
        self.date = date
        self.assessedBy = assessedBy
        self.validUntil = validUntil
    }

    public var problems: [LedgerProblem] {
        let texts = [
            ("purpose", purpose), ("necessity", necessity), ("impact", impact), ("measures", measures), ("assessedBy", assessedBy),
        ]
        var problems = texts.compactMap { field, text in
            (1...Self.textLimit).contains(text.trimmingCharacters(in: .whitespacesAndNewlines).count)
                ? nil
                : LedgerProblem(
                    field: field,
                    text: BilingualText(zh: "须为 1–\(Self.textLimit) 字", en: "must have 1 to \(Self.textLimit) characters"))
        }
        if validUntil < date {
            problems.append(
                LedgerProblem(
                    field: "validUntil", text: BilingualText(zh: "有效期不能早于评估日期", en: "cannot end before the day of the assessment")))
        }
        return problems
    }

    public func holds(on day: LocalDay) -> Bool { date <= day && day <= validUntil }
}
