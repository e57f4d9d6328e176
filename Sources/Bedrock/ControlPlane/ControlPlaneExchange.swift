import AWSClient
import JSONCoding
import NIOCore
import WallClock

/// Asks one service in one region for JSON, and says in its errors what was asked.
struct ControlPlaneExchange: Sendable {
    /// The longest answer that is read, in bytes; Bedrock's listing of a region has about 200 kB.
    private static let answerLimitInBytes = 8 << 20

    let client: AWSClient
    let endpoint: AWSEndpoint
    let service: AWSService
    /// The region of the signature.
    let region: String

    /// Sends a request and reads the whole answer.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - operation: Its name, for errors.
    /// - Returns: The document of an answer with status 200.
    /// - Throws: ``ControlPlaneError``, `CancellationError`.
    func answer(to request: AWSRequest, _ operation: String) async throws -> JSONValue {
        func failure(_ code: ControlPlaneError.Code, _ message: String) -> ControlPlaneError {
            ControlPlaneError(code, service, operation, message)
        }
        do {
            let response = try await client.send(request, to: endpoint, service: service, region: region)
            guard response.status == 200 else {
                throw ControlPlaneError(try await response.readError(), service, operation)
            }
            var bytes: [UInt8] = []
            for try await piece in response.body {
                guard bytes.count + piece.readableBytes <= Self.answerLimitInBytes else {
                    throw failure(.unreadable, "the answer is too long")
                }
                bytes.append(contentsOf: piece.readableBytesView)
            }
            return try JSONParser.parse(bytes)
        } catch let error as AWSTransportError {
            throw failure(.unreachable, error.description)
        } catch let error as AWSCredentialError {
            throw failure(.credentials, error.description)
        } catch let error as JSONError {
            throw failure(.unreadable, "the answer is \(error)")
        }
    }

    /// Runs what asks, for at most a time.
    ///
    /// - Throws: ``ControlPlaneError`` with the code `unreachable` when the time is over, and what the body throws.
    func within<Value: Sendable>(
        _ timeout: Duration, _ operation: String, _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let late = ControlPlaneError(.unreachable, service, operation, "no answer within \(timeout)")
        return try await withTimeLimit(timeout, orThrow: late, body)
    }
}
