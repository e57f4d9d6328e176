import FoundationEssentials
import JSONCoding

/// Reads the JSON of stream events in three ways and says how long an event takes: with the scanner that botctl reads
/// text deltas with, with its general parser, and with Foundation's decoder.
///
/// Argument: the seconds for each of them. Prints a line for each: its name and the nanoseconds of the fastest pass.
@main
enum ScannerBenchmark {
    /// The event as Foundation's decoder reads it: as little as ours keeps.
    private struct Event: Decodable {
        struct Delta: Decodable {
            let text: String
        }

        let contentBlockIndex: Int
        let delta: Delta
    }

    /// An event that one of the readers did not understand.
    private struct Misread: Error {
        let payload: String
    }

    static func main() throws {
        let seconds = Double(CommandLine.arguments.dropFirst().first ?? "") ?? 1
        let payloads = (0..<10_000).map { number in
            let padding = String("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".prefix(number % 52))
            return Array(#"{"contentBlockIndex":0,"delta":{"text":" word \#(number)"},"p":"\#(padding)"}"#.utf8)
        }
        try measure("scanner", payloads, seconds) { payload in
            payload.withUnsafeBytes { BlockDeltaScanner.delta(in: $0)?.content }
        }
        try measure("parser", payloads, seconds) { try BlockDelta(JSONParser.parse($0)).content }
        let decoder = JSONDecoder()
        let data = payloads.map { Data($0) }
        try measure("foundation", data, seconds) { payload in
            BlockDelta.Content.text(try decoder.decode(Event.self, from: payload).delta.text)
        }
    }

    private static func measure<Payload>(
        _ name: String, _ payloads: [Payload], _ seconds: Double, read: (Payload) throws -> BlockDelta.Content?
    ) throws {
        for (number, payload) in payloads.enumerated() {
            guard try read(payload) == .text(" word \(number)") else { throw Misread(payload: "\(name) \(number)") }
        }
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        var fastest = Duration.seconds(1000)
        var count = 0
        while clock.now < end {
            let time = try clock.measure {
                for payload in payloads { count += try read(payload) == nil ? 0 : 1 }
            }
            fastest = min(fastest, time)
        }
        guard count > 0 else { return }
        print(name, fastest / .nanoseconds(payloads.count))
    }
}
