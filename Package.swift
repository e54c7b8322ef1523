// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Whole-plane loops are 200 to 400 times slower without the optimiser, so these targets keep it in debug builds too.
let hot: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// Checks that run once gain nothing from the optimiser, which takes most of the time to build them.
let once: [SwiftSetting] = strict + [.unsafeFlags(["-Onone"])]

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")

let package = Package(
    name: "xunjie",
    products: [
        .executable(name: "xunjie", targets: ["xunjie"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C shims. No C type leaves the one target that imports each.
        .systemLibrary(name: "CFFmpeg", providers: [.apt(["libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswscale-dev"])]),
        .target(name: "CBench"),
        .systemLibrary(name: "CTimex"),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CFreeType", pkgConfig: "freetype2", providers: [.apt(["libfreetype-dev"])]),
        .target(name: "CText", dependencies: ["CFreeType"]),
        .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),

        // What a frame is, and what is done to a whole plane.
        .target(name: "FrameCore", swiftSettings: hot),
        .target(name: "FrameKernels", dependencies: ["FrameCore"], swiftSettings: hot),

        // Observe, then judge.
        .target(name: "SceneAnalysis", dependencies: ["FrameKernels", "FrameCore"], swiftSettings: hot),
        .target(name: "Violations", dependencies: ["SceneAnalysis", "FrameCore"], swiftSettings: strict),

        // In at one end, sealed at the other.
        .target(name: "FFmpegIO", dependencies: ["CFFmpeg", "FrameCore"], swiftSettings: strict),
        .target(name: "Evidence", dependencies: ["CJPEG", "COpenSSL", "CText", "FrameCore", crypto], swiftSettings: strict),

        // People and their decisions.
        .target(name: "Casework", dependencies: ["Evidence", "FrameCore"], swiftSettings: strict),
        .target(name: "CaseStoreSQLite", dependencies: ["Casework", grdb, crypto], swiftSettings: strict),

        // The flow, live and archived.
        .target(
            name: "Pipeline",
            dependencies: [
                "CTimex", "FrameCore", "FrameKernels", "SceneAnalysis", "Violations", "FFmpegIO", "Evidence", "Casework", deque, yams, log,
                crypto,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(
            name: "Console",
            dependencies: [
                "Casework", "Evidence", "FrameCore", "Pipeline", log, crypto,
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.copy("Assets"), .copy("Templates")],
            swiftSettings: strict),

        // The street that the sample streams show, drawn.
        .target(name: "SceneRenderer", dependencies: ["FrameCore", "FFmpegIO"], swiftSettings: hot),

        .executableTarget(
            name: "xunjie",
            dependencies: [
                "CBench", "CaseStoreSQLite", "Casework", "Console", "Evidence", "FFmpegIO", "FrameCore", "Pipeline",
                "SceneAnalysis", "SceneRenderer", "Violations", log, yams,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        .testTarget(name: "FrameCoreTests", dependencies: ["FrameCore"], swiftSettings: strict),
        .testTarget(name: "FrameKernelsTests", dependencies: ["FrameKernels", "FrameCore"], swiftSettings: strict),
        .testTarget(name: "SceneAnalysisTests", dependencies: ["SceneAnalysis", "FrameCore", "CBench", yams], swiftSettings: strict),
        .testTarget(name: "ViolationsTests", dependencies: ["Violations", "SceneAnalysis", "FrameCore", yams], swiftSettings: strict),
        .testTarget(name: "FFmpegIOTests", dependencies: ["FFmpegIO", "FrameCore"], swiftSettings: strict),
        .testTarget(name: "EvidenceTests", dependencies: ["Evidence", "FrameCore"], swiftSettings: strict),
        .testTarget(name: "CaseworkTests", dependencies: ["Casework", yams], swiftSettings: once),
        .testTarget(name: "CaseStoreSQLiteTests", dependencies: ["CaseStoreSQLite", "Casework", "Evidence", grdb], swiftSettings: once),
        .testTarget(
            name: "PipelineTests",
            dependencies: [
                "Pipeline", "CaseStoreSQLite", "Casework", "Evidence", "FFmpegIO", "FrameCore", "SceneAnalysis", "Violations", log,
            ],
            swiftSettings: once),
        .testTarget(
            name: "ConsoleTests",
            dependencies: [
                "Console", "CaseStoreSQLite", "Casework", "Evidence", "Pipeline", "FrameCore",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: once),
        .testTarget(name: "SceneRendererTests", dependencies: ["SceneRenderer", "FrameCore"], swiftSettings: strict),
    ]
)
