import Hummingbird
import HummingbirdCore
import JSONCoding
import NIOCore
import OpenAIProtocol

/// An error of the chat-completions face with its status.
struct ChatError: Error, Sendable {
    let status: Int
    let error: OpenAIError
    /// The seconds that `Retry-After` says.
    var retryAfter: Int?

    init(_ status: Int, _ message: String, type: String = "invalid_request_error", code: String? = nil) {
        self.status = status
        error = OpenAIError(message: message, type: type, code: code)
    }

    /// A request that cannot be served as it is.
    init(_ error: OpenAIError) {
        status = 400
        self.error = error
    }

    /// The response in the shape of the service.
    func response(requestID: String) -> Response {
        var headers = ServiceResponse.headers(contentType: "application/json", requestID: requestID)
        headers.append("x-request-id", requestID)
        if let retryAfter { headers.append("Retry-After", "\(retryAfter)") }
        return Response(
            status: .init(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: error.json.encoded())))
    }
}

extension Fault {
    /// The response of a fault that takes the place of a chat completion; nil for a fault of another sort.
    func chatResponse(requestID: String) -> Response? {
        if let error = chatError { return error.response(requestID: requestID) }
        guard kind != .typeInBody else {
            return Self.raw(500, "application/json", #"{"error":"simulated"}"#, requestID: requestID)
        }
        return serviceError == nil ? response(requestID: requestID) : nil
    }

    /// The error in the words of the service.
    ///
    /// Source: OpenAI API documentation, "Error codes".
    private var chatError: ChatError? {
        switch kind {
        case .throttle:
            var error = ChatError(
                429, "Rate limit reached for requests. Please try again later.", type: "requests",
                code: "rate_limit_exceeded")
            error.retryAfter = retryAfter
            return error
        case .throttleDaily, .quotaExceeded:
            return ChatError(
                429, "You exceeded your current quota, please check your plan and billing details.",
                type: "insufficient_quota", code: "insufficient_quota")
        case .validation: return ChatError(400, "The simulator was told to find this request invalid.")
        case .accessDenied: return ChatError(403, "Country, region, or territory not supported.", code: "unsupported")
        case .expiredToken: return ChatError(401, "Incorrect API key provided.", code: "invalid_api_key")
        case .notFound: return ChatError(404, "The model does not exist.", code: "model_not_found")
        case .modelTimeout: return ChatError(504, "The model took too long to answer.", type: "server_error")
        case .modelError, .internalError:
            return ChatError(500, "The server had an error while processing your request.", type: "server_error")
        case .modelNotReady, .unavailable:
            return ChatError(
                503, "The engine is currently overloaded, please try again later.", type: "server_error")
        default: return nil
        }
    }
}
