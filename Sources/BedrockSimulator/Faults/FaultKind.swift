/// One way in which the service, or the network before it, fails.
package enum FaultKind: String, Sendable, Hashable, CaseIterable {
    case throttle
    case throttleDaily = "throttle-daily"
    case bareTooMany = "bare-429"
    case quotaExceeded = "quota-exceeded"
    case validation
    case accessDenied = "access-denied"
    case expiredToken = "expired-token"
    case notFound = "not-found"
    case modelNotReady = "model-not-ready"
    case modelTimeout = "model-timeout"
    case modelError = "model-error"
    case internalError = "internal-error"
    case unavailable
    case typeInBody = "error-type-in-body"
    case emptyError = "empty-error"
    case htmlError = "html-error"

    case slowFirstByte = "slow-first-byte"
    case stallBeforeHead = "stall-before-head"
    case resetBeforeHead = "reset-before-head"
    case wrongContentType = "wrong-content-type"

    case stallMidStream = "stall-mid-stream"
    case resetMidStream = "reset-mid-stream"
    case cutMidStream = "cut-mid-stream"

    case streamInternalError = "stream-internal-error"
    case streamModelError = "stream-model-error"
    case streamValidation = "stream-validation"
    case streamThrottle = "stream-throttle"
    case streamUnavailable = "stream-unavailable"
    case streamModelTimeout = "stream-model-timeout"
    case streamErrorFrame = "stream-error-frame"
    case corruptCRC = "corrupt-crc"
    case corruptPrelude = "corrupt-prelude"
    case truncatedFrame = "truncated-frame"
    case oversizedFrame = "oversized-frame"
    case malformedEvent = "malformed-event"
    case unknownEvent = "unknown-event"
    case splitChunks = "split-chunks"
    case missingStop = "missing-stop"
    case missingMetadata = "missing-metadata"
    case missingDone = "missing-done"

    /// What happens, as a sentence.
    package var summary: String {
        switch self {
        case .throttle: "429 ThrottlingException; with `retry_after` also the header of that name."
        case .throttleDaily: "429 ThrottlingException of the kind that does not clear before tomorrow."
        case .bareTooMany: "429 with an empty body and no error code."
        case .quotaExceeded: "400 ServiceQuotaExceededException."
        case .validation: "400 ValidationException."
        case .accessDenied: "403 AccessDeniedException."
        case .expiredToken: "403 ExpiredTokenException."
        case .notFound: "404 ResourceNotFoundException: the model has reached the end of its life."
        case .modelNotReady: "429 ModelNotReadyException."
        case .modelTimeout: "408 ModelTimeoutException."
        case .modelError: "424 ModelErrorException with the status of the model behind it."
        case .internalError: "500 InternalServerException."
        case .unavailable: "503 ServiceUnavailableException."
        case .typeInBody: "500 whose code stands only in the body's `__type`."
        case .emptyError: "500 with an empty body."
        case .htmlError: "502 with the HTML page of a proxy."
        case .slowFirstByte: "The answer begins `delay_ms` later; 2,000 unless told otherwise."
        case .stallBeforeHead: "No byte of an answer, for `delay_ms` or until the client leaves; then a reset."
        case .resetBeforeHead: "The connection is reset instead of an answer."
        case .wrongContentType: "The answer is a page of HTML under status 200."
        case .stallMidStream: "After `after_events` events nothing, for `delay_ms` or until the client leaves."
        case .resetMidStream: "After `after_events` events the connection is reset."
        case .cutMidStream: "After `after_events` events the connection is closed within the body."
        case .streamInternalError: "After `after_events` events an internalServerException."
        case .streamModelError: "After `after_events` events a modelStreamErrorException."
        case .streamValidation: "After `after_events` events a validationException."
        case .streamThrottle: "After `after_events` events a throttlingException."
        case .streamUnavailable: "After `after_events` events a serviceUnavailableException."
        case .streamModelTimeout: "After `after_events` events a modelTimeoutException."
        case .streamErrorFrame: "After `after_events` events a frame of the type `error`."
        case .corruptCRC: "The event after `after_events` has a wrong checksum."
        case .corruptPrelude: "The event after `after_events` has a wrong checksum of its lengths."
        case .truncatedFrame: "The body ends properly, within the event after `after_events`."
        case .oversizedFrame: "The event after `after_events` says that it is 64 MiB long."
        case .malformedEvent: "The event after `after_events` carries what is no JSON."
        case .unknownEvent: "After `after_events` events one of an unknown kind; then the answer goes on."
        case .splitChunks: "The stream comes whole, in chunks of seven bytes."
        case .missingStop: "The stream ends properly before it says why the model stopped."
        case .missingMetadata: "The stream ends without usage."
        case .missingDone: "A chat-completions stream ends without `[DONE]`."
        }
    }

    /// Whether only a stream can fail so.
    var isForStreams: Bool { streamError != nil || Self.withinStreams.contains(self) }

    /// Whether it happens to the bytes of an answer, not instead of it.
    var isWithinAnswer: Bool {
        isForStreams || [.stallMidStream, .resetMidStream, .cutMidStream].contains(self)
    }

    private static let withinStreams: Set<FaultKind> = [
        .corruptCRC, .corruptPrelude, .truncatedFrame, .oversizedFrame, .malformedEvent, .unknownEvent, .splitChunks,
        .missingStop, .missingMetadata, .missingDone,
    ]

    /// The failure that it puts into a stream, if that is what it does.
    var streamError: StreamError? {
        switch self {
        case .streamInternalError: .internalServer
        case .streamModelError: .modelStream
        case .streamValidation: .validation
        case .streamThrottle: .throttling
        case .streamUnavailable: .unavailable
        case .streamModelTimeout: .modelTimeout
        case .streamErrorFrame: .unmodeled
        case .throttle, .throttleDaily, .bareTooMany, .quotaExceeded, .validation, .accessDenied, .expiredToken,
            .notFound, .modelNotReady, .modelTimeout, .modelError, .internalError, .unavailable, .typeInBody,
            .emptyError, .htmlError, .slowFirstByte, .stallBeforeHead, .resetBeforeHead, .wrongContentType,
            .stallMidStream, .resetMidStream, .cutMidStream, .corruptCRC, .corruptPrelude, .truncatedFrame,
            .oversizedFrame, .malformedEvent, .unknownEvent, .splitChunks, .missingStop, .missingMetadata,
            .missingDone:
            nil
        }
    }
}
