// swift-tools-version: 6.3
import PackageDescription

// Traits are off where a package has them: Hummingbird's `FullFoundation` and `ConfigurationSupport` would bring in
// ICU (39 MB of data) and swift-configuration; AsyncHTTPClient's would do the same.
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")

let package = Package(
    name: "botctl",
    products: [
        .executable(name: "botctl", targets: ["botctl"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    ],
    targets: [
        // Leaves: values and codecs; no network, no clock.
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CPipe"),
        .target(name: "JSONCoding"),
        .target(name: "Diagnostics"),
        .target(name: "DiagnosticReference", dependencies: ["Diagnostics"]),
        .target(name: "DiagnosticRendering", dependencies: ["DiagnosticReference", "Diagnostics", "JSONCoding"]),
        .target(name: "FileAccess"),
        .target(name: "Suggestions"),
        .target(name: "WallClock"),
        .target(name: "Secrets", dependencies: ["FileAccess"]),
        .target(name: "YAMLSource", dependencies: ["CLibYAML", "Diagnostics"]),
        .target(name: "ModelCatalog", dependencies: ["JSONCoding", "Suggestions"], exclude: ["Data"]),
        .target(name: "AWSSigning", dependencies: ["WallClock", crypto]),
        .target(name: "EventStreamCoding"),
        .target(name: "ServerSentEvents"),
        .target(name: "ChatEvents", dependencies: ["JSONCoding"]),

        // What a bot is.
        .target(
            name: "BotConfiguration",
            dependencies: [
                "YAMLSource", "Diagnostics", "Secrets", "ModelCatalog", "Suggestions", "JSONCoding", "FileAccess",
                crypto,
            ]
        ),

        .target(
            name: "ConfigurationRules",
            dependencies: [
                "BotConfiguration", "MediaGeneration", "ModelCatalog", "Diagnostics", "Secrets", "JSONCoding",
                "Suggestions", "WallClock", "FileAccess", "YAMLSource",
            ]
        ),
        .target(
            name: "Scaffolding",
            dependencies: [
                "BotConfiguration", "MediaGeneration", "ModelCatalog", "FileAccess", "Suggestions", "JSONCoding",
            ]
        ),

        // The way to the model service, and its stand-in.
        .target(name: "ServiceConnections", dependencies: [nioCore, nioHTTP1, nioPosix, nioSSL, nioTLS]),
        .target(name: "AWSConfigFiles", dependencies: ["FileAccess"]),
        .target(
            name: "AWSClient",
            dependencies: [
                "CPipe", "AWSConfigFiles", "AWSSigning", "FileAccess", "JSONCoding", "Secrets", "ServiceConnections",
                "WallClock", crypto, httpClient, nioCore, nioHTTP1,
            ]
        ),
        .target(
            name: "Bedrock",
            dependencies: [
                "AWSClient", "EventStreamCoding", "ChatEvents", "JSONCoding", "WallClock", nioCore, logging,
            ]
        ),
        .target(
            name: "BedrockSimulator",
            dependencies: [
                "AWSSigning", "EventStreamCoding", "ModelCatalog", "JSONCoding", "OpenAIProtocol", "ServerSentEvents",
                "WallClock", hummingbird, hummingbirdCore, httpTypes, nioCore, nioHTTPTypes, logging, lifecycle,
            ]
        ),

        // The front door's wire types and client.
        .target(
            name: "PoeProtocol",
            dependencies: [
                "ServerSentEvents", "ChatEvents", "JSONCoding", "Secrets", httpClient, nioCore, nioHTTP1, nioPosix,
            ]
        ),

        // What is called on Poe's side.
        .target(
            name: "PoePlatform",
            dependencies: ["PoeProtocol", "Secrets", "ServerSentEvents", "JSONCoding", httpClient, nioCore, nioHTTP1]
        ),

        // Files that strangers point at.
        .target(
            name: "AttachmentFetching",
            dependencies: [
                "ChatEvents", "JSONCoding", "ServiceConnections", "WallClock", nioCore, nioHTTP1, nioPosix, nioSSL,
            ]
        ),

        .target(name: "OpenAIProtocol", dependencies: ["JSONCoding"]),
        .target(
            name: "OpenAIUpstream",
            dependencies: [
                "AWSClient", "ChatEvents", "JSONCoding", "OpenAIProtocol", "Secrets", "ServerSentEvents", nioCore,
                logging,
            ]
        ),

        // What media models are asked, and what they answer.
        .target(name: "MediaGeneration", dependencies: ["ChatEvents", "JSONCoding"]),

        // What is deployed, and what answers.
        .target(
            name: "Deployment", dependencies: ["BotConfiguration", "JSONCoding", "FileAccess", "Secrets", "WallClock"]),
        .target(
            name: "BotRuntime",
            dependencies: [
                "BotConfiguration", "Bedrock", "AWSClient", "ChatEvents", "MediaGeneration", "ModelCatalog",
                "OpenAIUpstream", "Secrets", "JSONCoding", "FileAccess", "WallClock", logging,
            ]
        ),
        .target(
            name: "Gateway",
            dependencies: [
                "AttachmentFetching", "BotRuntime", "BotConfiguration", "Deployment", "PoePlatform", "PoeProtocol",
                "OpenAIProtocol",
                "BedrockSimulator", "AWSClient", "AWSConfigFiles", "AWSSigning", "ChatEvents", "FileAccess", "Secrets",
                "JSONCoding", "ModelCatalog", "ServerSentEvents", "ServiceConnections", "WallClock",
                hummingbirdCore, httpClient, httpTypes, nioCore, nioHTTP1, nioPosix, nioHTTPTypes, logging, lifecycle,
            ]
        ),
        .target(
            name: "SmokeTesting",
            dependencies: ["PoeProtocol", "BotConfiguration", "ChatEvents", "Secrets", "JSONCoding"]
        ),
        .target(
            name: "Conversation",
            dependencies: ["ChatEvents", "FileAccess", "JSONCoding", "PoeProtocol", "Secrets"]
        ),
        .target(
            name: "Rollout",
            dependencies: [
                "Deployment", "Gateway", "BotRuntime", "PoePlatform", "PoeProtocol", "SmokeTesting",
                "BotConfiguration", "ModelCatalog", "Secrets", "JSONCoding", "WallClock", logging,
            ]
        ),

        .target(
            name: "Onboarding",
            dependencies: [
                "Rollout", "Scaffolding", "ConfigurationRules", "Bedrock", "BotRuntime", "Gateway", "SmokeTesting",
                "BotConfiguration", "ModelCatalog", "Diagnostics", "FileAccess", "PoeProtocol",
            ]
        ),

        // What the model service lists, beside what the catalog knows.
        .target(
            name: "CatalogSync",
            dependencies: [
                "Bedrock", "BotConfiguration", "ConfigurationRules", "Diagnostics", "FileAccess", "JSONCoding",
                "ModelCatalog", "Scaffolding", "YAMLSource",
            ]
        ),

        // The command line.
        .target(
            name: "BotctlCommands",
            dependencies: [
                "CMalloc", "CatalogSync", "Conversation",
                "Onboarding", "Rollout", "SmokeTesting", "Gateway", "BedrockSimulator", "BotRuntime", "Deployment",
                "PoePlatform", "PoeProtocol", "BotConfiguration", "ConfigurationRules", "Scaffolding", "ModelCatalog",
                "Diagnostics",
                "DiagnosticRendering", "DiagnosticReference", "Secrets", "JSONCoding", "ChatEvents", "FileAccess",
                "Suggestions", "Bedrock", "AWSClient", "AWSSigning", "WallClock", argumentParser, httpClient, logging,
                lifecycle, unixSignals,
            ]
        ),
        .executableTarget(name: "botctl", dependencies: ["BotctlCommands"]),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["FileAccess"],
            path: "Tests/TestSupport"
        ),
        .target(
            name: "ScriptedUpstream",
            dependencies: ["BotRuntime", "ChatEvents", "JSONCoding"],
            path: "Tests/ScriptedUpstream"
        ),
        .target(name: "LoopbackServer", dependencies: [nioCore, nioPosix, nioSSL], path: "Tests/LoopbackServer"),
        .testTarget(name: "JSONCodingTests", dependencies: ["JSONCoding", "TestSupport"]),
        .testTarget(name: "ChatEventsTests", dependencies: ["ChatEvents"]),
        .testTarget(name: "WallClockTests", dependencies: ["WallClock"]),
        .testTarget(
            name: "DiagnosticRenderingTests",
            dependencies: ["DiagnosticRendering", "Diagnostics", "JSONCoding", "TestSupport"],
            exclude: ["Golden"]
        ),
        .testTarget(name: "FileAccessTests", dependencies: ["FileAccess"]),
        .testTarget(
            name: "ServiceConnectionsTests",
            dependencies: ["ServiceConnections", "LoopbackServer", nioCore, nioHTTP1, nioPosix, nioSSL]),
        .testTarget(name: "SecretsTests", dependencies: ["Secrets", "FileAccess", "TestSupport"]),
        .testTarget(
            name: "YAMLSourceTests",
            dependencies: ["YAMLSource", "Diagnostics", "TestSupport"]
        ),
        .testTarget(name: "SuggestionsTests", dependencies: ["Suggestions"]),
        .testTarget(name: "MediaGenerationTests", dependencies: ["MediaGeneration", "ChatEvents", "JSONCoding"]),
        .testTarget(
            name: "AttachmentFetchingTests",
            dependencies: ["AttachmentFetching", "ChatEvents", "JSONCoding", "LoopbackServer", nioPosix, nioSSL]),
        .testTarget(name: "OpenAIProtocolTests", dependencies: ["OpenAIProtocol", "JSONCoding", "TestSupport"]),
        .testTarget(
            name: "OpenAIUpstreamTests",
            dependencies: [
                "OpenAIUpstream", "AWSClient", "ChatEvents", "JSONCoding", "Secrets", httpClient, nioCore, nioHTTP1,
            ]
        ),
        .testTarget(name: "ModelCatalogTests", dependencies: ["ModelCatalog", "JSONCoding"]),
        .testTarget(
            name: "AWSSigningTests",
            dependencies: ["AWSSigning", "JSONCoding", "WallClock"],
            exclude: ["Vectors"]
        ),
        .testTarget(
            name: "EventStreamCodingTests",
            dependencies: ["EventStreamCoding", "JSONCoding", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(name: "ServerSentEventsTests", dependencies: ["ServerSentEvents", "TestSupport"]),
        .testTarget(
            name: "BotConfigurationTests",
            dependencies: [
                "BotConfiguration", "Diagnostics", "FileAccess", "JSONCoding", "ModelCatalog", "TestSupport",
            ],
            exclude: ["Golden"]
        ),
        .target(
            name: "ConfigurationFuzzing",
            dependencies: [
                "BotConfiguration", "ConfigurationRules", "Diagnostics", "FileAccess", "JSONCoding", "ModelCatalog",
                "Secrets", "WallClock", "YAMLSource", "TestSupport",
            ],
            path: "Tests/ConfigurationFuzzing"
        ),
        .testTarget(
            name: "ConfigurationFuzzingTests",
            dependencies: ["ConfigurationFuzzing", "BotConfiguration", "Diagnostics", "ModelCatalog", "TestSupport"],
            exclude: ["Regressions"]
        ),
        .testTarget(
            name: "ConfigurationRulesTests",
            dependencies: [
                "ConfigurationRules", "BotConfiguration", "ModelCatalog", "Diagnostics", "FileAccess", "WallClock",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "DiagnosticReferenceTests",
            dependencies: [
                "DiagnosticReference", "ConfigurationRules", "BotConfiguration", "ModelCatalog", "Diagnostics",
                "FileAccess", "WallClock", "TestSupport",
            ]
        ),
        .testTarget(
            name: "ScaffoldingTests",
            dependencies: [
                "Scaffolding", "BotConfiguration", "Diagnostics", "ModelCatalog", "FileAccess", "TestSupport",
            ]
        ),
        .target(
            name: "AnswerFuzzing", dependencies: ["Bedrock", "ChatEvents", "EventStreamCoding", "JSONCoding"],
            path: "Tests/AnswerFuzzing", exclude: ["Seeds"]),
        .testTarget(
            name: "BedrockTests",
            dependencies: [
                "Bedrock", "AnswerFuzzing", "AWSClient", "AWSSigning", "ChatEvents", "EventStreamCoding", "JSONCoding",
                "LoopbackServer", "ServiceConnections", "TestSupport", "WallClock", httpClient, nioCore,
            ],
            exclude: ["Golden", "Regressions", "Vectors"]
        ),
        .executableTarget(
            name: "AWSServiceProbe",
            dependencies: [
                "AWSClient", "AWSSigning", "FileAccess", "JSONCoding", "Secrets", "WallClock", httpClient,
            ],
            path: "Tests/AWSServiceProbe"
        ),
        .testTarget(
            name: "AWSConfigFilesTests",
            dependencies: ["AWSConfigFiles", "FileAccess", "JSONCoding", "TestSupport"],
            exclude: ["Vectors"]
        ),
        .testTarget(
            name: "AWSClientTests",
            dependencies: [
                "AWSClient", "AWSConfigFiles", "AWSSigning", "FileAccess", "JSONCoding", "Secrets", "WallClock",
                "TestSupport", httpClient, nioCore, nioHTTP1,
            ],
            exclude: ["Vectors"]
        ),
        .testTarget(
            name: "BedrockSimulatorTests",
            dependencies: [
                "BedrockSimulator", "AWSSigning", "EventStreamCoding", "ModelCatalog", "JSONCoding", "ServerSentEvents",
                "WallClock", httpClient, nioCore, nioHTTP1, nioPosix, logging, lifecycle,
            ]
        ),
        .testTarget(
            name: "DeploymentTests",
            dependencies: [
                "Deployment", "BotConfiguration", "FileAccess", "JSONCoding", "ModelCatalog", "Secrets", "WallClock",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "PoeProtocolTests",
            dependencies: [
                "PoeProtocol", "ChatEvents", "JSONCoding", "Secrets", "ServerSentEvents", "LoopbackServer",
                "TestSupport",
                httpClient,
            ]
        ),
        .testTarget(
            name: "PoePlatformTests",
            dependencies: ["PoePlatform", "PoeProtocol", "JSONCoding", "Secrets", "LoopbackServer", httpClient]
        ),
        .testTarget(
            name: "SmokeTestingTests",
            dependencies: [
                "SmokeTesting", "PoeProtocol", "BotConfiguration", "JSONCoding", "Secrets", "LoopbackServer",
                httpClient,
            ]
        ),
        .testTarget(
            name: "ConversationTests",
            dependencies: [
                "Conversation", "FileAccess", "JSONCoding", "PoeProtocol", "Secrets", "LoopbackServer", "TestSupport",
                httpClient,
            ]
        ),
        .testTarget(
            name: "BotRuntimeTests",
            dependencies: [
                "BotRuntime", "BotConfiguration", "AWSClient", "AWSSigning", "ChatEvents", "JSONCoding", "ModelCatalog",
                "WallClock", "ScriptedUpstream", "TestSupport", httpClient, nioCore, nioHTTP1, logging,
            ]
        ),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Gateway", "BotRuntime", "BedrockSimulator", "AWSSigning", "Deployment", "BotConfiguration",
                "ChatEvents", "PoeProtocol", "Secrets", "FileAccess", "JSONCoding", "ModelCatalog", "WallClock",
                "LoopbackServer", "ScriptedUpstream", "TestSupport", logging, nioCore, nioPosix, lifecycle,
            ]
        ),
        .testTarget(
            name: "RolloutTests",
            dependencies: [
                "Rollout", "Deployment", "Gateway", "BotRuntime", "SmokeTesting", "PoePlatform", "PoeProtocol",
                "BotConfiguration", "ModelCatalog", "Secrets", "FileAccess", "JSONCoding", "LoopbackServer",
                "WallClock", "TestSupport", httpClient, logging,
            ]
        ),
        .testTarget(
            name: "OnboardingTests",
            dependencies: [
                "Onboarding", "Rollout", "Scaffolding", "ConfigurationRules", "Bedrock", "Gateway",
                "SmokeTesting", "BotConfiguration", "Diagnostics", "ModelCatalog", "FileAccess", "PoeProtocol",
                "Secrets", "WallClock", "TestSupport",
            ]
        ),
        .testTarget(
            name: "CatalogSyncTests",
            dependencies: [
                "CatalogSync", "Bedrock", "BotConfiguration", "ConfigurationRules", "Diagnostics", "FileAccess",
                "ModelCatalog", "Scaffolding", "WallClock", "TestSupport",
            ]
        ),
        .testTarget(
            name: "BotctlCommandsTests",
            dependencies: [
                "BotctlCommands", "Diagnostics", "FileAccess", "JSONCoding", "ModelCatalog", "WallClock",
                "LoopbackServer",
                "TestSupport",
            ],
            exclude: ["Faulty", "Golden"]
        ),
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

for target in package.targets where target.type != .system {
    target.swiftSettings = settings
}
