import JSONCoding
import Logging
import WallClock

/// Writes each log event as one line: for people, or as a JSON object.
struct LineLogHandler: LogHandler {
    let format: LogOptions.Format
    let clock: WallClock
    let write: @Sendable (String) -> Void
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level = .info

    init(format: LogOptions.Format, clock: WallClock, write: @escaping @Sendable (String) -> Void) {
        self.format = format
        self.clock = clock
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
        if let own = event.metadata { all.merge(own) { $1 } }
        let sorted = all.sorted { $0.key < $1.key }
        let time = clock.now().iso8601
        switch format {
        case .human:
            var line = "\(time) \(event.level.rawValue) \(event.message)"
            for (key, value) in sorted { line += " \(key)=\(quoted("\(value)"))" }
            write(line + "\n")
        case .json:
            var object: JSONObject = [
                "time": .string(time), "level": .string(event.level.rawValue), "message": .string("\(event.message)"),
            ]
            for (key, value) in sorted { object.append(key, json(value)) }
            write(JSONValue.object(object).text() + "\n")
        }
    }

    /// A value that holds spaces, quotes or line breaks stands in quotes, so that a line stays one line.
    private func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x7F }
        return isPlain ? text : JSONValue.string(text).text()
    }

    private func json(_ value: Logger.Metadata.Value) -> JSONValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let number as any BinaryInteger): .integer(Int64(clamping: number))
        case .stringConvertible(let other): .string(other.description)
        case .array(let elements): .array(elements.map(json))
        case .dictionary(let members):
            .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) }))
        }
    }
}
