package import ChatEvents
package import JSONCoding

/// A video that is wished for, in no model's terms.
package struct VideoRequest: Hashable, Sendable {
    package var prompt: String
    package var aspectRatio: AspectRatio?
    /// How long it runs, in seconds.
    package var seconds: Int?
    /// How many lines a picture of it has, such as 720.
    package var lines: Int?
    /// Whether its end leads into its beginning.
    package var isLoop: Bool
    package var seed: Int?
    /// The picture that it starts with.
    package var picture: Attachment?
    /// Further fields for the model, passed on as they are.
    package var additional: JSONObject

    package init(
        prompt: String, aspectRatio: AspectRatio? = nil, seconds: Int? = nil, lines: Int? = nil, isLoop: Bool = false,
        seed: Int? = nil, picture: Attachment? = nil, additional: JSONObject = JSONObject()
    ) {
        self.prompt = prompt
        self.aspectRatio = aspectRatio
        self.seconds = seconds
        self.lines = lines
        self.isLoop = isLoop
        self.seed = seed
        self.picture = picture
        self.additional = additional
    }
}

/// How one family of video models is asked: the model's input of StartAsyncInvoke.
package protocol VideoModelShape: Sendable {
    /// What the model takes of a request.
    var limits: VideoModelLimits { get }

    /// The model's input.
    ///
    /// - Throws: ``ChatFailure`` with advice for what the person has to change.
    func input(of request: VideoRequest) throws(ChatFailure) -> JSONObject

    /// How long the video will run, in seconds, for its price.
    func seconds(of request: VideoRequest) -> Int
}

/// What a video model takes of a request.
package struct VideoModelLimits: Hashable, Sendable {
    /// The longest prompt in characters.
    package var promptCharacters: Int
    package var aspectRatios: [AspectRatio]
    /// The lengths that can be chosen, in seconds.
    package var seconds: [Int]
    /// The numbers of lines that can be chosen.
    package var lines: [Int]

    package init(promptCharacters: Int, aspectRatios: [AspectRatio], seconds: [Int], lines: [Int]) {
        self.promptCharacters = promptCharacters
        self.aspectRatios = aspectRatios
        self.seconds = seconds
        self.lines = lines
    }

    /// Checks what every shape checks: the prompt, and that a picture is one.
    func check(_ request: VideoRequest) throws(ChatFailure) {
        let count = request.prompt.unicodeScalars.count
        guard count <= promptCharacters else {
            throw ChatFailure(
                .inputTooLong, detail: "a prompt of \(count) characters where \(promptCharacters) are taken",
                advice: .shortenPrompt(limit: promptCharacters))
        }
        if request.prompt.allSatisfy(\.isWhitespace) {
            throw ChatFailure(.invalidRequest, detail: "the prompt is empty", advice: .describePicture)
        }
        if let file = request.picture {
            let type = PictureProbe(file.bytes)?.mediaType.description
            guard type == "image/png" || type == "image/jpeg" else {
                throw ChatFailure(
                    .invalidRequest, detail: "the file is no PNG or JPEG picture",
                    advice: .attachmentNotRead(name: file.name, takes: ["PNG", "JPEG"]))
            }
        }
    }
}

/// The shapes of the video models that are known.
package enum VideoModelShapes {
    /// Finds the shape of a model by its id without a profile's prefix; nil for a model of no known family.
    package static func find(modelID: String) -> (any VideoModelShape)? {
        if let shape = LumaRayShape(modelID: modelID) { return shape }
        return NovaReelShape(modelID: modelID)
    }
}
