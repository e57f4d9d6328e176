import BotRuntime
import HTTPTypes
import HummingbirdCore
import Logging

extension GatewayResponder {
    /// Finds the file that a request asks for.
    func open(_ key: FileKey, for request: Request) async -> Reaction {
        do {
            guard let file = try await state.files.file(key) else {
                return .plain(PlainAnswer(.notFound, detail: "Not Found"))
            }
            return .file(FileAnswer(file, to: request.headers))
        } catch {
            state.logger.error("a bot's file cannot be read", metadata: ["error.detail": "\(error)"])
            return .plain(PlainAnswer(.serviceUnavailable, detail: "The file cannot be read now"))
        }
    }

    /// The head of the answer to a request for a file.
    func head(of answer: FileAnswer, requestID: RequestID) -> HTTPResponse {
        var (status, fields) = answer.head
        fields.append(HTTPField(name: .date, value: state.date.value))
        fields.append(HTTPField(name: .requestID, value: requestID.text))
        return HTTPResponse(status: status, headerFields: fields)
    }
}
