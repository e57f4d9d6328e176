import BotConfiguration
import JSONCoding
import WallClock

/// The members of a stored JSON object, read strictly: what is needed must be there and of its type, what is not known
/// is ignored, and a higher `format` is refused.
struct StoredRecord {
    /// What the record is, for messages: `manifest`, `bot 'nova' of the manifest`.
    let subject: String
    private let object: JSONObject

    /// Parses a text whose `format` is at most the one given.
    init(_ bytes: [UInt8], subject: String, format: Int) throws {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw StateStoreError(.corrupt, "the \(subject) cannot be read: \(error)", cause: error)
        }
        try self.init(value, subject: subject)
        let found = try integer("format", in: 1...Int.max)
        guard found <= format else {
            throw StateStoreError(
                .newerFormat, "the \(subject) has format \(found), and this botctl reads up to format \(format)",
                hint: "use the newer botctl that wrote it")
        }
    }

    init(_ value: JSONValue, subject: String) throws {
        guard let object = value.object else {
            throw StateStoreError(
                .corrupt, "the \(subject) cannot be read: expected an object, found \(value.typeDescription)")
        }
        self.subject = subject
        self.object = object
    }

    /// The members, for what is keyed by name; a name that stands twice is an error.
    func members() throws -> [JSONObject.Member] {
        var names: Set<String> = []
        for member in object where !names.insert(member.name).inserted {
            throw error("'\(member.name)' stands twice")
        }
        return object.members
    }

    /// The member of that name; nil when it is absent or null.
    private func value(_ name: String) -> JSONValue? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    private func required(_ name: String) throws -> JSONValue {
        guard let value = value(name) else { throw error("'\(name)' is missing") }
        return value
    }

    private func error(_ reason: String) -> StateStoreError {
        StateStoreError(.corrupt, "the \(subject) cannot be read: \(reason)")
    }

    private func mismatch(_ name: String, _ expected: String, _ found: JSONValue) -> StateStoreError {
        error("'\(name)' must be \(expected), and is \(found.typeDescription)")
    }

    func string(_ name: String) throws -> String {
        let value = try required(name)
        guard let string = value.string else { throw mismatch(name, "a string", value) }
        return string
    }

    func optionalString(_ name: String) throws -> String? {
        try value(name) == nil ? nil : string(name)
    }

    func bool(_ name: String) throws -> Bool {
        let value = try required(name)
        guard let bool = value.bool else { throw mismatch(name, "a Boolean", value) }
        return bool
    }

    func optionalBool(_ name: String) throws -> Bool? {
        try value(name) == nil ? nil : bool(name)
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        let value = try required(name)
        guard let integer = value.integer else { throw mismatch(name, "an integer", value) }
        guard range.contains(integer) else { throw error("'\(name)' is out of range: \(integer)") }
        return integer
    }

    func digest(_ name: String) throws -> ContentDigest {
        guard let digest = ContentDigest(text: try string(name)) else {
            throw error("'\(name)' is no SHA-256 in lower-case hexadecimal")
        }
        return digest
    }

    func optionalDigest(_ name: String) throws -> ContentDigest? {
        try value(name) == nil ? nil : digest(name)
    }

    func timestamp(_ name: String) throws -> Timestamp {
        let text = try string(name)
        guard let timestamp = Timestamp(iso8601: text) else {
            throw error("'\(name)' is no time in ISO 8601: '\(text)'")
        }
        return timestamp
    }

    func optionalTimestamp(_ name: String) throws -> Timestamp? {
        try value(name) == nil ? nil : timestamp(name)
    }

    /// The objects of a list; none when the member is absent.
    func records(_ name: String, subject: String) throws -> [StoredRecord] {
        guard let value = value(name) else { return [] }
        guard let elements = value.array else { throw mismatch(name, "a list of objects", value) }
        return try elements.map { try StoredRecord($0, subject: subject) }
    }

    /// The texts of a list; none when the member is absent.
    func strings(_ name: String) throws -> [String] {
        guard let value = value(name) else { return [] }
        guard let elements = value.array else { throw mismatch(name, "a list of strings", value) }
        return try elements.map { element in
            guard let string = element.string else { throw mismatch(name, "a list of strings", element) }
            return string
        }
    }

    /// The texts of an object by their names; none when the member is absent.
    func texts(_ name: String) throws -> [String: String] {
        guard let record = try optionalRecord(name, subject: "'\(name)' of the \(subject)") else { return [:] }
        var texts: [String: String] = [:]
        for member in try record.members() { texts[member.name] = try record.string(member.name) }
        return texts
    }

    func record(_ name: String, subject: String) throws -> StoredRecord {
        try StoredRecord(try required(name), subject: subject)
    }

    func optionalRecord(_ name: String, subject: String) throws -> StoredRecord? {
        try value(name).map { try StoredRecord($0, subject: subject) }
    }

    /// The value as it stands, for a member that another module understands; nil when it is absent or null.
    func optionalValue(_ name: String) -> JSONValue? { value(name) }
}

extension JSONValue {
    /// The text of a stored record: indented, with a line break at its end, for people who look into the store.
    var recordBytes: [UInt8] { encoded(.indented) + [0x0A] }

    /// A string, or null.
    init(_ string: String?) { self = string.map(JSONValue.string) ?? .null }
}
