public import Casework
import Dispatch
import Evidence
import Foundation
public import Logging

/// Makes the bundle of each case that is handed over: `<store>/handover/<case>-<line>.tar`, whole or not at all, once.
public struct HandoverReceiver: LogReceiver {
    public static let folderName = ExchangeSettings.handover

    public let name = ExchangeSettings.handover
    public let startsAtEnd = false
    private let exporter: CaseExporter
    private let recorder: PackageRecorder
    private let store: any CaseStore
    private let folder: String
    private let logger: Logger
    private let queue = DispatchQueue(label: "xunjie.handover")

    /// - Parameter storeFolder: in which the folder `handover` is made.
    public init(
        exporter: CaseExporter, recorder: PackageRecorder, store: any CaseStore, storeFolder: String, logger: Logger
    ) {
        self.exporter = exporter
        self.recorder = recorder
        self.store = store
        folder = storeFolder + "/" + Self.folderName
        self.logger = logger
    }

    public func wants(_ event: CaseEvent) -> Bool {
        let kind = CaseLog.action(of: event)?.kind
        return kind == .agree || kind == .handOver
    }

    public func take(_ event: CaseEvent) async throws {
        let path = Self.path(folder, caseID: event.caseID, sequence: event.sequence)
        guard !FileManager.default.fileExists(atPath: path) else { return }
        guard let record = try await store.caseRecord(id: event.caseID), record.deletedAt == nil else { return }
        do {
            try await recorder.catchUp(event.caseID, upTo: event.sequence)
            let bundle = try await exporter.bundle(
                caseID: event.caseID, exporter: CaseActor.machine.id, reason: "hand-over", at: event.at, upTo: event.sequence)
            let folder = folder
            try await queue.blocking { try bundle.write(to: path, makingFolder: folder) }
        } catch let error as EvidenceError {
            switch error {
            // A package that cannot be exported must not hold up the others; the log says so, and the case's page shows why.
            case .damaged, .invalid, .file(_, _, ENOENT):
                logger.critical(
                    "a case was handed over but cannot be exported", metadata: ["case": "\(event.caseID)", "reason": "\(error)"])
                try await store.appendEvent(
                    caseID: event.caseID, at: event.at, actor: CaseActor.machine.id, kind: "export-failed",
                    detail: String(decoding: try JSONEncoder().encode(["reason": "\(error)"]), as: UTF8.self))
            default: throw error
            }
        }
    }

    static func path(_ folder: String, caseID: String, sequence: Int64) -> String { "\(folder)/\(caseID)-\(sequence).tar" }

    /// The bundles that were made of a case.
    static func bundles(of caseID: String, storeFolder: String) -> [String] {
        let folder = storeFolder + "/" + folderName
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasPrefix(caseID + "-") }
            .map { folder + "/" + $0 }
    }
}
