/// One message of an AWS event stream: headers that say what it is, and a payload.
package struct EventStreamMessage: Hashable, Sendable {
    /// The headers in the order of the wire; no two have one name.
    package var headers: [EventStreamHeader]
    /// What the message carries, usually JSON; may be empty.
    package var payload: [UInt8]

    /// Makes a message; its lengths and names are checked when it is encoded.
    package init(headers: [EventStreamHeader], payload: [UInt8] = []) {
        self.headers = headers
        self.payload = payload
    }

    /// The value of the string header of that name; nil when there is none or its value is of another type.
    package func string(_ name: String) -> String? {
        for header in headers where header.name == name {
            if case .string(let value) = header.value { return value }
        }
        return nil
    }
}
