/// Amounts of US dollars as people write them: `0.25`, `$0.25`, `0.25 USD`.
package enum MoneyText {
    /// The exact amount that a text names, or nil when it is none.
    package static func amount(of text: String) -> DecimalNumber? {
        var rest = text[...]
        if rest.hasPrefix("$") {
            rest = rest.dropFirst()
        } else if rest.hasSuffix(" USD") {
            rest = rest.dropLast(4)
        }
        guard let first = rest.first, first.isASCII, first.isNumber, rest.last != ".",
            rest.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
        else { return nil }
        return DecimalNumber(rest)
    }
}
