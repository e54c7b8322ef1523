import Foundation
import FrameCore
import Logging
import SceneAnalysis

// What was learned of the street outlives the program.
extension ChannelPatrol {
    /// How much a restart may cost at most of what was learned.
    private static let memoryInterval = Duration.seconds(600)

    mutating func takeUpMemory() {
        guard let memoryFile else { return }
        do {
            guard let (memory, gap) = try memoryFile.load(now: Date(), longestHours: dependencies.library.analysis.memory.keepHours)
            else { return }
            try analysis.takeUp(memory, at: .zero, gap: gap, zonesVersion: zones.version)
            recorder.takeUp(cases: memory.cases)
            dependencies.logger.info(
                "the street is known from before",
                metadata: ["channel": "\(assignment.id)", "saved_s_ago": "\(Int(gap.inSeconds))", "incidents": "\(memory.open.count)"])
        } catch {
            dependencies.logger.warning(
                "the street is learned anew", metadata: ["channel": "\(assignment.id)", "reason": "\(error)"])
        }
    }

    mutating func saveMemoryIfDue() {
        if memorySavedAt.duration(to: .now) >= Self.memoryInterval { saveMemory() }
    }

    mutating func saveMemory() {
        guard let memoryFile, var memory = analysis.memory(zonesVersion: zones.version) else { return }
        memorySavedAt = .now
        memory.cases = recorder.cases
        do {
            try memoryFile.save(memory, at: Date())
            memoryFailed = false
        } catch {
            // Said once: a full disk has its own alarm, and evidence goes before memory.
            if !memoryFailed {
                dependencies.logger.error(
                    "what was learned of the street cannot be saved",
                    metadata: ["channel": "\(assignment.id)", "reason": "\(error)"])
            }
            memoryFailed = true
        }
    }
}
