import ArgumentParser
import Evidence
import Foundation

struct SheetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet",
        abstract: "Makes one printable page of an evidence package: its stills, times and hashes, and how anybody checks them.",
        discussion: """
            One HTML file with all pictures inside, which prints on one A4 page. Checks the package first and says on the page what it found. \
            Exit code 0: the package is as it was sealed. 1: it is not, or the page could not be written.
            """)

    @Argument(help: "A package's folder.")
    var package: String

    @Option(name: [.short, .long], help: "The HTML file to write.")
    var output: String

    @Option(help: "The public key (PEM) that the package must be signed with.")
    var key: String?

    @Flag(help: "Shows masked copies of the stills, for use outside the case.")
    var masked = false

    func run() async throws {
        let trusted = try key.map { path in try VerifyingKey.load(from: path) } ?? []
        let report = EvidenceVerifier(trustedKeys: trusted).verify(package: package)
        for problem in report.problems { Terminal.standardError.message("\(package): \(problem)") }
        let copies = masked ? try MaskedDerivative.make(package: package) : nil
        let now = Date()
        let printedAt = WallTime(
            millisecondsSince1970: Int64(now.timeIntervalSince1970 * 1000),
            utcOffsetMinutes: report.manifest?.clock.utcOffsetMinutes ?? 0)
        let page = try EvidenceSheet.html(package: package, report: report, masked: copies, printedAt: printedAt)
        try Data(page.utf8).write(to: URL(fileURLWithPath: output))
        guard report.isIntact else { throw ExitStatus.failed }
    }
}
