import Foundation

/// An HTTP response as it came over the wire, chunk by chunk.
struct WireReply {
    var status = 0
    /// By lower-case name; of headers with one name the last.
    var headers: [String: String] = [:]
    /// The chunks of a chunked body as they were framed, which shows single writes; one for any other body.
    var chunks: [String] = []
    /// Whether the whole body is there.
    var isComplete = false

    var body: String { chunks.joined() }

    /// The names of the events of a server-sent event stream.
    var events: [String] {
        body.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
    }

    /// The `data` of the first event of that name.
    func data(of event: String) -> String? { allData(of: event).first }

    /// The `data` of all events of that name.
    func allData(of event: String) -> [String] {
        let blocks = body.components(separatedBy: "\n\n").filter { $0.hasPrefix("event: \(event)\n") }
        return blocks.compactMap { $0.components(separatedBy: "\ndata: ").dropFirst().first }
    }

    /// What the `text` events say.
    var texts: [String] {
        allData(of: "text").compactMap { data in
            (try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: String])?["text"]
        }
    }

    /// Reads as much of a response as is there; nil while its head is incomplete.
    init?(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        status = Int(lines[0].split(separator: " ")[1]) ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        }
        // A 304 has no body, and says nothing of one.
        if status == 304 {
            isComplete = true
            return
        }
        var rest = Array(text[end.upperBound...].utf8)[...]
        if let length = headers["content-length"].flatMap({ Int($0) }) {
            chunks = [String(decoding: rest, as: UTF8.self)]
            isComplete = rest.count >= length
            return
        }
        while let line = rest.firstIndex(of: 0x0D),
            let size = Int(String(decoding: rest[..<line], as: UTF8.self), radix: 16)
        {
            let start = line + 2
            if size == 0 {
                isComplete = true
                return
            }
            guard start + size + 2 <= rest.endIndex else { return }
            chunks.append(String(decoding: rest[start..<(start + size)], as: UTF8.self))
            rest = rest[(start + size + 2)...]
        }
    }
}
