package import JSONCoding

extension BotSchema {
    /// A value of the stored form as a person would write it, where the form has it in another unit: `30s`, `10MiB`.
    ///
    /// - Parameters:
    ///   - value: The value.
    ///   - path: Its dotted path: `limits.idle_timeout`, `smoke.NAME.expect.first_event_within`.
    /// - Returns: Nil for values that are stored as they are written.
    package static func text(of value: JSONValue, atStoredPath path: String) -> String? {
        guard let number = value.integer else { return nil }
        let keys = path.split(separator: ".").map(String.init)
        // A case's name may hold dots of its own.
        let field = keys.first == "smoke" ? smokeCase.field(at: keys.suffix(2)) : bot.field(at: keys)
        return switch field?.type {
        case .duration: DurationText.text(ofMilliseconds: number)
        case .size: SizeText.text(ofBytes: number)
        default: nil
        }
    }
}
