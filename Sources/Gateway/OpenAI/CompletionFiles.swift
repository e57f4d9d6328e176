import AttachmentFetching
import ChatEvents
import JSONCoding
import OpenAIProtocol

/// Reads the parts of a completion's messages: the files that stand in them, and those that were fetched for them.
///
/// Source: OpenAI API reference, "Create chat completion", `messages`, content parts; the errors are the service's.
struct CompletionFiles {
    /// The files of the web, by their URLs; a part whose file is not among them is left out.
    var fetched: [String: ChatEvents.Attachment] = [:]
    /// The largest file in bytes.
    let sizeLimitInBytes: Int
    /// The files that stand in the messages, by their places: what was read once to be checked is not decoded again
    /// when the files of the web have come.
    private var decoded: [String: ChatEvents.Attachment] = [:]

    /// A reader that knows no file of the web yet.
    init(sizeLimitInBytes: Int) { self.sizeLimitInBytes = sizeLimitInBytes }

    /// The parts of a message.
    ///
    /// - Parameters:
    ///   - parts: The parts as they came.
    ///   - place: Where they stand in the request.
    /// - Returns: The parts in no protocol's terms.
    /// - Throws: `OpenAIError` that names the part whose file cannot be read.
    mutating func content(of parts: [ChatCompletionPart], at place: String) throws(OpenAIError) -> [ChatContent] {
        var content: [ChatContent] = []
        for (index, part) in parts.enumerated() {
            let place = part.place(at: "\(place)[\(index)]")
            switch part {
            case .text(let text): if !text.isEmpty { content.append(.text(text)) }
            case .image(let url):
                let image = ChatCompletionPart.isOfTheWeb(url) ? fetched[url] : try read(url, asImageAt: place)
                if let image { content.append(.attachment(try checked(image, at: place))) }
            case .file(let name, let data):
                let file = ChatCompletionPart.isOfTheWeb(data) ? fetched[data] : try read(data, as: name, at: place)
                if let file { content.append(.attachment(file)) }
            }
        }
        return content
    }

    private func checked(_ image: ChatEvents.Attachment, at place: String) throws(OpenAIError) -> ChatEvents.Attachment
    {
        guard image.mediaType.sort == .image else {
            throw .unreadableImage(at: place)
        }
        return image
    }

    /// An image part holds a data URL, where it holds no URL of the web.
    private mutating func read(_ url: String, asImageAt place: String) throws(OpenAIError) -> ChatEvents.Attachment {
        if let known = decoded[place] { return known }
        guard let image = try dataURL(url, name: "image", at: place) else {
            throw .invalid("Invalid base64 data URL.", param: place, code: "invalid_base64")
        }
        decoded[place] = image
        return image
    }

    /// A file part holds a data URL, the base64 alone, or, as at Poe, a URL of the web.
    private mutating func read(
        _ text: String, as name: String, at place: String
    ) throws(OpenAIError) -> ChatEvents.Attachment? {
        if let known = decoded[place] { return known }
        var file = try dataURL(text, name: name, at: place)
        if file == nil { file = try base64(text, name: name, at: place) }
        decoded[place] = file
        return file
    }

    private func base64(
        _ text: String, name: String, at place: String
    ) throws(OpenAIError) -> ChatEvents.Attachment {
        guard let bytes = Base64.decode(text) else {
            throw .invalid("'\(place)' must be a base64 data URL, or base64.", param: place, code: "invalid_base64")
        }
        guard bytes.count <= sizeLimitInBytes else { throw .fileTooLarge(limitInBytes: sizeLimitInBytes, at: place) }
        return ChatEvents.Attachment(
            name: name, mediaType: FileType.look(at: bytes, declared: MediaType(""), name: name), bytes: bytes)
    }

    /// The file in a data URL; nil for a text that is none.
    private func dataURL(
        _ text: String, name: String, at place: String
    ) throws(OpenAIError) -> ChatEvents.Attachment? {
        do {
            guard let data = try DataURL.read(text, sizeLimitInBytes: sizeLimitInBytes) else { return nil }
            let type = FileType.look(at: data.bytes, declared: MediaType(data.mediaType), name: name)
            return ChatEvents.Attachment(name: name, mediaType: type, bytes: data.bytes)
        } catch  where error.code == .tooLarge {
            throw .fileTooLarge(limitInBytes: sizeLimitInBytes, at: place)
        } catch {
            throw .invalid("Invalid base64 data URL.", param: place, code: "invalid_base64")
        }
    }
}

// MARK: - Files of the web

extension ChatCompletionPart {
    /// Whether a text names a file that has to be fetched.
    static func isOfTheWeb(_ text: String) -> Bool {
        let start = text.utf8.prefix(8).map { $0 | 0x20 }
        return start.starts(with: "https://".utf8) || start.starts(with: "http://".utf8)
    }

    /// Where the part's file stands, for a part at a place.
    fileprivate func place(at place: String) -> String {
        switch self {
        case .text: place
        case .image: place + ".image_url.url"
        case .file: place + ".file.file_data"
        }
    }

    fileprivate var remoteFile: RemoteFile? {
        switch self {
        case .image(let url) where Self.isOfTheWeb(url):
            RemoteFile(url: url, name: "image", expectedType: MediaType("image/*"))
        case .file(let name, let url) where Self.isOfTheWeb(url):
            // What it is shows in its bytes only.
            RemoteFile(url: url, name: name, expectedType: MediaType(""))
        case .text, .image, .file: nil
        }
    }
}

extension ChatCompletionRequest {
    /// The files that have to be fetched, the newest message's first, each once.
    var remoteFiles: [RemoteFile] {
        var seen: Set<String> = []
        return messages.reversed().flatMap(\.content).compactMap(\.remoteFile).filter { seen.insert($0.url).inserted }
    }

    /// How many files the messages hold, wherever they are.
    var fileCount: Int {
        messages.flatMap(\.content).count { part in if case .text = part { false } else { true } }
    }

    /// Where the request names a URL.
    func place(of url: String) -> String? {
        for (index, message) in messages.enumerated() {
            for (position, part) in message.content.enumerated() where part.remoteFile?.url == url {
                return part.place(at: "messages[\(index)].content[\(position)]")
            }
        }
        return nil
    }
}

extension OpenAIError {
    /// A file is larger than the bot takes.
    static func fileTooLarge(limitInBytes: Int, at place: String) -> OpenAIError {
        invalid("The file is larger than \(limitInBytes) bytes.", param: place, code: "file_too_large")
    }

    /// A file is no picture.
    static func unreadableImage(at place: String) -> OpenAIError {
        invalid(
            "You uploaded an unsupported image. Please make sure your image has of one the following formats: "
                + "['png', 'jpeg', 'gif', 'webp'].", param: place, code: "image_parse_error")
    }

    /// A file of the web could not be fetched.
    static func fileNotFetched(at place: String?) -> OpenAIError {
        invalid(
            "Error while downloading the file. It must be at a public https URL that answers with the file itself.",
            param: place, code: "invalid_image_url")
    }
}
