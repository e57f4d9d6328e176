import HTTPTypes
import HummingbirdCore
import NIOCore

/// A body writer that may be used from any task, one after the other.
///
/// Hummingbird's writer to a connection holds nothing but the connection's thread-safe outbound writer; its opaque type
/// only hides that.
struct SendableBodyWriter<Base: ResponseBodyWriter>: ResponseBodyWriter, @unchecked Sendable {
    // Invariant of `@unchecked`: the base is never used from two tasks at once, as each response has one sink.
    private var base: Base

    init(_ base: consuming Base) { self.base = base }

    @concurrent mutating func write(_ buffer: ByteBuffer) async throws { try await base.write(buffer) }

    @concurrent consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        try await base.finish(trailingHeaders)
    }
}
