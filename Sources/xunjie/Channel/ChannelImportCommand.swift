import ArgumentParser
import Casework
import FFmpegIO
import Foundation
import Pipeline
import Synchronization

struct ChannelImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Adds and changes channels out of a list, after looking at all of their streams.",
        discussion: """
            Takes a CSV (UTF-8 or GB 18030; comma, semicolon or tab; columns id, national_id, name, url, sub_url, place, longitude, \
            latitude, grid, owner, or their Chinese names), exported GB/T 28181 catalogue answers (XML), or a folder of video files. \
            Everything is written in one transaction, or nothing.

            Exit codes: 0 all rows are good · 1 nothing was or could be written · 3 some rows have problems; with --only-good \
            the others are written.
            """)

    @Argument(help: "A .csv or .xml file, or a folder of video files.")
    var file: String

    @Flag(help: "Say what is wrong and what would change, and write nothing.")
    var dryRun = false

    @Option(help: "Address of the main streams that the list does not name, such as rtsp://gateway/{id}.")
    var template = ""

    @Option(help: "The same of the sub-streams.")
    var subTemplate = ""

    @Flag(help: "Do not open the streams.")
    var skipProbe = false

    @Flag(help: "Write the good rows although others have problems.")
    var onlyGood = false

    @Flag(help: "Files out of a folder play again and again in real time.")
    var loop = false

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        FFmpegLog.silence()
        let list = try read()
        let (channels, revision) = try await registry.use { (try await $0.channels(), try await $0.channelRevision()) }
        var plan = ChannelPlan(list, channels: channels, allowsFiles: true, now: Date())
        if !skipProbe { plan = await tried(plan) }
        report(plan)
        let good = plan.rows.count - plan.badCount
        if dryRun {
            print("nothing was written: this was a dry run")
        } else if plan.badCount > 0, !onlyGood {
            print("nothing was written: mend the rows above, or take the good ones with --only-good")
            throw ExitStatus.failed
        } else if plan.edits.isEmpty {
            print("nothing was written: there is nothing to change")
        } else {
            let edits = plan.edits
            _ = try await registry.use {
                try await $0.editChannels(edits, by: RegistryOption.author, at: Date(), basedOn: revision)
            }
            print("written: \(edits.count) channel\(edits.count == 1 ? "" : "s")")
        }
        guard plan.badCount == 0 else { throw good == 0 ? ExitStatus.failed : ExitStatus.partly }
    }

    private func read() throws -> ChannelList {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            throw ValidationError("\(file): there is no such file or folder")
        }
        if isFolder.boolValue {
            let (files, problems) = VideoFiles.collect([file])
            for problem in problems { Terminal.standardError.message("failed: \(problem)") }
            guard !files.isEmpty else { throw ValidationError("\(file): holds no video file") }
            return .files(files, loops: loop)
        }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        do throws(ChannelListError) {
            return try ChannelList.read(bytes, template: ChannelList.Template(main: template, sub: subTemplate))
        } catch {
            Terminal.standardError.message("\(file): \(error)")
            throw ExitStatus.failed
        }
    }

    private func tried(_ plan: ChannelPlan) async -> ChannelPlan {
        let total = plan.rows.count { $0.problems.isEmpty }
        let state = Mutex((plan: plan, done: 0))
        await ChannelTrial().run(plan) { index, row in
            let done = state.withLock { state in
                state.plan.rows[index] = row
                state.done += 1
                return state.done
            }
            Terminal.standardError.progress(Double(done) / Double(total), "tried \(done) of \(total)", isLast: done == total)
        }
        return state.withLock { $0.plan }
    }

    private func report(_ plan: ChannelPlan) {
        for note in plan.notes { print("line \(note.line): \(note.text.en)") }
        for row in plan.rows {
            let change: String =
                switch row.change {
                case .new: "new"
                case .changed(let fields): "changed: " + fields.map(\.rawValue).joined(separator: ", ")
                case .same: "same"
                }
            let found = [row.main, row.sub].compactMap { $0 }.map { "\($0.codec) \($0.width)×\($0.height)" }.joined(separator: " + ")
            print("line \(row.line): \(row.channel.id)\t\(row.problems.isEmpty ? change : "PROBLEM")\t\(row.channel.name)\t\(found)")
            for problem in row.problems { print("  \(problem)") }
            for hint in row.hints { print("  note: \(hint.en)") }
        }
        let good = plan.rows.filter(\.problems.isEmpty)
        let new = good.count { $0.change == .new }
        let same = good.count { $0.change == .same }
        print("\(plan.rows.count) rows: \(new) new, \(good.count - new - same) changed, \(same) the same, \(plan.badCount) with problems")
    }
}
