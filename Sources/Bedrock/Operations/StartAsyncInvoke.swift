package import JSONCoding

/// A job that a model works on by itself, such as a video.
///
/// Source: Amazon Bedrock API Reference, StartAsyncInvoke, request body.
package struct AsyncInvokeRequest: Hashable, Sendable {
    /// The id of a foundation model.
    package var modelID: String
    /// What the model takes, in its own format.
    package var input: JSONObject
    /// Where the result is put, such as `s3://bucket/prefix`; the caller's own credentials must allow it.
    package var output: String
    /// Names the job, so that a request that is sent twice starts one job: 1 to 256 printable ASCII characters.
    package var token: String

    /// A job.
    package init(modelID: String, input: JSONObject, output: String, token: String) {
        self.modelID = modelID
        self.input = input
        self.output = output
        self.token = token
    }

    /// The request's body.
    package var body: JSONValue {
        [
            "clientRequestToken": .string(token), "modelId": .string(modelID), "modelInput": .object(input),
            "outputDataConfig": ["s3OutputDataConfig": ["s3Uri": .string(output)]],
        ]
    }
}

extension BedrockClient {
    /// The path of StartAsyncInvoke.
    package static let asyncInvokePath = "/async-invoke"

    /// Starts a job.
    ///
    /// - Parameters:
    ///   - request: What is to be made, and where the result goes.
    ///   - requestID: The id that all logs of this request carry.
    /// - Returns: The job's ARN; the result lands under the output's prefix in a folder named by its last segment.
    /// - Throws: ``ChatFailure``, `CancellationError`.
    package func startAsyncInvoke(_ request: AsyncInvokeRequest, requestID: String) async throws -> String {
        let answer = try await exchange("POST", Self.asyncInvokePath, body: request.body, requestID: requestID)
        guard let arn = answer.value["invocationArn"]?.string, !arn.isEmpty else {
            throw Self.incomplete("StartAsyncInvoke", lacks: "invocationArn", requestID: answer.requestID)
        }
        return arn
    }
}
