// swift-tools-version: 6.3
import PackageDescription

// A package of its own, so that no product depends on it; `Sources` is a link to those of the main package.
// `Benchmarks/event-streams` builds and runs it.

let package = Package(
    name: "event-streams",
    targets: [
        .target(name: "EventStreamCoding", path: "Sources/EventStreamCoding"),
        .executableTarget(name: "Benchmark", dependencies: ["EventStreamCoding"], path: "Benchmark"),
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
