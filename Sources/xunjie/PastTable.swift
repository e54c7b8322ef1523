import Foundation
import FrameCore
import Pipeline

/// A search's answer for people and for programs.
enum PastTable {
    static func text(_ answer: PastAnswer, timeZone: TimeZone) -> String {
        var lines = ["\(answer.channelID): \(answer.first.text(in: timeZone)) – \(answer.last.text(in: timeZone))"]
        let moved = answer.pictures > 0 ? 100 * answer.busyPictures / answer.pictures : 0
        lines.append(
            "  \(answer.pictures) pictures, \(String(format: "%.1f", answer.stepSeconds)) s apart; something moved through in \(moved) %")
        if answer.entries.isEmpty { lines.append("  Nothing stood here in this time, or it stood from the first picture to the last.") }
        for entry in answer.entries {
            let box = entry.box.map { String(format: "%.2f", $0) }.joined(separator: " ")
            lines.append(
                "  \(entry.id)  \(entry.beginning.words) \(entry.from.text(in: timeZone)) · \(entry.ending.words) "
                    + "\(entry.to.text(in: timeZone)) · \(Int(entry.seconds.rounded())) s · box \(box)")
        }
        for gap in answer.gaps {
            lines.append("  no footage from \(gap.from.text(in: timeZone)) to \(gap.to.text(in: timeZone))")
        }
        for blind in answer.blind {
            lines.append("  not judged (\(blind.reason ?? "?")) from \(blind.from.text(in: timeZone)) to \(blind.to.text(in: timeZone))")
        }
        return lines.joined(separator: "\n")
    }

    static func writeJSON(_ answers: [PastAnswer]) throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        FileHandle.standardOutput.write(try encoder.encode(answers) + Data("\n".utf8))
    }
}
