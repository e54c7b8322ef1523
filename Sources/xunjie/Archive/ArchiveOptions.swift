import ArgumentParser
import Casework
import FFmpegIO
import Foundation
import Pipeline

/// How the files of an archive are told apart: options of every command that reads one.
struct ArchiveOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How files are named, for example '{channel}/{yyyy}-{MM}-{dd}/{HH}.{mm}.{ss}'.",
            discussion: """
                Placeholders: {channel} {yyyy} {yy} {MM} {dd} {HH} {mm} {ss} {ms} {epoch}; * any characters, ? one that is no digit, […] may \
                be absent. A time that stands twice is the end. Without it the ways of naming in archive.yaml are tried.
                """))
    var pattern: String?

    @Option(help: "Time zone of names and clocks that tell none (IANA name, or utc); without it, the site's.")
    var timeZone: String?

    @Flag(help: "Where nothing else tells the time, read the clock in the picture (needs the program tesseract; seconds a file).")
    var readClock = false

    @Option(help: "Folder with the site's settings.")
    var config: String?

    /// - Parameter channels: known ones, whose ids, names and national ids are looked for in paths.
    func settings(channels: [ChannelRecord] = []) throws -> ArchiveSettings {
        let folder = try ProjectFolders.config(config)
        var settings = ArchiveSettings(rules: try ArchiveRules.load(folder: folder), timeZone: try zone(folder))
        do throws(PathPatternError) {
            settings.pattern = try pattern.map { text throws(PathPatternError) in try PathPattern(text) }
        } catch {
            throw ValidationError("--pattern: \(error)")
        }
        settings.readsClock = readClock
        for channel in channels {
            for name in [channel.nationalID, channel.name, channel.id] where !name.isEmpty {
                settings.channels[name.lowercased()] = channel.id
            }
        }
        return settings
    }

    private func zone(_ folder: String) throws -> TimeZone {
        let name = try timeZone ?? ConfigFile.read(Station.Site.self, folder + "/site.yaml").time_zone
        if name.lowercased() == "utc" { return .gmt }
        guard let zone = TimeZone(identifier: name) else {
            throw ValidationError("“\(name)” is no time zone of this system; write one such as Asia/Shanghai, or utc")
        }
        return zone
    }
}

extension ArchiveScan {
    /// Lists with a bar on the terminal; SIGINT ends it as usual.
    func listWithProgress(_ inputs: [String]) throws -> ArchiveListing {
        let terminal = Terminal.standardError
        return try list(inputs) { progress in
            guard progress.files > 0 else { return }
            terminal.progress(
                Double(progress.filesDone) / Double(progress.files), "looking into \(progress.filesDone)/\(progress.files) files",
                isLast: progress.filesDone == progress.files)
        }
    }
}
