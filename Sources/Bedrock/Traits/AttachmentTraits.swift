/// Which files a model reads, and how many.
package struct AttachmentTraits: Hashable, Sendable {
    /// Whether documents are taken.
    package enum Documents: Hashable, Sendable {
        case taken
        /// Nobody knows: those that are plain text go in as text, the others as documents.
        case untold
        /// Those that are plain text go in as text, the others are refused.
        case refused
    }

    package var takesImages: Bool
    package var documents: Documents
    package var takesVideo: Bool
    package var takesAudio: Bool
    /// Whether images may stand in the result of a tool.
    package var takesImagesInToolResults: Bool
    /// How many images one request may hold.
    package var imageLimit: Int
    /// How many documents one request may hold.
    package var documentLimit: Int
    /// The largest image in bytes.
    package var imageLimitInBytes: Int
    /// The largest document in bytes.
    package var documentLimitInBytes: Int

    /// Makes traits; nothing is refused unless it is said to be.
    ///
    /// Source of the limits: Amazon Bedrock API Reference, Message, `content`.
    package init(
        takesImages: Bool = true, documents: Documents = .taken, takesVideo: Bool = true, takesAudio: Bool = true,
        takesImagesInToolResults: Bool = true, imageLimit: Int = 20, documentLimit: Int = 5,
        imageLimitInBytes: Int = 3_932_160, documentLimitInBytes: Int = 4_718_592
    ) {
        self.takesImages = takesImages
        self.documents = documents
        self.takesVideo = takesVideo
        self.takesAudio = takesAudio
        self.takesImagesInToolResults = takesImagesInToolResults
        self.imageLimit = imageLimit
        self.documentLimit = documentLimit
        self.imageLimitInBytes = imageLimitInBytes
        self.documentLimitInBytes = documentLimitInBytes
    }
}
