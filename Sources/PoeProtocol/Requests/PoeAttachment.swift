package import JSONCoding

/// A file that came with a message.
///
/// Source: Poe server-bot protocol, Attachment. URL and name are written by others and hostile until checked.
package struct PoeAttachment: Hashable, Sendable {
    /// Where the file can be read, for 10 minutes from the request on.
    package var url: String
    /// The MIME type; `text/html` for a web page that the person named, whose address is then the ``name``.
    package var contentType: String
    package var name: String
    /// The token by which the message's Markdown shows the file in place: `![title][token]`.
    package var inlineReference: String?
    /// The text that Poe found in the file, or its description of an image.
    package var parsedContent: String?

    package init(
        url: String, contentType: String, name: String, inlineReference: String? = nil, parsedContent: String? = nil
    ) {
        self.url = url
        self.contentType = contentType
        self.name = name
        self.inlineReference = inlineReference
        self.parsedContent = parsedContent
    }

    init(lenient object: JSONObject) {
        self.init(
            url: object.text("url"), contentType: object.text("content_type"), name: object.text("name"),
            inlineReference: object.optionalText("inline_ref"), parsedContent: object.optionalText("parsed_content")
        )
    }

    /// The attachment with every key of the protocol.
    package var json: JSONValue {
        [
            "url": .string(url),
            "content_type": .string(contentType),
            "name": .string(name),
            "inline_ref": .optional(inlineReference),
            "parsed_content": .optional(parsedContent),
        ]
    }
}
