import JSONCoding
import WallClock

/// A request for a video, and how far it has come.
struct Job: Sendable, Hashable {
    /// Where it stands.
    enum Status: String, Sendable, Hashable {
        case inProgress = "InProgress"
        case completed = "Completed"
        case failed = "Failed"
    }

    /// The last part of the ARN: twelve lower-case letters and digits.
    let id: String
    let arn: String
    let modelARN: String
    let submitted: Timestamp
    /// Where the result goes: `s3://bucket/prefix`.
    let outputURI: String
    let outputConfiguration: JSONValue
    let token: String?
    /// The body's digest, by which a repeated token is judged.
    let digest: String
    /// What is made; nil for a job that fails.
    let film: MP4File?
    var status = Status.inProgress
    var ended: Timestamp?
    /// How often it has been asked for.
    var polls = 0

    /// The bucket and the key prefix of the output; nil when the URI names none.
    var place: (bucket: String, prefix: String)? { Self.place(of: outputURI) }

    /// The bucket and the key prefix of an `s3://` URI; nil when it names none.
    static func place(of uri: String) -> (bucket: String, prefix: String)? {
        guard uri.hasPrefix("s3://"), uri.utf8.count <= 1024 else { return nil }
        let parts = uri.dropFirst("s3://".count).split(separator: "/", maxSplits: 1)
        guard let bucket = parts.first, !bucket.isEmpty else { return nil }
        var prefix = parts.count > 1 ? String(parts[1]) : ""
        while prefix.last == "/" { prefix.removeLast() }
        return (String(bucket), prefix)
    }

    /// The job as GetAsyncInvoke and ListAsyncInvokes tell it.
    ///
    /// Source: Amazon Bedrock API reference, GetAsyncInvoke, response syntax.
    var json: JSONValue {
        var object: JSONObject = [
            "invocationArn": .string(arn), "modelArn": .string(modelARN), "status": .string(status.rawValue),
            "submitTime": .string(submitted.iso8601), "lastModifiedTime": .string((ended ?? submitted).iso8601),
            "outputDataConfig": outputConfiguration,
        ]
        if let token { object.append("clientRequestToken", .string(token)) }
        if let ended { object.append("endTime", .string(ended.iso8601)) }
        if status == .failed {
            object.append(
                "failureMessage", "The simulator was told to fail this job; a content filter would say so here.")
        }
        return .object(object)
    }
}
