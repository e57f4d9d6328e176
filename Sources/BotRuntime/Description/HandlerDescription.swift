package import JSONCoding

/// What the factory makes of a bot, for people.
package struct HandlerDescription: Hashable, Sendable {
    /// A service that the handler uses.
    package struct Service: Hashable, Sendable {
        /// The service's type.
        package var name: String
        /// What it does for this bot, in a few words.
        package var job: String

        package init(name: String, job: String) {
            self.name = name
            self.job = job
        }
    }

    /// The handler's type.
    package var handler: String
    package var services: [Service]
    package var upstream: UpstreamDescription

    package init(handler: String, services: [Service], upstream: UpstreamDescription) {
        self.handler = handler
        self.services = services
        self.upstream = upstream
    }
}

/// How a handler calls its model.
package struct UpstreamDescription: Hashable, Sendable {
    /// The operation's name: `ConverseStream`.
    package var operation: String
    package var method: String
    package var url: String
    /// The body of a request with one short message.
    package var exampleRequest: JSONValue

    package init(operation: String, method: String = "POST", url: String, exampleRequest: JSONValue) {
        self.operation = operation
        self.method = method
        self.url = url
        self.exampleRequest = exampleRequest
    }
}
