import ModelCatalog

/// What Converse wants of images, documents and video.
///
/// Source: Amazon Bedrock API reference, ImageBlock, DocumentBlock, VideoBlock and Message; the texts are those of the
/// service as users report them.
enum FileRules {
    static let all = [
        formats, sources, contents, sizes, imageCount, documentCount, documentNames, documentsNeedText, roles,
    ]

    private static let imageLimit = 3_932_160
    private static let documentLimit = 4_718_592
    private static let videoLimit = 26_214_400

    static let formats = ValidationRule { subject in
        for (place, file) in files(of: subject) {
            guard let known = known[file.kind], let format = file.format, !known.contains(format) else { continue }
            return .constraint(
                value: format, at: "\(place.oneBased).member.\(file.kind.rawValue).format",
                must: "satisfy enum value set: [\(known.joined(separator: ", "))]")
        }
        return nil
    }

    static let sources = ValidationRule { subject in
        for (place, file) in files(of: subject) {
            let path = "\(place.oneBased).member.\(file.kind.rawValue)"
            if file.format == nil, file.kind != .document {
                return .constraint(value: nil, at: "\(path).format", must: "not be null")
            }
            switch file.source {
            case .missing: return .constraint(value: nil, at: "\(path).source", must: "not be null")
            case .unreadable: return ServiceError(.serialization, "Bytes are not valid base64")
            case .object where !subject.model.id.hasPrefix("amazon.nova"):
                return .validation("This model doesn't support the s3Location field. Use bytes and try again.")
            case .object, .bytes, .text: continue
            }
        }
        return nil
    }

    /// What the bytes are must be what the block says.
    static let contents = ValidationRule { subject in
        for (place, file) in files(of: subject) where file.kind == .image {
            guard case .bytes(let bytes) = file.source else { continue }
            guard let probe = ImageProbe(bytes), probe.format.rawValue == file.format else {
                return .refusedByModel("\(place.zeroBased).image.source.bytes: Could not process image")
            }
            guard max(probe.width, probe.height) <= 8000 else {
                return .refusedByModel(
                    "\(place.zeroBased).image.source.bytes: At least one of the image dimensions exceed max allowed "
                        + "size: 8000 pixels")
            }
        }
        return nil
    }

    static let sizes = ValidationRule { subject in
        for (place, file) in files(of: subject) {
            guard case .bytes(let bytes) = file.source else { continue }
            guard !bytes.isEmpty else {
                return .validation("The \(file.kind.rawValue) at \(place.zeroBased) is empty. Add bytes and try again.")
            }
            let limit = file.kind == .image ? imageLimit : file.kind == .document ? documentLimit : videoLimit
            guard bytes.count > limit else { continue }
            return .validation(
                "The \(file.kind.rawValue) at \(place.zeroBased) exceeds the maximum size of \(limit) bytes: "
                    + "\(bytes.count) bytes.")
        }
        return nil
    }

    static let imageCount = ValidationRule { subject in
        count(.image, of: subject) > 20
            ? .validation("The number of images in the request exceeds the limit of 20.") : nil
    }

    static let documentCount = ValidationRule { subject in
        count(.document, of: subject) > 5
            ? .validation("The number of documents in the request exceeds the limit of 5.") : nil
    }

    static let documentNames = ValidationRule { subject in
        var names: Set<String> = []
        for (_, file) in files(of: subject) where file.kind == .document {
            guard let name = file.name, isDocumentName(name) else {
                return .validation(
                    "The file name can only contain alphanumeric characters, whitespace characters, hyphens, "
                        + "parentheses, and square brackets. The name can't contain more than one consecutive "
                        + "whitespace character.")
            }
            guard names.insert(name).inserted else {
                return .validation("Messages can not contain duplicate document names")
            }
        }
        return nil
    }

    static let documentsNeedText = ValidationRule { subject in
        let isBroken = subject.request.messages.contains { message in
            message.content.contains { $0.media?.kind == .document }
                && !message.content.contains { $0.text?.isEmpty == false }
        }
        return isBroken ? .validation("A text block must be included when using documents.") : nil
    }

    static let roles = ValidationRule { subject in
        for message in subject.request.messages where message.role == "assistant" {
            guard let file = message.content.compactMap(\.media).first, file.kind != .audio else { continue }
            return .validation(
                "The \(file.kind.rawValue) content block is only supported in messages with the role user.")
        }
        return nil
    }

    /// Whether the service knows the format for that kind of file.
    static func isKnown(_ format: String?, _ kind: ConverseRequest.Media.Kind) -> Bool {
        format.map { known[kind]?.contains($0) ?? false } ?? false
    }

    /// Where a block stands.
    private struct Place {
        let message: Int
        let block: Int

        var zeroBased: String { "messages.\(message).content.\(block)" }
        var oneBased: String { "messages.\(message + 1).member.content.\(block + 1)" }
    }

    private static func files(of subject: RuleSubject) -> [(Place, ConverseRequest.Media)] {
        subject.request.messages.enumerated().flatMap { message, turn in
            turn.content.enumerated().compactMap { block, content in
                content.media.map { (Place(message: message, block: block), $0) }
            }
        }
    }

    private static func count(_ kind: ConverseRequest.Media.Kind, of subject: RuleSubject) -> Int {
        files(of: subject).count { $0.1.kind == kind }
    }

    private static func isDocumentName(_ name: String) -> Bool {
        guard (1...200).contains(name.count), !name.contains("  ") else { return false }
        return name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || " -()[]".unicodeScalars.contains(scalar)
        }
    }

    private static let known: [ConverseRequest.Media.Kind: [String]] = [
        .image: ["png", "jpeg", "gif", "webp"],
        .document: ["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"],
        .video: ["mkv", "mov", "mp4", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"],
        .audio: [
            "mp3", "opus", "wav", "aac", "flac", "mp4", "ogg", "mkv", "mka", "x-aac", "m4a", "mpeg", "mpga", "pcm",
            "webm",
        ],
    ]
}
