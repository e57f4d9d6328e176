/// A question to a deployed bot, and what its answer must hold.
package struct SmokeCase: Hashable, Sendable {
    /// The case's name, unique within its bot.
    package var name: String
    package var prompt: String
    /// The files that the question brings, each with its name and no folder.
    package var attachments: [ConfigFile]
    package var expect: SmokeExpectation

    /// The largest file that a case can bring, in bytes.
    package static let attachmentLimitInBytes = 262_144
    /// What the files of all cases of a bot may have together, in bytes: manifests keep them with the cases.
    package static let attachmentsLimitInBytes = 2_097_152

    package init(name: String, prompt: String, attachments: [ConfigFile] = [], expect: SmokeExpectation) {
        self.name = name
        self.prompt = prompt
        self.attachments = attachments
        self.expect = expect
    }
}

/// What an answer must hold for a smoke case to pass.
package struct SmokeExpectation: Hashable, Sendable {
    /// A text that the answer must hold, case aside; nil when any non-empty answer will do.
    package var contains: String?
    /// How soon the first event after `meta` must arrive.
    package var firstEventWithin: Duration?
    /// What sort of file the answer must bring; nil when it need bring none.
    package var file: SmokeFile?

    package init(contains: String? = nil, firstEventWithin: Duration? = nil, file: SmokeFile? = nil) {
        self.contains = contains
        self.firstEventWithin = firstEventWithin
        self.file = file
    }
}

/// A sort of file that an answer can be asked for.
package enum SmokeFile: String, Hashable, Sendable, CaseIterable {
    case image, video
}
