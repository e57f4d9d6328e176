/// An exact decimal number, such as a temperature or a price.
///
/// Its text is canonical: no exponent, no plus sign, no leading or trailing zeros (`0.7`, `12`, `-3.5`, `0`), so equal
/// numbers have equal texts.
package struct DecimalNumber: Hashable, Sendable, Comparable {
    /// The canonical text.
    package let text: String

    /// The most digits, before and after the point together, that a number may have.
    package static let digitLimit = 40

    /// A number from a decimal text with an optional sign and exponent (`0.70`, `+1`, `2e-3`), or nil when the text is
    /// none or has more than ``digitLimit`` digits.
    package init?(_ source: some StringProtocol) {
        var negative = false
        var digits: [UInt8] = []
        var pointPosition: Int?
        var exponent = 0
        var rest = source.utf8[...]
        if let sign = rest.first, sign == 0x2D || sign == 0x2B {
            negative = sign == 0x2D
            rest = rest.dropFirst()
        }
        while let byte = rest.first {
            if (0x30...0x39).contains(byte) {
                digits.append(byte)
            } else if byte == 0x2E, pointPosition == nil {
                pointPosition = digits.count
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        guard !digits.isEmpty, digits.count <= Self.digitLimit else { return nil }
        if let mark = rest.first, mark == 0x65 || mark == 0x45 {
            guard let value = Int(String(decoding: rest.dropFirst(), as: UTF8.self)),
                (-Self.digitLimit...Self.digitLimit).contains(value)
            else { return nil }
            exponent = value
        } else if !rest.isEmpty {
            return nil
        }
        guard let text = Self.canonicalText(digits, point: (pointPosition ?? digits.count) + exponent, negative) else {
            return nil
        }
        self.text = text
    }

    /// A whole number.
    package init(_ value: Int) { text = String(value) }

    private static func canonicalText(_ digits: [UInt8], point: Int, _ negative: Bool) -> String? {
        var digits = digits
        var point = point
        if point < 0 {
            digits.insert(contentsOf: repeatElement(0x30, count: -point), at: 0)
            point = 0
        } else if point > digits.count {
            digits.append(contentsOf: repeatElement(0x30, count: point - digits.count))
        }
        guard digits.count <= 2 * digitLimit else { return nil }
        let whole = digits[..<point].drop { $0 == 0x30 }
        var fraction = digits[point...]
        while fraction.last == 0x30 { fraction = fraction.dropLast() }
        var bytes: [UInt8] = whole.isEmpty ? [0x30] : Array(whole)
        if !fraction.isEmpty {
            bytes.append(0x2E)
            bytes.append(contentsOf: fraction)
        }
        let isZero = whole.isEmpty && fraction.isEmpty
        return (negative && !isZero ? "-" : "") + String(decoding: bytes, as: UTF8.self)
    }

    /// The nearest binary fraction.
    package var double: Double { Double(text) ?? 0 }

    package static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        let (leftNegative, rightNegative) = (left.text.hasPrefix("-"), right.text.hasPrefix("-"))
        if leftNegative != rightNegative { return leftNegative }
        let leftIsSmaller = isMagnitude(left, below: right)
        return leftNegative ? left != right && !leftIsSmaller : leftIsSmaller
    }

    private static func isMagnitude(_ left: DecimalNumber, below right: DecimalNumber) -> Bool {
        let (one, other) = (left.text.utf8.drop { $0 == 0x2D }, right.text.utf8.drop { $0 == 0x2D })
        let (digits, otherDigits) = (one.prefix { $0 != 0x2E }.count, other.prefix { $0 != 0x2E }.count)
        // With points in one place, and no needless zeros, numbers are in the order of their texts.
        return digits == otherDigits ? one.lexicographicallyPrecedes(other) : digits < otherDigits
    }
}

extension DecimalNumber: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) { self.init(value) }
}
