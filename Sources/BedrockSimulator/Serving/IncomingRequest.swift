import HTTPTypes
import NIOCore

/// A request as it arrived, with its whole body.
struct IncomingRequest: Sendable {
    let method: String
    let target: RequestTarget
    /// The headers in their order with lower-case names, `host` among them.
    let headers: [(name: String, value: String)]
    let body: [UInt8]
    /// The id that the answer carries.
    let id: String
    let connection: ClientConnection

    init(_ head: HTTPRequest, body: [UInt8], id: String, connection: ClientConnection) {
        method = head.method.rawValue
        target = RequestTarget(head.path ?? "")
        var headers = head.headerFields.map { (name: $0.name.canonicalName, value: $0.value) }
        if let host = head.authority { headers.append((name: "host", value: host)) }
        self.headers = headers
        self.body = body
        self.id = id
        self.connection = connection
    }

    /// The value of the first header of that lower-case name.
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The bearer key of the `authorization` header; nil when it holds none.
    var bearerKey: String? {
        guard let value = header("authorization"), value.lowercased().hasPrefix("bearer ") else { return nil }
        return String(value.dropFirst("bearer ".count))
    }
}
