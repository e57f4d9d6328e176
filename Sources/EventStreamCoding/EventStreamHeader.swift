/// A named, typed value in front of a message's payload.
package struct EventStreamHeader: Hashable, Sendable {
    /// The name: 1 to 255 bytes of UTF-8, such as `:event-type`.
    package var name: String
    /// The value with its type.
    package var value: Value

    /// Makes a header; its lengths are checked when it is encoded.
    package init(name: String, value: Value) {
        self.name = name
        self.value = value
    }

    /// A value of one of the ten wire types; true and false are two of them.
    ///
    /// Source: AWS "Amazon event stream encoding", header value types.
    package enum Value: Hashable, Sendable {
        case bool(Bool)
        case int8(Int8)
        case int16(Int16)
        case int32(Int32)
        case int64(Int64)
        /// At most 65,535 bytes.
        case bytes([UInt8])
        /// At most 65,535 bytes of UTF-8.
        case string(String)
        /// Milliseconds since 1970-01-01T00:00:00Z.
        case timestamp(milliseconds: Int64)
        /// The sixteen bytes of the identifier as one big-endian number.
        case uuid(UInt128)
    }
}
