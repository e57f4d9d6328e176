import BotConfiguration
import JSONCoding
import ModelCatalog

/// Sizes and prices of models, for people.
enum ModelNumbers {
    /// A number of tokens in round figures: `128K`, `1M`.
    static func rounded(_ tokens: Int) -> String {
        switch tokens {
        case 1_000_000...: "\((tokens + 50_000) / 1_000_000)M"
        case 1000...: "\((tokens + 500) / 1000)K"
        default: String(tokens)
        }
    }

    /// A number with a comma between groups of three digits: `1,050,000`.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return result
    }

    /// An amount of money without an exponent.
    static func money(_ amount: JSONNumber) -> String { DecimalNumber(amount.text)?.text ?? amount.text }

    /// The price in short: `3/15` for a million tokens in and out, `0.04/image`; empty where none is known.
    static func price(_ price: ModelPrice?) -> String {
        guard let amounts = price?.amounts else { return "" }
        let input = amounts[.inputPerMillionTokens].map(money)
        let output = amounts[.outputPerMillionTokens].map(money)
        switch (input, output) {
        case (let input?, let output?): return output == "0" ? input : "\(input)/\(output)"
        case (let input?, nil): return input
        case (nil, let output?) where output != "0": return "?/\(output)"
        case (nil, _): break
        }
        for (unit, word) in units {
            if let amount = amounts[unit] { return "\(money(amount))/\(word)" }
        }
        return ""
    }

    private static let units: [(PriceUnit, String)] = [
        (.outputImage, "image"), (.outputVideoSecond, "s"), (.query, "query"), (.inputImage, "image"),
        (.inputVideoSecond, "s"),
        (.inputAudioSecond, "s"),
    ]
}
