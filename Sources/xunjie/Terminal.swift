import Foundation
import Synchronization

/// Writes to standard error: messages, and progress as a bar on a terminal or as plain lines elsewhere.
final class Terminal: Sendable {
    static let standardError = Terminal()

    private struct State {
        var barIsShown = false
        var lastShown = ContinuousClock.now - .seconds(60)
    }

    private static let barInterval = Duration.milliseconds(100)
    private static let lineInterval = Duration.seconds(5)
    private static let barWidth = 28

    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State())

    func message(_ text: String) {
        state.withLock { state in
            clearBar(&state)
            write(text + "\n")
        }
    }

    /// - Parameters:
    ///   - part: 0…1, or nil where the end is not known.
    ///   - isLast: always shown, and leaves the line standing.
    func progress(_ part: Double?, _ text: String, isLast: Bool = false) {
        state.withLock { state in
            let now = ContinuousClock.now
            guard isLast || state.lastShown.duration(to: now) >= (isTerminal ? Self.barInterval : Self.lineInterval) else { return }
            state.lastShown = now
            if isTerminal {
                write("\r\u{1B}[K" + Self.bar(part) + text + (isLast ? "\n" : ""))
                state.barIsShown = !isLast
            } else {
                write((part.map { "\(Int($0 * 100)) % " } ?? "") + text + "\n")
            }
        }
    }

    static func oneDigit(_ value: Double) -> String { String(format: "%.1f", value) }

    /// Hours, minutes and seconds.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 3_599_999))
        return String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
    }

    private func clearBar(_ state: inout State) {
        if state.barIsShown { write("\r\u{1B}[K") }
        state.barIsShown = false
    }

    private static func bar(_ part: Double?) -> String {
        guard let part else { return "" }
        let full = Int((min(max(part, 0), 1) * Double(barWidth)).rounded(.down))
        return "[" + String(repeating: "█", count: full) + String(repeating: "░", count: barWidth - full) + "] "
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
