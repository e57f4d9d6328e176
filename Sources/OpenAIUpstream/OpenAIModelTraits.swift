/// What an OpenAI-compatible service accepts of one model, where services differ.
package struct OpenAIModelTraits: Hashable, Sendable {
    /// Whether pictures may be sent.
    package var acceptsImages: Bool
    /// Whether files such as PDFs may be sent.
    package var acceptsFiles: Bool
    /// Whether temperature and top-p are accepted at all.
    package var acceptsSamplingParameters: Bool
    /// Whether the effort `none` is known; where it is not, nothing is said in its place.
    package var acceptsNoEffort: Bool
    /// What the member for the answer's length is called: `max_completion_tokens`, or at most services `max_tokens`.
    package var lengthKey: String

    package init(
        acceptsImages: Bool = true, acceptsFiles: Bool = true, acceptsSamplingParameters: Bool = true,
        acceptsNoEffort: Bool = true, lengthKey: String = "max_tokens"
    ) {
        self.acceptsImages = acceptsImages
        self.acceptsFiles = acceptsFiles
        self.acceptsSamplingParameters = acceptsSamplingParameters
        self.acceptsNoEffort = acceptsNoEffort
        self.lengthKey = lengthKey
    }
}
