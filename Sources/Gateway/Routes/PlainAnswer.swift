import HTTPTypes
import HummingbirdCore
import JSONCoding
import NIOCore

/// An answer that is known whole before it is sent.
struct PlainAnswer: Sendable {
    var status: HTTPResponse.Status
    var contentType: String
    var body: [UInt8]
    var headers: [(name: HTTPField.Name, value: String)] = []

    /// A JSON document.
    init(_ status: HTTPResponse.Status = .ok, json: JSONValue) {
        self.status = status
        contentType = "application/json"
        body = json.encoded()
    }

    /// What went wrong, in the shape in which Poe's own server says so.
    init(_ status: HTTPResponse.Status, detail: String) {
        self.init(status, json: ["detail": .string(detail)])
    }

    /// A page for a person who opens a bot's URL.
    init(html: String) {
        status = .ok
        contentType = "text/html; charset=utf-8"
        body = Array(html.utf8)
    }

    func adding(_ name: HTTPField.Name, _ value: String) -> PlainAnswer {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }

    /// The body, ready to be sent.
    var responseBody: ResponseBody { ResponseBody(byteBuffer: ByteBuffer(bytes: body)) }
}

extension HTTPField.Name {
    /// A header name of this module's own.
    ///
    /// Texts in the source are valid names; one that is none gives `expect`, which no answer has, so that the
    /// tests of the answers' headers find it.
    static func known(_ name: StaticString) -> HTTPField.Name {
        HTTPField.Name("\(name)") ?? .expect
    }

    /// The id of a request, taken over from the caller or made here.
    static let requestID = known("x-request-id")
    /// The digest of the bot that answers.
    static let botDigest = known("x-bot-digest")
    /// Keeps browsers from guessing a type.
    static let contentTypeOptions = known("x-content-type-options")
    /// Asks proxies to pass a stream on as it comes.
    static let accelBuffering = known("x-accel-buffering")
}
