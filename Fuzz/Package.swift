// swift-tools-version: 6.3
import PackageDescription

// A package of its own, because everything in it is compiled with libFuzzer's instrumentation; `Sources` and `Tests`
// are links to those of the main package. `scripts/fuzz` builds and runs it.

let package = Package(
    name: "fuzz",
    dependencies: [.package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")],
    targets: [
        .systemLibrary(name: "CLibYAML", path: "Sources/CLibYAML", pkgConfig: "yaml-0.1"),
        .systemLibrary(name: "FuzzerRuntime", path: "FuzzerRuntime"),
        .library("JSONCoding"),
        .library("Diagnostics"),
        .library("FileAccess"),
        .library("Suggestions"),
        .library("WallClock"),
        .library("Secrets", "FileAccess"),
        .library("YAMLSource", "CLibYAML", "Diagnostics"),
        .library("ModelCatalog", "JSONCoding", "Suggestions", exclude: ["Data"]),
        .library(
            "BotConfiguration", "YAMLSource", "Diagnostics", "Secrets", "ModelCatalog", "Suggestions", "JSONCoding",
            "FileAccess", .product(name: "Crypto", package: "swift-crypto")),
        .library(
            "ConfigurationRules", "BotConfiguration", "MediaGeneration", "ModelCatalog", "Diagnostics", "FileAccess",
            "JSONCoding",
            "Secrets",
            "Suggestions", "WallClock", "YAMLSource"),
        .library("TestSupport", "FileAccess", in: "Tests"),
        .library(
            "ConfigurationFuzzing", "BotConfiguration", "ConfigurationRules", "Diagnostics", "FileAccess", "JSONCoding",
            "ModelCatalog", "Secrets", "WallClock", "YAMLSource", "TestSupport", in: "Tests"),
        .library("EventStreamCoding"),
        .library("ChatEvents", "JSONCoding"),
        .library("MediaGeneration", "ChatEvents", "JSONCoding"),
        // The codec alone, without what calls the service.
        .target(
            name: "Bedrock", dependencies: ["ChatEvents", "EventStreamCoding", "JSONCoding"], path: "Sources/Bedrock",
            sources: ["Errors", "Requests", "Streams", "Traits"]),
        .library(
            "AnswerFuzzing", "Bedrock", "ChatEvents", "EventStreamCoding", "JSONCoding", in: "Tests", exclude: ["Seeds"]
        ),
        .target(name: "FuzzHarness", dependencies: ["FuzzerRuntime"], path: "FuzzHarness"),
        .fuzzer("Fuzzer", of: "ConfigurationFuzzing"),
        .fuzzer("EventStreamFuzzer", of: "AnswerFuzzing"),
        .fuzzer("AnswerFuzzer", of: "AnswerFuzzing"),
    ]
)

extension Target {
    static func library(
        _ name: String, _ dependencies: Target.Dependency..., in folder: String = "Sources", exclude: [String] = []
    ) -> Target {
        .target(
            name: name, dependencies: dependencies, path: "\(folder)/\(name)", exclude: exclude)
    }

    static func fuzzer(_ name: String, of invariants: Target.Dependency) -> Target {
        .executableTarget(
            name: name, dependencies: [invariants, "FuzzHarness"], path: name,
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
    }
}

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"]),
]

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}
