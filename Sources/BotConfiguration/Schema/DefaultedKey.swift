/// A key that has a value where no layer sets one: its name and that value in one place, for the schema as for readers.
///
/// So no reader repeats a default, and none has to think of a value that is missing.
struct DefaultedKey<Value: Sendable>: Sendable {
    let name: String
    /// What a reader gets where no layer sets a value.
    let defaultValue: Value
    /// The same as the schema says it.
    let configValue: ConfigValue
    /// What a reader makes of a value; nil for one of another type.
    let read: @Sendable (ConfigValue) -> Value?
}

extension DefaultedKey<Bool> {
    init(_ name: String, _ flag: Bool) {
        self.init(name: name, defaultValue: flag, configValue: .boolean(flag)) { value in
            if case .boolean(let flag) = value { flag } else { nil }
        }
    }
}

extension DefaultedKey<Int> {
    init(_ name: String, _ number: Int) {
        self.init(name: name, defaultValue: number, configValue: .integer(number)) { value in
            if case .integer(let number) = value { number } else { nil }
        }
    }

    init(_ name: String, bytes: Int) {
        self.init(name: name, defaultValue: bytes, configValue: .bytes(bytes)) { value in
            if case .bytes(let bytes) = value { bytes } else { nil }
        }
    }
}

extension DefaultedKey<Duration> {
    init(_ name: String, milliseconds: Int) {
        self.init(name: name, defaultValue: .milliseconds(milliseconds), configValue: .milliseconds(milliseconds)) {
            if case .milliseconds(let count) = $0 { .milliseconds(count) } else { nil }
        }
    }
}

extension DefaultedKey<String> {
    init(_ name: String, _ text: String) {
        self.init(name: name, defaultValue: text, configValue: .text(text)) { value in
            if case .text(let text) = value { text } else { nil }
        }
    }
}

extension DefaultedKey where Value: RawRepresentable<String> {
    init(_ name: String, _ word: Value) {
        self.init(name: name, defaultValue: word, configValue: .text(word.rawValue)) { value in
            if case .text(let text) = value { Value(rawValue: text) } else { nil }
        }
    }
}

extension SchemaField {
    /// A key with a default that readers follow.
    convenience init<Value>(
        _ key: DefaultedKey<Value>, _ type: ValueType, storage: Storage = .whenSet,
        availability: Availability = .now, examples: [String] = [], _ summary: String
    ) {
        self.init(
            key.name, type, default: key.configValue, storage: storage, availability: availability,
            examples: examples, summary)
    }
}
