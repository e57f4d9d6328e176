import JSONCoding
package import NIOHTTP1

/// An error that a service answered.
package struct AWSServiceError: Error, Hashable, Sendable {
    /// How much of an error's body is read.
    package static let bodyLimitInBytes = 65_536

    package let status: Int
    /// The error's name, such as `ThrottlingException`; nil when the answer has none, as from a proxy on the way.
    package let code: String?
    /// What the service says, on one line and at most 500 characters; empty when it says nothing.
    package let message: String
    /// The service's id of the request.
    package let requestID: String?

    private static let longestMessage = 500

    /// Makes an error that was told by other means than a status, as within a stream.
    package init(status: Int, code: String?, message: String, requestID: String?) {
        self.status = status
        self.code = code.flatMap(Self.name)
        self.message = Self.firstLine(of: message)
        self.requestID = requestID
    }

    /// Reads an error answer.
    ///
    /// The name comes from the header `X-Amzn-ErrorType`, else from the body's `code` or `Code`, else its `__type`.
    /// An error in XML has them in `Code` and `Message`. A body that is neither is taken as the message.
    ///
    /// Source: Smithy specification, "AWS restJson1 protocol", "AWS query protocol" and "AWS restXml protocol",
    /// operation error serialisation.
    package init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        if body.first == UInt8(ascii: "<"), let root = try? XMLReader.parse(body) {
            let error = root.name == "Error" ? root : root["Error"]
            if let error, let code = error.text("Code") {
                self.init(
                    status: status, code: code, message: error.text("Message") ?? "",
                    requestID: headers.first(name: "x-amzn-requestid") ?? headers.first(name: "x-amz-request-id")
                        ?? error.text("RequestId") ?? root.text("RequestId"))
                return
            }
        }
        let object = (try? JSONParser.parse(body, limits: JSONLimits(depth: 16, values: 1000)))?.object
        let names = [headers.first(name: "x-amzn-errortype")] + ["code", "Code", "__type"].map { object?[$0]?.string }
        let message =
            if let object {
                object["message"]?.string ?? object["Message"]?.string ?? ""
            } else {
                String(decoding: body.prefix(4 * Self.longestMessage), as: UTF8.self)
            }
        self.init(
            status: status, code: names.lazy.compactMap { $0.flatMap(Self.name) }.first, message: message,
            requestID: headers.first(name: "x-amzn-requestid") ?? headers.first(name: "x-amz-request-id"))
    }

    /// The name within `namespace#Name:http://…`; nil when nothing is left.
    private static func name(in text: String) -> String? {
        let withoutLink = text.prefix { $0 != ":" }
        let name = withoutLink.split(separator: "#", omittingEmptySubsequences: false).last ?? withoutLink
        let trimmed = String(name.prefix(100)).trimmingBlanks()
        return trimmed.isEmpty ? nil : trimmed
    }

    /// The first line that is not blank.
    ///
    /// The lines after it may hold more than a log should: a signature error goes on to quote the signed request,
    /// session token included.
    private static func firstLine(of text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).lazy.map { String($0).trimmingBlanks() }.first {
            !$0.isEmpty
        }
        return String(
            (line ?? "").unicodeScalars.filter { $0.properties.generalCategory != .control }
                .prefix(longestMessage).map(Character.init))
    }
}

extension AWSServiceError: CustomStringConvertible {
    package var description: String {
        "\(status) \(code ?? "without an error name")\(message.isEmpty ? "" : ": \(message)")"
    }
}
