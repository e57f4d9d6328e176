import BotRuntime
import HTTPTypes
import HummingbirdCore
import Logging

extension GatewayResponder {
    /// Sends the file that a request asks for, or the part of it.
    @inline(never) func sendFile(_ key: FileKey, to call: ClientCall, _ record: inout RequestRecord) async throws {
        let answer: FileAnswer
        do {
            guard let file = try await state.files.file(key) else {
                return try await send(PlainAnswer(.notFound, detail: "Not Found"), to: call, &record)
            }
            answer = FileAnswer(file, to: call.request.headers)
        } catch let error as FileShelfError {
            state.logger.error("a bot's file cannot be read", metadata: ["error.detail": "\(error)"])
            return try await send(
                PlainAnswer(.serviceUnavailable, detail: "The file cannot be read now"), to: call, &record)
        }
        record.status = answer.head.status.code
        let head = head(of: answer, requestID: call.requestID)
        guard call.request.method == .get, answer.range != nil else { return try await call.response.send(head) }
        try await call.response.begin(head)
        try await answer.write(to: call.response)
        try await call.response.finish()
        record.responseBytes = call.response.byteCount
    }

    /// The head of the answer to a request for a file.
    private func head(of answer: FileAnswer, requestID: RequestID) -> HTTPResponse {
        var (status, fields) = answer.head
        fields.append(HTTPField(name: .date, value: state.date.value))
        fields.append(HTTPField(name: .requestID, value: requestID.text))
        return HTTPResponse(status: status, headerFields: fields)
    }
}
