/// A request to a service, before it is signed.
package struct AWSRequest: Sendable {
    /// How a request says who sends it.
    package enum Authorization: Hashable, Sendable {
        /// With a signature, or with the bearer token of the service where the client has one.
        case signed
        /// Not at all, as the request itself holds what proves it.
        case anonymous
    }

    /// The method in upper case.
    package var method: String
    /// The path with a slash at its start, percent-encoded where it must be; it goes over the wire as it stands here.
    package var path: String
    /// Headers besides the host, those of the signature and those that every request gets.
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// How the request says who sends it.
    package var authorization = Authorization.signed
    /// How long the head of an attempt's answer may take; nil for as long as the caller's task lives.
    package var responseTimeout: Duration?

    /// Makes a request.
    package init(method: String, path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// A text as one segment of a path: every byte but `A-Z a-z 0-9 - . _ ~` percent-encoded, so `:` and `/` too.
    ///
    /// Source: Smithy specification, "HTTP binding traits", label serialisation.
    package static func pathSegment(_ text: String) -> String { percentEncoded(text, keeping: []) }

    /// A text with every byte percent-encoded that is neither unreserved (RFC 3986, section 2.3) nor one of some more.
    static func percentEncoded(_ text: String, keeping others: [UInt8]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default:
                if others.contains(byte) {
                    bytes.append(byte)
                } else {
                    bytes += [UInt8(ascii: "%"), hexDigit(byte >> 4), hexDigit(byte & 0xF)]
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Names and values as a query or a form: `a=b&c=d`.
    static func query(_ items: [(name: String, value: String)]) -> String {
        items.map { "\(pathSegment($0.name))=\(pathSegment($0.value))" }.joined(separator: "&")
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
