import AWSClient
import JSONCoding

/// How a job stands.
///
/// Source: Amazon Bedrock API Reference, GetAsyncInvoke, response elements.
package struct AsyncInvocation: Hashable, Sendable {
    /// How far a job has come.
    package enum Status: Hashable, Sendable {
        case inProgress, completed, failed
        /// A status that this version does not know; as good as in progress.
        case other(String)

        init(_ name: String) {
            switch name {
            case "InProgress": self = .inProgress
            case "Completed": self = .completed
            case "Failed": self = .failed
            default: self = .other(name)
            }
        }
    }

    package let arn: String
    package let status: Status
    /// Why a job failed, for the log; nil when the service did not say.
    package let failureMessage: String?
    /// Where the result is: `s3://bucket/prefix/id`, or the prefix that was asked for.
    package let output: String?

    /// The last segment of the ARN, which names the folder of the result.
    package var id: String { arn.split(separator: "/").last.map(String.init) ?? arn }
}

extension BedrockClient {
    /// Asks how a job stands.
    ///
    /// - Parameters:
    ///   - arn: The job's ARN.
    ///   - requestID: The id that all logs of this request carry.
    /// - Returns: Its state.
    /// - Throws: ``ChatFailure``, `CancellationError`.
    package func getAsyncInvoke(_ arn: String, requestID: String) async throws -> AsyncInvocation {
        let path = "\(Self.asyncInvokePath)/\(AWSRequest.pathSegment(arn))"
        let answer = try await exchange("GET", path, body: nil, requestID: requestID)
        guard let status = answer.value["status"]?.string else {
            throw Self.incomplete("GetAsyncInvoke", lacks: "status", requestID: answer.requestID)
        }
        return AsyncInvocation(
            arn: answer.value["invocationArn"]?.string ?? arn, status: AsyncInvocation.Status(status),
            failureMessage: answer.value["failureMessage"]?.string,
            output: answer.value["outputDataConfig"]?["s3OutputDataConfig"]?["s3Uri"]?.string)
    }
}
