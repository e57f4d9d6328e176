import ChatEvents
import PoeProtocol

/// A file that a request names by its URL, whatever door the request came through.
struct RemoteFile: Hashable, Sendable {
    let url: String
    /// Its name as the person knows it.
    let name: String
    /// What its sender calls it; empty where nothing is said.
    ///
    /// The bytes have the last word.
    let declaredType: String
    /// What it has to be by the place where it stands; tells whether the model may have a use for it at all.
    let expectedType: MediaType
    /// Whether it came since the bot's last answer: then it must not be lost silently.
    let isNew: Bool

    /// A file that is expected to be of a type which nobody has declared.
    init(url: String, name: String, expectedType: MediaType) {
        self.url = url
        self.name = name
        declaredType = ""
        self.expectedType = expectedType
        isNew = true
    }

    /// A file that Poe names.
    init(_ wanted: WantedFile) {
        url = wanted.attachment.url
        name = wanted.attachment.name
        declaredType = wanted.attachment.contentType
        expectedType = MediaType(wanted.attachment.contentType)
        isNew = wanted.isNew
    }
}
