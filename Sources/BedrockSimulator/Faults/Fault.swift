package import JSONCoding

/// A fault that the simulator has been told to have.
package struct Fault: Sendable, Hashable {
    /// The longest wait that a fault makes.
    static let longestDelay: Duration = .seconds(600)

    /// What happens.
    package var kind: FaultKind
    /// The model that it happens to, by its id as called or by its bare id; nil: every model.
    package var model: String?
    /// The operation that it happens to, such as `converse-stream`; nil: every operation.
    package var operation: String?
    /// How often it happens; nil: until it is taken away.
    package var times: Int?
    /// After how many events of a stream it happens.
    package var afterEvents = 3
    /// How long it waits; nil: its own time.
    package var delay: Duration?
    /// The seconds that `Retry-After` says; nil: no such header.
    package var retryAfter: Int?

    package init(_ kind: FaultKind) { self.kind = kind }

    /// How long a stall or a slow answer takes.
    var wait: Duration {
        min(delay ?? (kind == .slowFirstByte ? .seconds(2) : Self.longestDelay), Self.longestDelay)
    }
}

/// Why a description of a fault cannot be used.
package struct FaultError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a sentence without a full stop.
    package let description: String
}

extension Fault {
    /// Reads a fault as the control endpoint takes it: `{"fault": NAME, "match": {"model", "operation"}, "times",
    /// "after_events", "delay_ms", "retry_after"}`.
    ///
    /// - Throws: ``FaultError`` that names the member.
    package init(_ value: JSONValue) throws(FaultError) {
        guard let object = value.object else { throw FaultError(description: "a fault is an object") }
        let known = ["fault", "match", "times", "after_events", "delay_ms", "retry_after"]
        if let unknown = object.members.first(where: { !known.contains($0.name) }) {
            throw FaultError(description: "'\(unknown.name)' is no member of a fault; they are \(known)")
        }
        guard let name = object["fault"]?.string else { throw FaultError(description: "'fault' must name a fault") }
        try self.init(named: name)
        for member in object["match"]?.object ?? [:] {
            guard let text = member.value.string else {
                throw FaultError(description: "'match.\(member.name)' must be a string")
            }
            switch member.name {
            case "model": model = text
            case "operation": operation = text
            default: throw FaultError(description: "'match' takes 'model' and 'operation', not '\(member.name)'")
            }
        }
        times = try Self.count(object["times"], "times")
        if let count = try Self.count(object["after_events"], "after_events") { afterEvents = count }
        delay = try Self.count(object["delay_ms"], "delay_ms").map { .milliseconds($0) }
        retryAfter = try Self.count(object["retry_after"], "retry_after")
    }

    /// Reads a fault as the header `x-simulator-fault` takes it: `NAME[;after=N][;delay=MS][;retry-after=S]`.
    ///
    /// - Throws: ``FaultError`` that names the part.
    package init(header: String) throws(FaultError) {
        let parts = header.split(separator: ";").map { part in
            String(part.filter { !$0.isWhitespace })
        }
        try self.init(named: parts.first ?? "")
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let number = Int(pair[1]), (0...1_000_000).contains(number) else {
                throw FaultError(description: "'\(part)' is no NAME=NUMBER")
            }
            switch pair[0] {
            case "after": afterEvents = number
            case "delay": delay = .milliseconds(number)
            case "retry-after": retryAfter = number
            default: throw FaultError(description: "'\(pair[0])' is none of after, delay and retry-after")
            }
        }
    }

    private init(named name: String) throws(FaultError) {
        guard let kind = FaultKind(rawValue: name) else {
            let names = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw FaultError(description: "'\(name)' is no fault; they are \(names)")
        }
        self.init(kind)
    }

    private static func count(_ value: JSONValue?, _ name: String) throws(FaultError) -> Int? {
        guard let value, !value.isNull else { return nil }
        guard let number = value.integer, (0...1_000_000).contains(number) else {
            throw FaultError(description: "'\(name)' must be a whole number from 0 to 1000000")
        }
        return number
    }

    /// Reads a list of faults, as `simulate --faults` takes it: an array, or an object with the member `faults`.
    ///
    /// - Throws: ``FaultError``; also when the text is no JSON.
    package static func list(json: [UInt8]) throws(FaultError) -> [Fault] {
        let value: JSONValue
        do {
            value = try JSONParser.parse(json, limits: JSONLimits(values: 100_000))
        } catch {
            throw FaultError(description: "the faults are \(error)")
        }
        guard let elements = value.array ?? value["faults"]?.array else {
            throw FaultError(description: "the faults must be a list, or an object with the list 'faults'")
        }
        var faults: [Fault] = []
        for element in elements { faults.append(try Fault(element)) }
        return faults
    }

    /// The fault as the control endpoint tells it.
    var json: JSONValue {
        var object: JSONObject = ["fault": .string(kind.rawValue)]
        var match = JSONObject()
        if let model { match.append("model", .string(model)) }
        if let operation { match.append("operation", .string(operation)) }
        if !match.isEmpty { object.append("match", .object(match)) }
        if let times { object.append("times", .integer(times)) }
        if kind.isWithinAnswer { object.append("after_events", .integer(afterEvents)) }
        if let delay { object.append("delay_ms", .integer(delay.wholeMilliseconds)) }
        if let retryAfter { object.append("retry_after", .integer(retryAfter)) }
        return .object(object)
    }
}
