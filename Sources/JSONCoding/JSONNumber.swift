/// A number of a JSON text, as it was written.
package struct JSONNumber: Hashable, Sendable {
    /// The source text, always a valid JSON number (RFC 8259, section 6).
    package let text: String

    /// A number from its text, or nil when the text is no JSON number.
    package init?(text: String) {
        guard JSONNumber.isValid(text.utf8) else { return nil }
        self.text = text
    }

    /// An integer.
    package init(_ value: some BinaryInteger) { text = String(value) }

    /// The same for the usual kind of integer, many times quicker.
    package init(_ value: Int) { text = String(value) }

    /// A number from a text that a scanner has already found valid.
    init(validated text: String) { self.text = text }

    /// The value, or nil when it has a fraction or an exponent, or does not fit.
    package var integer: Int? { Int(text) }

    /// The nearest binary fraction, or nil when it is not finite.
    package var double: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    /// Whether the bytes are one JSON number and nothing else.
    static func isValid(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = bytes[...]
        func takeDigits() -> Int {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest = rest.dropFirst(digits)
            return digits
        }
        if rest.first == 0x2D { rest = rest.dropFirst() }
        let leadingZero = rest.first == 0x30
        let whole = takeDigits()
        guard whole > 0, !(leadingZero && whole > 1) else { return false }
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            guard takeDigits() > 0 else { return false }
        }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest = rest.dropFirst()
            if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
            guard takeDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
