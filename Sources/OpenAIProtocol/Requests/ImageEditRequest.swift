/// A request for a picture to be changed.
///
/// Source: OpenAI API reference, "Create image edit".
package struct ImageEditRequest: Sendable {
    package var model: String
    /// What to do with the picture; empty for models that need no words.
    package var prompt: String
    /// The picture, as the client sent it.
    package var image: MultipartForm.Part
    /// How many pictures are wished for.
    package var count: Int
    /// `1024x1024` and the like; nil for what the bot sets.
    package var size: String?
    package var responseFormat: ImageGenerationRequest.ResponseFormat
    /// Fields that the API does not have, with their texts: they may be the bot's own parameters.
    package var additional: [(name: String, text: String)]

    /// Reads a form; what the API has and this door has no use for is ignored.
    ///
    /// - Throws: ``OpenAIError`` of the type `invalid_request_error` that names the field.
    package init(_ form: MultipartForm) throws(OpenAIError) {
        var images: [MultipartForm.Part] = []
        var texts: [(name: String, text: String)] = []
        for part in form.parts {
            switch part.name {
            case "image", "image[]": images.append(part)
            case "mask":
                throw .invalid(
                    "Pictures are changed as a whole here: 'mask' is not served.", param: "mask",
                    code: "unsupported_parameter")
            default:
                let name = String(part.name.prefix(64))
                guard let text = part.text else {
                    throw .invalid("'\(name)' must be text", param: name, code: "invalid_type")
                }
                guard !texts.contains(where: { $0.name == part.name }) else {
                    throw .invalid("'\(name)' is given twice", param: name, code: "invalid_value")
                }
                texts.append((part.name, text))
            }
        }
        func text(_ name: String) -> String? {
            texts.first { $0.name == name }.flatMap { $0.text.isEmpty ? nil : $0.text }
        }
        guard let model = text("model") else { throw Self.missing("model") }
        guard let image = images.first else { throw Self.missing("image") }
        guard images.count == 1 else {
            throw .invalid(
                "One picture is changed for each request, and \(images.count) are given.", param: "image",
                code: "too_many_files")
        }
        self.model = model
        self.image = image
        prompt = text("prompt") ?? ""
        count = 1
        if let number = text("n") { count = try ImageGenerationRequest.checkedCount(Int(number)) }
        size = text("size").flatMap { $0 == "auto" ? nil : $0 }
        responseFormat = .url
        if let name = text("response_format") { responseFormat = try ImageGenerationRequest.format(named: name) }
        if text("stream") == "true" { throw ImageGenerationRequest.notStreamed }
        additional = texts.filter { !ImageGenerationRequest.memberNames.contains($0.name) }
    }

    private static func missing(_ name: String) -> OpenAIError {
        .invalid("'\(name)' is missing", param: name, code: "missing_required_parameter")
    }
}
