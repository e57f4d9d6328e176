package import JSONCoding

/// What the readers of one version of the stored form did otherwise than those of the version after it.
///
/// A manifest outlives the botctl that wrote it. So a gateway reads what an older version left as that version's own
/// gateways did, until the next deploy writes it anew: a guardrail that was kept without effect must not begin to act
/// by an exchange of binaries.
package struct OlderSchema: Sendable {
    /// The keys, from the root, that were checked and kept, and did nothing.
    package let keysWithoutEffect: [[String]]
    /// Words that no bot of that version could have, by their key.
    package let unknownWords: [(path: [String], words: [String])]
    /// The defaults that have changed since, as the stored form has them.
    package let formerDefaults: [(path: [String], value: JSONValue)]

    /// What one version did otherwise than the next.
    package init(
        keysWithoutEffect: [[String]] = [], unknownWords: [(path: [String], words: [String])] = [],
        formerDefaults: [(path: [String], value: JSONValue)] = []
    ) {
        self.keysWithoutEffect = keysWithoutEffect
        self.unknownWords = unknownWords
        self.formerDefaults = formerDefaults
    }

    /// All versions before ``BotSchema/version``, the first one first.
    package static let all = [
        OlderSchema(
            keysWithoutEffect: [
                ["attachments", "allowed_hosts"], ["attachments", "max_size"], ["attachments", "max_count"],
                ["attachments", "timeout"], ["cache"], ["guardrail"],
                ["cost", "input_usd_per_million"], ["cost", "output_usd_per_million"],
                ["cost", "cache_read_usd_per_million"], ["cost", "cache_write_usd_per_million"],
                ["cost", "usd_per_image"], ["cost", "usd_per_second"],
                ["history", "trim"], ["parameters", "reasoning"], ["retry", "max_attempts"],
                ["model", "api_key"], ["model", "base_url"], ["model", "credentials"], ["model", "failover_regions"],
                ["model", "api"], ["model", "output"], ["poe", "previous_access_key"], ["poe", "parameter_controls"],
                ["poe", "server_bot_dependencies"], ["poe", "context_clear_window_secs"],
                ["poe", "allow_user_context_clear"],
                ["pricing", "markup"], ["pricing", "per_message"], ["pricing", "per_image"],
                ["pricing", "per_second"], ["pricing", "input_usd_per_million"],
                ["pricing", "output_usd_per_million"],
            ],
            unknownWords: [(["kind"], ["image", "video"]), (["model", "provider"], ["openai"])])
    ]

    /// A stored form as the readers of its own version understood it.
    ///
    /// - Parameter stored: A stored form of any version, newer ones and what is none included: those stay as they are.
    /// - Returns: The form, with what was without effect left out.
    package static func understood(_ stored: JSONValue) -> JSONValue {
        guard let object = stored.object, let version = object["schema"]?.integer else { return stored }
        return .object(understood(object, by: later(than: version)))
    }

    /// Whether a key was kept without effect by the readers of a version.
    ///
    /// - Parameters:
    ///   - path: The key, or one within it.
    ///   - version: The `schema` of a stored form.
    /// - Returns: Whether today's readers make something of it that those did not.
    package static func hadNoEffect(_ path: [String], inVersion version: Int) -> Bool {
        later(than: version).contains { $0.keysWithoutEffect.contains { path.starts(with: $0) } }
    }

    /// What changed with each version after one, the nearest first.
    static func later(than version: Int) -> ArraySlice<OlderSchema> {
        version >= 1 ? all.dropFirst(version - 1) : []
    }

    /// A form as it was understood before these versions.
    package static func understood(_ object: JSONObject, by versions: some Sequence<OlderSchema>) -> JSONObject {
        var object = object
        for version in versions {
            for path in version.keysWithoutEffect { object = object.setting(nil, at: path[...]) }
        }
        // A default that changed twice is first the oldest one.
        for version in versions {
            for (path, value) in version.formerDefaults where object.value(at: path) == nil {
                object = object.setting(value, at: path[...])
            }
        }
        return object
    }

    /// The first word in a form that its own version did not have, as a sentence without a full stop; nil without one.
    static func unknownWord(in object: JSONObject, ofVersion version: Int) -> String? {
        for (path, words) in later(than: version).flatMap(\.unknownWords) {
            guard let word = object.value(at: path)?.string, words.contains(word) else { continue }
            return "'\(path.joined(separator: "."))' is '\(word)', which schema \(version) did not have: "
                + "deploy the bot again"
        }
        return nil
    }
}

extension JSONObject {
    /// The value at a path of names.
    fileprivate func value(at path: [String]) -> JSONValue? {
        path.reduce(JSONValue.object(self)) { (value: JSONValue?, name) in value?[name] }
    }

    /// The same members with another value at a path, or none; what is on the way and no object stays as it is.
    fileprivate func setting(_ value: JSONValue?, at path: ArraySlice<String>) -> JSONObject {
        guard let name = path.first else { return self }
        var copy = self
        let rest = path.dropFirst()
        if rest.isEmpty {
            guard value != nil || self[name] != nil else { return self }
            copy[name] = value
            return copy.sortedByName()
        }
        guard value != nil || self[name]?.object != nil else { return self }
        guard let nested = (self[name] ?? [:]).object else { return self }
        let changed = nested.setting(value, at: rest)
        copy[name] = changed.isEmpty ? nil : .object(changed)
        return copy.sortedByName()
    }
}
