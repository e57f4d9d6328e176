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
            "ConfigurationRules", "BotConfiguration", "ModelCatalog", "Diagnostics", "FileAccess", "JSONCoding",
            "Secrets",
            "Suggestions", "WallClock", "YAMLSource"),
        .library("TestSupport", "FileAccess", in: "Tests"),
        .library(
            "ConfigurationFuzzing", "BotConfiguration", "ConfigurationRules", "Diagnostics", "FileAccess", "JSONCoding",
            "ModelCatalog", "Secrets", "WallClock", "YAMLSource", "TestSupport", in: "Tests"),
        .executableTarget(
            name: "Fuzzer", dependencies: ["ConfigurationFuzzing", "FuzzerRuntime"], path: "Fuzzer",
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]),
    ]
)

extension Target {
    static func library(
        _ name: String, _ dependencies: Target.Dependency..., in folder: String = "Sources", exclude: [String] = []
    ) -> Target {
        .target(
            name: name, dependencies: dependencies, path: "\(folder)/\(name)", exclude: exclude)
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
