import AWSClient
import AsyncHTTPClient
import FileAccess
import JSONCoding
import NIOCore
import NIOHTTP1
import Synchronization
import TestSupport
import Testing
import WallClock

/// The exchanges that a case recorded, given out in their order.
final class RecordedTraffic: Sendable {
    private struct State {
        var exchanges: [JSONValue]
        var problems: [String] = []
    }

    private let state: Mutex<State>

    init(_ exchanges: [JSONValue]) { state = Mutex(State(exchanges: exchanges)) }

    /// What differed from the record; exchanges that nobody asked for count.
    var problems: [String] {
        state.withLock { $0.problems + $0.exchanges.map { "not asked for: \($0["request"] ?? .null)" } }
    }

    var transport: HTTPTransport {
        HTTPTransport { [self] request, _ in
            var body = ""
            if let sent = request.body {
                for try await chunk in sent { body += String(buffer: chunk) }
            }
            let text = body
            return try state.withLock { state in
                guard !state.exchanges.isEmpty else {
                    state.problems.append("unexpected: \(request.method) \(request.url)")
                    throw HTTPClientError.connectTimeout
                }
                let exchange = state.exchanges.removeFirst()
                state.problems += Self.differences(request, text, from: exchange["request"])
                return Self.response(exchange["response"])
            }
        }
    }

    private static func differences(_ request: HTTPClientRequest, _ body: String, from record: JSONValue?) -> [String] {
        var differences: [String] = []
        func compare(_ what: String, _ actual: some Equatable, _ expected: some Equatable) {
            if "\(actual)" != "\(expected)" { differences.append("\(what): \(actual), not \(expected)") }
        }
        compare("method", request.method.rawValue, record?["method"]?.string ?? "")
        compare("url", parts(request.url), parts(record?["uri"]?.string ?? ""))
        for header in record?["headers"]?.object ?? [:] where header.name.lowercased() != "host" {
            let actual = request.headers.first(name: header.name) ?? ""
            let expected = header.value.string ?? ""
            if !actual.hasPrefix(expected) { differences.append("\(header.name): \(actual), not \(expected)") }
        }
        // Session names and some roles were changed by hand in the records.
        func fields(_ form: String) -> [String] {
            form.split(separator: "&").map(String.init).filter { $0.hasPrefix("Action=") || $0.hasPrefix("Version=") }
        }
        compare("form", fields(body), fields(record?["body"]?.string ?? ""))
        return differences
    }

    /// A URL with its query in order and without a lone slash at its end.
    private static func parts(_ url: String) -> [String] {
        let halves = url.split(separator: "?", maxSplits: 1)
        let path = halves[0].hasSuffix("/") && halves.count == 1 ? halves[0].dropLast() : halves[0]
        return [String(path)] + (halves.count > 1 ? halves[1].split(separator: "&").map(String.init).sorted() : [])
    }

    private static func response(_ record: JSONValue?) -> HTTPClientResponse {
        HTTPClientResponse(
            status: HTTPResponseStatus(statusCode: record?["status"]?.integer ?? 500),
            headers: HTTPHeaders((record?["headers"]?.object ?? [:]).map { ($0.name, $0.value.string ?? "") }),
            body: .bytes(ByteBuffer(string: record?["body"]?.string ?? "")))
    }
}

extension AWSSurroundings {
    /// The world of a case of the vectors, long before all its credentials end.
    init(_ testCase: JSONValue, traffic: RecordedTraffic) {
        var variables: [String: String] = [:]
        for member in testCase["env"]?.object ?? [:] { variables[member.name] = member.value.string }
        var files: [String: [UInt8]] = [:]
        for member in testCase["fs"]?.object ?? [:] { files[member.name] = Array((member.value.string ?? "").utf8) }
        self.init(variables: variables, files: files, transport: traffic.transport)
    }

    /// A world in memory where no time passes.
    init(
        variables: [String: String] = [:], files: [String: [UInt8]] = [:], transport: HTTPTransport,
        processes: ProcessRunner = ProcessRunner { _, _, _ in throw ProcessRunner.Failure.notStarted(reason: "test") }
    ) {
        self.init(
            variables: variables, files: InMemoryFiles(files: files), transport: transport,
            clock: WallClock { Timestamp(millisecondsSinceEpoch: 1_000_000_000_000) }, processes: processes,
            pauses: RetryPauses(sleep: { _ in try Task.checkCancellation() }, random: { 0.5 }))
    }
}
