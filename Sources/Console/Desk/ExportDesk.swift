import Casework
import Evidence
import Foundation
import FrameCore
import HTTPTypes
import Hummingbird
import NIOPosix

/// What leaves a case: marked with who took it, masked unless somebody may and says why.
struct ExportDesk: Sendable {
    struct Picture: Sendable {
        var name: String
        var jpeg: [UInt8]
    }

    /// The printable page's name among the files of an export.
    static let sheetName = "sheet.html"

    let evidence: EvidenceFolder
    let access: AccessDesk
    let timeZone: TimeZone

    /// A still with the viewer's mark; logged before it is given away.
    /// - Parameter isMasked: everybody and every vehicle other than the object pixelated (public-security video regulation of 2025,
    ///   art. 22).
    /// - Parameter hidden: drawn to be pixelated as well; of no effect on what is not masked.
    func picture(
        _ name: String, of record: CaseRecord, isMasked: Bool, hidden: HiddenAreas, _ context: ConsoleContext
    ) async throws -> Picture {
        guard let folder = evidence.folder(of: record), name.hasSuffix(".jpg"), let file = try await evidence.file(name, of: record)
        else { throw Refusal.notFound }
        if !isMasked { try requireUnmasking(context) }
        let font = try font()
        let mark = try await access.export(name, of: record, isMasked: isMasked, timeZone: timeZone, context)
        do {
            let marked = try await NIOThreadPool.singleton.runIfActive {
                let frame = try Self.frame(name, path: file.path, package: folder, isMasked: isMasked, hidden)
                return try JPEGEncoder.encode(ViewerMark(lines: mark.lines, tile: mark.tile, font: font).apply(to: frame))
            }
            return Picture(name: mark.fileName(name), jpeg: marked)
        } catch let error where error is EvidenceError || error is JPEGError || error is TextError {
            throw Self.refusal(error)
        }
    }

    /// The page that prints on one sheet: stills, times, hashes and what a check says now; logged before it is given away.
    func sheet(
        of record: CaseRecord, isMasked: Bool, hidden: HiddenAreas, _ context: ConsoleContext
    ) async throws -> (name: String, html: String) {
        guard let folder = evidence.folder(of: record) else { throw Refusal.notFound }
        if !isMasked { try requireUnmasking(context) }
        let (font, verifier, moment) = (try font(), evidence.verifier, access.now())
        let mark = try await access.export(Self.sheetName, of: record, isMasked: isMasked, timeZone: timeZone, context)
        let printedAt = WallTime(
            millisecondsSince1970: Int64(moment.timeIntervalSince1970 * 1_000),
            utcOffsetMinutes: timeZone.secondsFromGMT(for: moment) / 60)
        do {
            let html = try await NIOThreadPool.singleton.runIfActive {
                let report = verifier.verify(package: folder)
                let copies = isMasked ? try MaskedDerivative.make(package: folder, drawn: hidden.polygons) : nil
                let drawn = ViewerMark(lines: [], tile: mark.tile, font: font)
                return try EvidenceSheet.html(
                    package: folder, report: report, masked: copies, printedAt: printedAt, takenBy: mark.lines
                ) { try JPEGEncoder.encode(drawn.apply(to: JPEGDecoder.decode($0))) }
            }
            return (mark.fileName(Self.sheetName), html)
        } catch let error where error is EvidenceError || error is JPEGError || error is TextError {
            throw Self.refusal(error)
        }
    }

    /// The sealed file itself, which nothing can be written on: whose it was stands in the log and in its name.
    func original(_ name: String, of record: CaseRecord, _ context: ConsoleContext) async throws -> (path: String, name: String) {
        guard let file = try await evidence.file(name, of: record) else { throw Refusal.notFound }
        try requireUnmasking(context)
        let mark = try await access.export(name, of: record, isMasked: false, timeZone: timeZone, context)
        return (file.path, mark.fileName(name))
    }

    private static func refusal(_ error: any Error) -> Refusal {
        Refusal(
            .unprocessableContent, "not-exportable", zh: "图片不能导出：\(error)", en: "This picture cannot be exported: \(error)")
    }

    private func requireUnmasking(_ context: ConsoleContext) throws(Refusal) {
        guard try context.requireVisit().user.role.may(.unmask) else { throw .roleMissing }
    }

    private func font() throws(Refusal) -> String {
        guard let font = access.rules.fonts.first(where: { FileManager.default.isReadableFile(atPath: $0) }) else {
            throw Refusal(
                .serviceUnavailable, "no-font", zh: "本机没有中文字体，不能加水印，因此不能导出（见 Config/access.yaml）。",
                en: "No font of Config/access.yaml is on this machine: pictures cannot be marked and so not be exported.")
        }
        return font
    }

    private static func frame(
        _ name: String, path: String, package: String, isMasked: Bool, _ hidden: HiddenAreas
    ) throws -> Frame {
        guard isMasked else { return try JPEGDecoder.decode([UInt8](Data(contentsOf: URL(fileURLWithPath: path)))) }
        guard let copy = try MaskedDerivative.make(package: package, drawn: hidden.polygons).first(where: { $0.derivedFrom == name }) else {
            throw Refusal.notFound
        }
        return try JPEGDecoder.decode(copy.bytes)
    }
}
