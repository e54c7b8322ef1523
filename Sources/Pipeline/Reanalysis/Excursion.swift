import FFmpegIO
import FrameCore
import Violations

/// The closer look at one stretch of a reel.
struct Excursion {
    /// What it found: this replaces what the first pass confirmed between the plan's `from` and `to`.
    struct Result: Codable, Sendable {
        struct Found: Codable, Sendable {
            var found: FoundIncident
            /// The incident of the first pass that is the same one and tells when it ends; nil where `found` knows that itself.
            var sameAs: Int?
        }

        var found: [Found] = []
    }

    /// How much further than planned it goes to see confirmed what the first pass confirmed.
    private static let step = Duration.seconds(20)
    private static let mostSteps = 60
    /// Boxes of one thing, seen by two looks.
    private static let sameOverlap = 0.3

    let plan: ExcursionPlan

    /// - Parameter walk: at the plan's boundary.
    func run(_ walk: ReelWalk) throws -> Result {
        walk.candidates = nil
        walk.spans = plan.spans
        var goesOn = try walk.advance(to: plan.to)
        var reached = plan.to
        var steps = 0
        // What the first pass confirmed and this one has not yet: a little longer, as closely.
        while goesOn, steps < Self.mostSteps, isStillOpen(walk) {
            walk.spans.append(WatchSpan(from: reached, to: reached + Self.step))
            reached = reached + Self.step
            goesOn = try walk.advance(to: reached)
            steps += 1
        }
        // What only this pass confirmed has nobody else to see it go.
        while goesOn, hasLonelyIncident(walk) {
            reached = reached + .seconds(60)
            goesOn = try walk.advance(to: reached)
        }
        if goesOn { walk.settleOpenIncidents() }
        return Result(
            found: mine(walk).map { found in
                Result.Found(found: found, sameAs: found.incident.clearedAt == nil ? expected(like: found.incident)?.id : nil)
            })
    }

    private func mine(_ walk: ReelWalk) -> [FoundIncident] {
        walk.log.incidents.filter { found in
            found.isConfirmed(after: plan.from, upTo: plan.to)
                || (found.incident.confirmedAt ?? .zero) > plan.to && found.incident.firstStill < plan.to
                    && expected(like: found.incident) != nil
        }
    }

    private func isStillOpen(_ walk: ReelWalk) -> Bool {
        let mine = mine(walk)
        let waiting = walk.analysis.tracker.open.map(\.incident).filter { $0.phase == .opened }
        return plan.expected.contains { expected in
            !mine.contains { isSame($0.incident, expected) } && waiting.contains { isSame($0, expected) }
        }
    }

    private func hasLonelyIncident(_ walk: ReelWalk) -> Bool {
        let open = Set(walk.analysis.confirmedIncidents.map(\.id))
        return mine(walk).contains { open.contains($0.incident.id) && expected(like: $0.incident) == nil }
    }

    private func expected(like incident: Incident) -> ExcursionPlan.Expected? {
        plan.expected.filter { isSame(incident, $0) }
            .max { $0.box.overlap(incident.box) < $1.box.overlap(incident.box) }
    }

    private func isSame(_ incident: Incident, _ expected: ExcursionPlan.Expected) -> Bool {
        incident.frameSize == expected.frameSize && incident.box.overlap(expected.box) >= Self.sameOverlap
    }
}
