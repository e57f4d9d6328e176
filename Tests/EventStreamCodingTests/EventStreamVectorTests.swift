import EventStreamCoding
import Foundation
import JSONCoding
import Testing

struct EventStreamVectorTests {
    private static let goFrames = EventStreamVectors.files(in: "aws-sdk-go/encoded/positive")
    private static let goDamaged = EventStreamVectors.files(in: "aws-sdk-go/encoded/negative")
    private static let smithyCases = cases("smithy-rs/expected.json")
    private static let botocoreCases = cases("botocore/cases.json")

    private static func cases(_ path: String) -> [JSONValue] {
        (try? EventStreamVectors.json(path)["cases"]?.array) ?? []
    }

    /// Files of whole streams, and of streams that only end too early.
    static let streams =
        goFrames
        + smithyCases.filter { $0["valid"] == true }.compactMap { $0["file"]?.string }.map { "smithy-rs/\($0)" }
        + botocoreCases.filter { $0["valid"] == true }.compactMap { $0["file"]?.string }.map { "botocore/\($0)" }
        + bedrockStreams

    static let bedrockStreams = EventStreamVectors.files(in: "bedrock").filter { $0.hasSuffix(".bin") }

    @Test func `all vectors are there`() {
        #expect(Self.goFrames.count == 5)
        #expect(Self.goDamaged.count == 4)
        #expect(Self.smithyCases.count == 11)
        #expect(Self.botocoreCases.count == 16)
        #expect(Self.bedrockStreams.count == 16)
    }

    @Test(arguments: goFrames) func `frames of the Go SDK are read as published`(path: String) throws {
        let bytes = try EventStreamVectors.bytes(path)
        let expected = try EventStreamVectors.json(path.replacingOccurrences(of: "encoded", with: "decoded"))
        let decoded = DecodedStream(bytes)
        #expect(decoded.error == nil)
        let message = try #require(decoded.messages.first)
        #expect(decoded.messages.count == 1)
        #expect(bytes.count == expected["total_length"]?.integer)
        let headers = try expected["headers"]?.array?.map { try DescribedHeader($0, base64Strings: true) } ?? []
        #expect(message.headers.map(DescribedHeader.init) == headers)
        #expect(message.payload == Array(Data(base64Encoded: expected["payload"]?.string ?? "") ?? Data()))
        #expect(try message.encoded() == bytes)
    }

    @Test(arguments: goDamaged) func `damaged frames of the Go SDK are refused for the published reason`(path: String)
        throws
    {
        let reason = try String(
            decoding: EventStreamVectors.bytes(path.replacingOccurrences(of: "encoded", with: "decoded")), as: UTF8.self
        )
        let expected: EventStreamError =
            reason.contains("Prelude") ? .preludeChecksumMismatch : .messageChecksumMismatch
        let decoded = DecodedStream(try EventStreamVectors.bytes(path))
        #expect(decoded.messages.isEmpty)
        #expect(decoded.error == expected)
    }

    @Test(arguments: smithyCases) func `frames of smithy-rs are read as published`(vector: JSONValue) throws {
        let file = try #require(vector["file"]?.string)
        let bytes = try EventStreamVectors.bytes("smithy-rs/\(file)")
        let decoded = DecodedStream(bytes)
        guard vector["valid"] == true else {
            #expect(decoded.messages.isEmpty)
            #expect(decoded.error != nil)
            return
        }
        let message = try #require(decoded.messages.first)
        let headers = try vector["headers"]?.array?.map { try DescribedHeader($0, base64Strings: false) } ?? []
        #expect(message.headers.map(DescribedHeader.init) == headers)
        #expect(message.payload == Array(Data(base64Encoded: vector["payloadBase64"]?.string ?? "") ?? Data()))
        #expect(try message.encoded() == bytes)
    }

    @Test(arguments: botocoreCases) func `frames of botocore are read as published`(vector: JSONValue) throws {
        guard let file = vector["file"]?.string else {
            let prelude: [UInt8] = [0x01, 0x80, 0x00, 0x21, 0, 0, 0, 0, 0xDD, 0x3F, 0x33, 0xB1]
            #expect(vector["preludeHex"]?.string == hex(prelude))
            // The reason given with the vector leaves 16 of the 25,165,857 bytes in the prelude out of the count.
            #expect(DecodedStream(prelude).error == .payloadTooLong(length: 25_165_841, limit: 25_165_824))
            return
        }
        let bytes = try EventStreamVectors.bytes("botocore/\(file)")
        let decoded = DecodedStream(bytes)
        guard vector["valid"] == true else {
            let reason = try #require(vector["reason"]?.string)
            #expect(decoded.messages.isEmpty)
            switch decoded.error {
            case .preludeChecksumMismatch: #expect(reason.contains("(prelude)") || reason.contains("headers length"))
            case .messageChecksumMismatch: #expect(reason.contains("(message)"))
            case .duplicateHeader: #expect(reason.contains("duplicate"))
            case .headersTooLong: #expect(reason.contains("headers length"))
            default: Issue.record("\(reason): \(String(describing: decoded.error))")
            }
            return
        }
        let message = try #require(decoded.messages.first)
        let headers = try vector["headers"]?.array?.map { try DescribedHeader($0, base64Strings: false) } ?? []
        #expect(message.headers.map(DescribedHeader.init) == headers)
        #expect(hex(message.payload) == vector["payloadHex"]?.string)
        #expect(try message.encoded() == bytes)
    }

    @Test(arguments: bedrockStreams) func `Bedrock bodies are read message by message`(path: String) throws {
        let expected = try EventStreamVectors.json(path.replacingOccurrences(of: ".bin", with: ".json"))
        let decoded = DecodedStream(try EventStreamVectors.bytes(path))
        let messages = try #require(expected["messages"]?.array)
        #expect(decoded.messages.count == messages.count)
        for (message, expected) in zip(decoded.messages, messages) {
            #expect(String(decoding: message.payload, as: UTF8.self) == expected["payload"]?.string)
            let headers = try #require(expected["headers"]?.object)
            #expect(message.headers.map(\.name) == headers.map(\.name))
            for header in headers { #expect(message.string(header.name) == header.value.string) }
        }
        if path.contains("truncated") {
            guard case .truncated = decoded.error else {
                Issue.record("a cut stream ended with \(String(describing: decoded.error))")
                return
            }
        } else {
            #expect(decoded.error == nil)
        }
    }

    @Test(arguments: streams) func `the pieces that a stream comes in do not matter`(path: String) throws {
        let bytes = try EventStreamVectors.bytes(path)
        let whole = DecodedStream(bytes)
        #expect(!whole.messages.isEmpty)
        #expect(DecodedStream(pieces: bytes.map { [$0] }) == whole)
        for split in 0...bytes.count {
            #expect(DecodedStream(pieces: [bytes[..<split], bytes[split...]]) == whole)
        }
    }

    @Test(arguments: streams) func `every cut is an error or falls between messages`(path: String) throws {
        let bytes = try EventStreamVectors.bytes(path)
        let whole = DecodedStream(bytes)
        var ends: Set<Int> = [0]
        var end = 0
        for message in whole.messages {
            end += try message.encoded().count
            ends.insert(end)
        }
        for cut in 0..<bytes.count {
            let decoded = DecodedStream(Array(bytes[..<cut]))
            #expect(whole.messages.starts(with: decoded.messages))
            let begun = ends.filter { $0 <= cut }.max() ?? 0
            #expect(decoded.error == (begun == cut ? nil : .truncated(byteCount: cut - begun)))
        }
    }

    @Test(arguments: streams) func `every damaged byte is noticed`(path: String) throws {
        let bytes = try EventStreamVectors.bytes(path)
        let whole = DecodedStream(bytes)
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 0x10
            let decoded = DecodedStream(damaged)
            #expect(decoded.error != nil)
            #expect(whole.messages.starts(with: decoded.messages))
        }
    }
}
