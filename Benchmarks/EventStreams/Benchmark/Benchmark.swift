import EventStreamCoding

/// Decodes a stream over and over and says how fast.
///
/// Arguments: `write PATH KIND` makes a stream; `read PATH PIECE SECONDS` decodes it in pieces of that many bytes for
/// about that long and prints frames, bytes and seconds of the fastest pass.
@main
enum Benchmark {
    static func main() throws {
        let arguments = CommandLine.arguments
        switch arguments.dropFirst().first {
        case "write" where arguments.count == 4: try write(to: arguments[2], kind: arguments[3])
        case "read" where arguments.count == 5:
            try read(arguments[2], piece: Int(arguments[3]) ?? 65_536, seconds: Double(arguments[4]) ?? 1)
        default: print("usage: Benchmark write PATH text|chunks | read PATH PIECE SECONDS")
        }
    }

    /// Streams as Bedrock sends them: `text` has deltas of a few words with padding, `chunks` the base64 of larger ones.
    private static func write(to path: String, kind: String) throws {
        var bytes: [UInt8] = []
        for number in 0..<10_000 {
            let (event, payload) =
                kind == "chunks"
                ? ("chunk", #"{"bytes":"\#(String(repeating: "QUJD", count: 500))","p":"abc"}"#)
                : (
                    "contentBlockDelta",
                    #"{"contentBlockIndex":0,"delta":{"text":" word \#(number)"},"p":"abcdefghijklmnopqrst"}"#
                )
            bytes += try EventStreamMessage(
                headers: [
                    EventStreamHeader(name: ":event-type", value: .string(event)),
                    EventStreamHeader(name: ":content-type", value: .string("application/json")),
                    EventStreamHeader(name: ":message-type", value: .string("event")),
                ], payload: Array(payload.utf8)
            ).encoded()
        }
        try File.write(bytes, to: path)
    }

    private static func read(_ path: String, piece: Int, seconds: Double) throws {
        let stream = try File.read(path)
        let clock = ContinuousClock()
        let end = clock.now.advanced(by: .seconds(seconds))
        var fastest = Duration.seconds(1000)
        var frames = 0
        var total = 0
        while clock.now < end {
            frames = 0
            let time = try clock.measure {
                var decoder = EventStreamDecoder()
                try stream.withUnsafeBytes { bytes in
                    for start in stride(from: 0, to: bytes.count, by: piece) {
                        let slice = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + piece, bytes.count)])
                        try decoder.decode(slice) { frame in
                            frames += 1
                            total += frame.payload.count + (frame.eventType?.utf8.count ?? 0)
                        }
                    }
                }
                try decoder.finish()
            }
            fastest = min(fastest, time)
        }
        print(frames, stream.count, fastest / .seconds(1), total > 0)
    }
}
