import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// An error of the object store.
///
/// Source: Amazon S3 API reference, "Error responses".
struct ObjectError: Error, Sendable, Hashable {
    let status: Int
    let code: String
    let message: String

    static let noSuchKey = ObjectError(status: 404, code: "NoSuchKey", message: "The specified key does not exist.")
    static let noSuchBucket = ObjectError(
        status: 404, code: "NoSuchBucket", message: "The specified bucket does not exist")
    static let preconditionFailed = ObjectError(
        status: 412, code: "PreconditionFailed",
        message: "At least one of the pre-conditions you specified did not hold")
    static let full = ObjectError(
        status: 400, code: "EntityTooLarge",
        message: "Your proposed upload exceeds what the simulator's object store holds.")
    static let invalidRange = ObjectError(
        status: 416, code: "InvalidRange", message: "The requested range is not satisfiable")
    static let notImplemented = ObjectError(
        status: 501, code: "NotImplemented", message: "The simulator's object store does not do this.")
    static let accessDenied = ObjectError(status: 403, code: "AccessDenied", message: "Access Denied")

    /// The error as the service writes it; a HEAD request gets no body.
    func response(requestID: String, isHead: Bool) -> Response {
        var headers = HTTPFields()
        headers.append("x-amz-request-id", requestID)
        headers.append("content-type", "application/xml")
        let xml = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Error><Code>\(code)</Code><Message>\(XMLText.escaped(message))</Message>\
            <RequestId>\(requestID)</RequestId><HostId>simulator</HostId></Error>
            """
        return Response(
            status: .init(code: status), headers: headers,
            body: isHead ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(string: xml)))
    }
}

/// Text within XML.
enum XMLText {
    /// The text with the characters escaped that mean something in XML; controls that it cannot hold are left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
