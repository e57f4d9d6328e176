import BotConfiguration
import HTTPTypes

/// Makes the heads of the response to one request.
struct ResponseHeads: Sendable {
    let requestID: RequestID
    let date: DateHeader
    /// What every head of the response carries besides.
    var fields: [(name: HTTPField.Name, value: String)] = []

    /// The same for the answer of a bot.
    func of(_ bot: ServedBot) -> ResponseHeads {
        var copy = self
        copy.fields.append((.botDigest, bot.digest.text))
        return copy
    }

    /// The head of an answer that is known whole.
    func whole(_ answer: PlainAnswer) -> HTTPResponse {
        var all = HTTPFields()
        all.reserveCapacity(4 + answer.headers.count + fields.count)
        // A 304 describes what the client has, and tells neither its type nor its length anew.
        if answer.status != .notModified {
            all.append(HTTPField(name: .contentType, value: answer.contentType))
            all.append(HTTPField(name: .contentLength, value: String(answer.body.count)))
        }
        addCommon(to: &all)
        for header in answer.headers { all.append(HTTPField(name: header.name, value: header.value)) }
        return HTTPResponse(status: answer.status, headerFields: all)
    }

    /// The head of a stream of server-sent events.
    func eventStream() -> HTTPResponse {
        var all = HTTPFields()
        all.reserveCapacity(5 + fields.count)
        all.append(HTTPField(name: .contentType, value: "text/event-stream; charset=utf-8"))
        all.append(HTTPField(name: .cacheControl, value: "no-store"))
        all.append(HTTPField(name: .accelBuffering, value: "no"))
        addCommon(to: &all)
        return HTTPResponse(status: .ok, headerFields: all)
    }

    private func addCommon(to all: inout HTTPFields) {
        all.append(HTTPField(name: .date, value: date.value))
        all.append(HTTPField(name: .requestID, value: requestID.text))
        for field in fields { all.append(HTTPField(name: field.name, value: field.value)) }
    }
}
