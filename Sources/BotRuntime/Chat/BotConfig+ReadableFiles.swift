import Bedrock
package import BotConfiguration
package import ChatEvents

extension BotConfig {
    /// Whether the bot's model may have a use for files of a type, so that fetching one is worth it.
    ///
    /// The model's adapter has the last word on each file; this one only saves fetching what it will refuse.
    package func mayRead(_ type: MediaType) -> Bool {
        guard kind == .chat else { return type.sort == .image || type.sort == .other }
        let traits = AttachmentTraits(model.facts)
        return switch type.sort {
        case .image: traits.takesImages
        case .video: traits.takesVideo
        case .audio: traits.takesAudio
        // Plain text is read by every model, and what a file of an unknown type is shows in its bytes only.
        case .document, .other: true
        }
    }
}
