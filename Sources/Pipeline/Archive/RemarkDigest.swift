import Casework

/// Gathers remarks; those that many files of a channel share are told once with their number.
struct RemarkDigest {
    private struct Key: Hashable {
        var channelID: String
        var kind: ArchiveRemark.Kind
    }

    /// So many of one kind are told one by one.
    private static let singly = 3

    private var single: [RunProblem] = []
    private var shared: [Key: [RunProblem]] = [:]
    private var counts: [Key: Int] = [:]

    mutating func add(_ remark: ArchiveRemark, path: String, channelID: String) {
        let problem = RunProblem(path: path, reason: remark.text, isLost: false)
        guard remark.isShared else { return single.append(problem) }
        let key = Key(channelID: remark.kind == .noClockProgram ? "" : channelID, kind: remark.kind)
        counts[key, default: 0] += 1
        if shared[key, default: []].count < Self.singly { shared[key, default: []].append(problem) }
    }

    var problems: [RunProblem] {
        single
            + shared.flatMap { key, problems in
                let count = counts[key] ?? 0
                guard count > Self.singly || key.kind == .noClockProgram, var first = problems.first else { return problems }
                if count > 1 { first.reason += " (and \(count - 1) more such files)" }
                return [first]
            }
    }
}
