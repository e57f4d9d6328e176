// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that no product depends on it; `Sources` is a link to those of the main package.
// `Benchmarks/event-streams` and `Benchmarks/stream-events` build and run it. The scanner is of a target that needs the
// whole of botctl, so its files are linked, too.

let package = Package(
    name: "event-streams",
    targets: [
        .target(name: "EventStreamCoding", path: "Sources/EventStreamCoding"),
        .executableTarget(name: "Benchmark", dependencies: ["EventStreamCoding"], path: "Benchmark"),
        .target(name: "JSONCoding", path: "Sources/JSONCoding"),
        .target(name: "ChatEvents", dependencies: ["JSONCoding"], path: "Sources/ChatEvents"),
        .executableTarget(name: "Scanner", dependencies: ["ChatEvents", "JSONCoding"], path: "Scanner"),
    ]
)

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

for target in package.targets {
    target.swiftSettings = settings
}
