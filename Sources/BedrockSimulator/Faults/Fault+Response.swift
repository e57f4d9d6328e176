import HTTPTypes
import Hummingbird
import HummingbirdCore
import JSONCoding
import NIOCore

extension Fault {
    /// The response of a fault that takes the place of Bedrock's answer; nil for a fault of another sort.
    func response(requestID: String) -> Response? {
        if let error = serviceError { return ServiceResponse.error(error, requestID: requestID) }
        switch kind {
        case .bareTooMany: return Self.raw(429, requestID: requestID)
        case .emptyError: return Self.raw(500, requestID: requestID)
        case .typeInBody:
            return Self.raw(
                500, "application/json",
                #"{"__type":"com.amazon.bedrock#InternalServerException","message":"simulated"}"#,
                requestID: requestID)
        case .htmlError: return Self.raw(502, "text/html", Self.page("502 Bad Gateway"), requestID: requestID)
        case .wrongContentType: return Self.raw(200, "text/html", Self.page("Welcome"), requestID: requestID)
        default: return nil
        }
    }

    /// A page as proxies answer it.
    static func page(_ title: String) -> String {
        "<html><head><title>\(title)</title></head><body><center><h1>\(title)</h1></center></body></html>"
    }

    /// A response of bytes as they are.
    static func raw(_ status: Int, _ type: String? = nil, _ text: String = "", requestID: String) -> Response {
        var headers = ServiceResponse.headers(contentType: type ?? "text/plain", requestID: requestID)
        if type == nil { headers[.contentType] = nil }
        return Response(
            status: .init(code: status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The error of the service that the fault is; nil for a fault of another sort.
    var serviceError: ServiceError? {
        switch kind {
        case .throttle:
            var error = ServiceError(.throttling, "Too many requests, please wait before trying again.")
            if let retryAfter {
                error.headers = ["Retry-After": "\(retryAfter)", "x-amz-retry-after": "\(retryAfter * 1000)"]
            }
            return error
        case .throttleDaily:
            return ServiceError(.throttling, "Too many tokens per day, please wait before trying again.")
        case .quotaExceeded: return ServiceError(.quotaExceeded, "Your request exceeds the service quota.")
        case .validation: return .validation("The simulator was told to find this request invalid.")
        case .accessDenied:
            return ServiceError(.accessDenied, "You don't have access to the model with the specified model ID.")
        case .expiredToken:
            return ServiceError(.expiredToken, "The security token included in the request is expired")
        case .notFound:
            return ServiceError(.resourceNotFound, "This model version has reached the end of its life.")
        case .modelNotReady:
            return ServiceError(
                .modelNotReady, "The model is not ready for inference. Wait and try your request again.")
        case .modelTimeout:
            return ServiceError(.modelTimeout, "The request took too long to process. Try your request again.")
        case .modelError:
            var error = ServiceError(.modelError, "The model had an error while processing the request.")
            error.details = ["originalStatusCode": 500, "resourceName": "simulated"]
            return error
        case .internalError:
            return ServiceError(
                .internalServer, "The system encountered an unexpected error during processing. Try your request again."
            )
        case .unavailable: return ServiceError(.unavailable, "Bedrock is unable to process your request.")
        default: return nil
        }
    }
}
