package import PoeProtocol

/// What a person asks.
package struct Question: Sendable {
    package var text: String
    package var files: [AttachedFile]

    package init(_ text: String, files: [AttachedFile] = []) {
        self.text = text
        self.files = files
    }

    /// The question as a message of a Poe conversation.
    package var message: PoeMessage { PoeMessage(role: .user, content: text, attachments: files.map(\.attachment)) }
}
