import ChatEvents

/// Turns attachments into what a model reads: the text that Poe found, the file itself, or a note that it was there.
struct PoeAttachmentReader {
    /// Whether text that Poe found in an attachment goes to the model.
    let expandsText: Bool
    /// Whether descriptions that Poe made of images go to the model.
    let describesImages: Bool

    /// Whether what Poe says of the content stands for the file.
    func isToldByPoe(_ attachment: PoeAttachment) -> Bool {
        guard attachment.parsedContent?.hasVisibleText == true else { return false }
        return LabelledType(attachment.contentType).isImage ? describesImages : expandsText
    }

    /// An attachment in words.
    ///
    /// - Returns: What Poe found, where the flags ask for it, or a note that the content is out of reach.
    func text(for attachment: PoeAttachment) -> String {
        let type = LabelledType(attachment.contentType)
        let name = attachment.name.asLabel(orElse: "without a name")
        guard isToldByPoe(attachment), let content = attachment.parsedContent else {
            return "[Attached file: \(name) (\(type.text)). Its content cannot be read here.]"
        }
        if type.isImage { return imageText(content, attachmentName: name) }
        if type.text == "text/html" { return "Content of the web page \(name):\n\n\(content)" }
        return "Content of the attached file \(name):\n\n\(content)"
    }

    /// Poe writes the name of the image, `***` and the description; without the stars all of it is the description.
    private func imageText(_ content: String, attachmentName: String) -> String {
        var name = attachmentName
        var description = content[...]
        if let parts = content.split(atFirst: "***") {
            name = parts.before.asLabel(orElse: attachmentName)
            description = parts.after
        }
        return """
            The image \(name) is attached. This is what it shows:

            <image_description>
            \(description.trimmed)
            </image_description>

            Use the description as if you saw the image yourself, without mentioning it, and answer in the language of \
            the user.
            """
    }
}

/// A MIME type without its parameters, fit to be shown.
private struct LabelledType {
    let text: String

    init(_ value: String) {
        text = value.prefix { $0 != ";" }.lowercased().asLabel(orElse: "unknown type")
    }

    var isImage: Bool { text.contains("image") }
}
