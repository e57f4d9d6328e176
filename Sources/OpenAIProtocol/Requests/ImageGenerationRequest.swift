package import JSONCoding

/// A request for pictures.
///
/// Source: OpenAI API reference, "Create image".
package struct ImageGenerationRequest: Hashable, Sendable {
    /// How a picture comes back.
    package enum ResponseFormat: String, Hashable, Sendable, CaseIterable {
        /// As a link that is good for a while.
        case url
        /// In the answer itself.
        case base64 = "b64_json"
    }

    package var model: String
    package var prompt: String
    /// How many pictures are wished for.
    package var count: Int
    /// `1024x1024` and the like; nil for what the bot sets.
    package var size: String?
    package var responseFormat: ResponseFormat

    package init(
        model: String, prompt: String, count: Int = 1, size: String? = nil, responseFormat: ResponseFormat = .url
    ) {
        self.model = model
        self.prompt = prompt
        self.count = count
        self.size = size
        self.responseFormat = responseFormat
    }

    /// The members that have a meaning of their own, whatever else a model takes.
    package static let memberNames: Set<String> = ["model", "prompt", "n", "response_format", "stream"]

    /// Reads a request; members that are not known are ignored.
    ///
    /// - Throws: ``OpenAIError`` of the type `invalid_request_error` that names the member, as the service does.
    package init(_ value: JSONValue) throws(OpenAIError) {
        let reader = try RequestReader(value)
        model = try reader.requiredText("model")
        prompt = try reader.requiredText("prompt")
        guard !prompt.allSatisfy(\.isWhitespace) else {
            throw .invalid("'prompt' must say what to show", param: "prompt", code: "invalid_value")
        }
        count = 1
        if let number = reader["n"] {
            count = try Self.checkedCount(number.integer)
        }
        let size = try reader.text("size")
        self.size = size == "auto" ? nil : size
        responseFormat = .url
        if let name = try reader.text("response_format") { responseFormat = try Self.format(named: name) }
        if try reader.boolean("stream") == true { throw Self.notStreamed }
    }
}

// MARK: - What requests for pictures have in common

extension ImageGenerationRequest {
    /// A number of pictures that the API allows; nil is none.
    static func checkedCount(_ number: Int?) throws(OpenAIError) -> Int {
        guard let number, (1...10).contains(number) else {
            throw .invalid("'n' must be an integer from 1 to 10", param: "n", code: "invalid_value")
        }
        return number
    }

    /// The way in which a picture comes back.
    static func format(named name: String) throws(OpenAIError) -> ResponseFormat {
        guard let format = ResponseFormat(rawValue: name) else {
            throw .invalid(
                "'response_format' must be 'url' or 'b64_json'", param: "response_format", code: "invalid_value")
        }
        return format
    }

    /// What a client hears that wants pictures bit by bit.
    static let notStreamed = OpenAIError.invalid(
        "Pictures are not streamed here.", param: "stream", code: "unsupported_parameter")
}
