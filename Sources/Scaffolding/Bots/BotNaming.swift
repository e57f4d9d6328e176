import BotConfiguration
import ModelCatalog

/// Names for bots, made of the ids of their models.
package enum BotNaming {
    /// Names that suit a model's bot, the best first: `claude-sonnet-5.5` of `anthropic.claude-sonnet-5-5`.
    ///
    /// The first leaves out who made the model, its date, the version of its packaging and words that all models of
    /// its kind share; the next leave out less, so that models that differ only in those find names of their own.
    ///
    /// - Parameter id: A model's id, with or without a profile's prefix, or an ARN.
    /// - Returns: Valid names, each once; empty for an id without a letter or digit that a name can have.
    package static func names(for id: String) -> [String] {
        let base = ModelCatalog.baseID(of: id).lowercased()
        let (maker, rest) = split(base)
        let tokens = Tokens(rest)
        var names = [
            readable(tokens.withoutVersion().withoutDate().withoutCommonWords(), maker),
            readable(tokens.withoutVersion().withoutDate(), maker),
            readable(tokens.withoutVersion(), maker),
            valid(rest), valid(base),
        ]
        if ModelCatalog.baseID(of: id) != id, !ModelCatalog.isARN(id) { names.append(valid(id.lowercased())) }
        var result: [String] = []
        for name in names.compactMap(\.self) where !result.contains(name) { result.append(name) }
        return result
    }

    /// The first of a model's names that is free; nil when all are taken.
    package static func freeName(for id: String, taken: Set<String>) -> String? {
        names(for: id).first { !taken.contains($0) }
    }

    /// A name for a bot out of words that a person chose for something else; nil where none can be made.
    package static func name(of words: String) -> String? { valid(words.lowercased()) }

    /// Parts an id such as `amazon.nova-micro-v1:0` at its first dot, where what stands before it can be a maker.
    private static func split(_ id: String) -> (maker: String, rest: String) {
        guard let dot = id.firstIndex(of: "."), dot != id.startIndex, id.index(after: dot) != id.endIndex,
            id[..<dot].utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
        else { return ("", id) }
        return (String(id[..<dot]), String(id[id.index(after: dot)...]))
    }

    /// The tokens as a name; with the maker in front where they only say a version, as in `deepseek.r1-v1:0`.
    private static func readable(_ tokens: Tokens, _ maker: String) -> String? {
        let words = tokens.withVersionsJoined().words
        guard let first = words.first else { return nil }
        let isVersion = first.utf8.drop { (0x61...0x7A).contains($0) }.count >= first.utf8.count - 1
        let name = words.joined(separator: "-")
        return valid(isVersion && !maker.isEmpty ? "\(maker)-\(name)" : name)
    }

    /// The text with what no name can hold replaced by dashes, none of them doubled or at an end, at most 63 long.
    private static func valid(_ text: String) -> String? {
        var name = ""
        for byte in text.utf8 {
            let isKept = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2E
            if isKept {
                if byte != 0x2E || (!name.isEmpty && name.last != "-") { name.append(Character(Unicode.Scalar(byte))) }
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        name = String(name.prefix(63))
        while name.last == "-" || name.last == "." { name.removeLast() }
        return TextFormat.botName.accepts(name) ? name : nil
    }
}

/// The parts of a model's id between its dashes.
private struct Tokens {
    var words: [String]
    /// What follows the colon in `nova-micro-v1:0`; nil without one.
    let revision: String?

    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        words = (parts.first ?? "").split(separator: "-").map(String.init)
        revision = parts.count > 1 ? String(parts[1]) : nil
    }

    /// Without the version of the packaging: `-v1:0`, `-1:0`, `-v1`.
    func withoutVersion() -> Tokens {
        guard let last = words.last, words.count > 1 else { return self }
        let digits = last.hasPrefix("v") ? last.dropFirst() : last[...]
        let isVersion = !digits.isEmpty && digits.utf8.allSatisfy(isDigit)
        guard revision != nil ? isVersion : last == "v1" else { return self }
        var copy = self
        copy.words.removeLast()
        // `claude-v2:1`: what is left would name a whole family.
        let saysEnough = copy.words.count > 1 || copy.words[0].utf8.contains(where: isDigit)
        return saysEnough ? copy : self
    }

    /// Without a day: `20251001`, `2026-03-05`.
    func withoutDate() -> Tokens {
        var copy = self
        copy.words.removeAll { $0.utf8.count == 8 && $0.hasPrefix("20") && $0.utf8.allSatisfy(isDigit) }
        let lengths = copy.words.suffix(3).map { $0.utf8.allSatisfy(isDigit) ? $0.utf8.count : 0 }
        if lengths == [4, 2, 2], copy.words.count > 3 { copy.words.removeLast(3) }
        return copy.words.isEmpty ? self : copy
    }

    /// Without the words at the end that say no more than that the model chats.
    func withoutCommonWords() -> Tokens {
        var copy = self
        while copy.words.count > 1, let last = copy.words.last, ["instruct", "chat", "it"].contains(last) {
            copy.words.removeLast()
        }
        return copy
    }

    /// With the parts of a version number joined: `claude-opus-4-6` as `claude-opus-4.6`, `llama3-3` as `llama-3.3`.
    func withVersionsJoined() -> Tokens {
        var joined: [String] = []
        for word in words {
            guard word.utf8.count <= 2, word.utf8.allSatisfy(isDigit), let last = joined.last,
                let digit = last.utf8.last, isDigit(digit)
            else {
                joined.append(word)
                continue
            }
            let letters = last.prefix { !isDigit($0.utf8.first ?? 0) }
            let number = last.dropFirst(letters.count)
            guard number.utf8.allSatisfy(isDigit), number.utf8.count <= 2 else {
                joined.append(word)
                continue
            }
            joined.removeLast()
            if letters.count > 1 { joined.append(String(letters)) }
            joined.append((letters.count == 1 ? letters : "") + "\(number).\(word)")
        }
        var copy = self
        copy.words = joined
        return copy
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
