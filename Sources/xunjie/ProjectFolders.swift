import ArgumentParser
import Foundation
import Pipeline

/// Where the folders `Models` and `Config` lie: as said on the command line, in the environment, here, or beside the program.
enum ProjectFolders {
    static func models(_ given: String?) throws -> String {
        try find("Models", given: given, variable: "XUNJIE_MODELS", proof: "scene.yaml", option: "--models")
    }

    static func config(_ given: String?) throws -> String {
        try find("Config", given: given, variable: "XUNJIE_CONFIG", proof: "violations.yaml", option: "--config")
    }

    private static func find(_ name: String, given: String?, variable: String, proof: String, option: String) throws -> String {
        if let given { return given }
        if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty { return path }
        var places = [FileManager.default.currentDirectoryPath]
        var folder = (CommandLine.arguments.first.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath() } ?? URL(fileURLWithPath: "/"))
            .deletingLastPathComponent()
        for _ in 0..<5 {
            places.append(folder.path)
            folder = folder.deletingLastPathComponent()
        }
        for place in places where FileManager.default.fileExists(atPath: "\(place)/\(name)/\(proof)") {
            return "\(place)/\(name)"
        }
        throw ValidationError("the folder \(name) (with \(proof)) was not found here or beside the program; name it with \(option)")
    }
}

/// Options of every command that analyses.
struct AnalysisOptions: ParsableArguments {
    @Option(help: "Folder with the tuned profiles.")
    var models: String?

    func library() throws -> ProfileLibrary {
        try ProfileLibrary.load(folder: ProjectFolders.models(models))
    }
}
