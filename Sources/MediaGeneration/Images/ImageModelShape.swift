package import ChatEvents
package import JSONCoding

/// How one family of image models is asked: the body of InvokeModel, and what its answer holds.
///
/// Shapes are pure: values in, values out. A new family is one more type and one line in ``find(modelID:)``.
package protocol ImageModelShape: Sendable {
    /// What the model takes of a request.
    var limits: ImageModelLimits { get }

    /// The body of a request.
    ///
    /// - Throws: ``ChatFailure`` with advice for what the person has to change.
    func body(of request: ImageRequest) throws(ChatFailure) -> JSONObject

    /// The pictures of an answer, in base64 as they came.
    ///
    /// - Throws: ``ChatFailure`` for an answer that says success and holds none, as content filters give it.
    func images(in answer: JSONValue) throws(ChatFailure) -> [String]
}

/// What an image model takes of a request.
package struct ImageModelLimits: Hashable, Sendable {
    /// Whether a picture to start from is needed, possible or refused.
    package enum Picture: Hashable, Sendable {
        case refused, possible, needed
    }

    /// The longest prompt in characters.
    package var promptCharacters: Int
    /// Whether words are needed.
    package var needsPrompt: Bool
    package var picture: Picture
    /// The aspect ratios that can be chosen; empty where there are none.
    package var aspectRatios: [AspectRatio]
    /// Whether a size in pixels can be chosen.
    package var takesSize: Bool
    package var seeds: ClosedRange<Int>

    package init(
        promptCharacters: Int, needsPrompt: Bool = true, picture: Picture = .refused,
        aspectRatios: [AspectRatio] = [], takesSize: Bool = false, seeds: ClosedRange<Int>
    ) {
        self.promptCharacters = promptCharacters
        self.needsPrompt = needsPrompt
        self.picture = picture
        self.aspectRatios = aspectRatios
        self.takesSize = takesSize
        self.seeds = seeds
    }
}

/// The shapes of the image models that are known.
package enum ImageModelShapes {
    /// Finds the shape of a model.
    ///
    /// - Parameter modelID: The model's id without a profile's prefix.
    /// - Returns: The shape; nil for a model that is none of a known family.
    package static func find(modelID: String) -> (any ImageModelShape)? {
        if let shape = StabilityGenerateShape(modelID: modelID) { return shape }
        if let shape = StabilityEditShape(modelID: modelID) { return shape }
        return CanvasShape(modelID: modelID)
    }
}

extension ImageModelLimits {
    /// Checks what every shape checks: the length of the prompt, and whether there is a picture.
    func check(_ request: ImageRequest) throws(ChatFailure) {
        let count = request.prompt.unicodeScalars.count
        guard count <= promptCharacters else {
            throw ChatFailure(
                .inputTooLong, detail: "a prompt of \(count) characters where \(promptCharacters) are taken",
                advice: .shortenPrompt(limit: promptCharacters))
        }
        if needsPrompt, request.prompt.allSatisfy(\.isWhitespace) {
            throw ChatFailure(.invalidRequest, detail: "the prompt is empty", advice: .describePicture)
        }
        switch (picture, request.picture) {
        case (.needed, nil):
            throw ChatFailure(.invalidRequest, detail: "no picture is attached", advice: .attachPicture)
        case (.refused, let file?):
            throw ChatFailure(
                .invalidRequest, detail: "the model takes no pictures",
                advice: .attachmentNotRead(name: file.name, takes: []))
        case (_, let file?) where !takesFile(file):
            throw ChatFailure(
                .invalidRequest, detail: "the file is no PNG, JPEG or WebP picture",
                advice: .attachmentNotRead(name: file.name, takes: ["PNG", "JPEG", "WebP"]))
        default: break
        }
    }

    private func takesFile(_ file: Attachment) -> Bool {
        guard let type = PictureProbe(file.bytes)?.mediaType.description else { return false }
        return ["image/png", "image/jpeg", "image/webp"].contains(type)
    }
}
