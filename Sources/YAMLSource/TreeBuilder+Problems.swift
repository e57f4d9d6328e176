import CLibYAML
import Diagnostics

extension TreeBuilder {
    /// Says what is wrong with a scalar as a key, and leaves its entry out.
    mutating func judgeKey(_ record: inout YAMLRecord, isPlain: Bool, content: UnsafeBufferPointer<UInt8>) {
        guard isPlain else { return }
        if content.isEmpty {
            diagnostics.append(
                .keyIsNotText, "there is no key in front of this ':'", at: record.range, help: "write 'key: value'")
        } else if content.elementsEqual("<<".utf8) {
            diagnostics.append(
                .mergeKey, "the merge key '<<' is not supported", at: record.range,
                help: "share values between bots with 'template: NAME' instead")
        } else if let space = foreignSpace(at: content) {
            let start = record.range.lowerBound
            diagnostics.append(
                .forbiddenCharacter, "\(space.name) is not a space to YAML", at: start..<start + space.length,
                help: "indent with plain spaces")
            // The key above has no value only because this line does not stand below it.
            if let above = records.indices.last, records[above].isScalar, records[above].length == 0 {
                records[above].flags.insert(.invalid)
            }
        } else {
            return
        }
        record.flags.insert(.rejectedKey)
    }

    /// The space other than U+0020 that a key starts with, as editors and web pages put it there.
    private func foreignSpace(at content: UnsafeBufferPointer<UInt8>) -> (name: String, length: Int)? {
        if content.starts(with: [0xC2, 0xA0]) { return ("a no-break space (U+00A0)", 2) }
        if content.starts(with: [0xE3, 0x80, 0x80]) { return ("an ideographic space (U+3000)", 3) }
        return nil
    }

    /// Gives a scalar the type of its tag, or says why it cannot have it.
    mutating func resolve(
        _ tag: String, of record: inout YAMLRecord, at range: Range<Int>, content: UnsafeBufferPointer<UInt8>
    ) {
        let resolution = CoreSchema.resolve(content)
        let isPossible: Bool
        switch tag {
        case "tag:yaml.org,2002:str", "!":
            record.tag = .string
            isPossible = true
        case "tag:yaml.org,2002:null":
            record.tag = .null
            isPossible = resolution == .null
        case "tag:yaml.org,2002:bool":
            record.tag = .bool
            isPossible = resolution == .true || resolution == .false
        case "tag:yaml.org,2002:int":
            record.tag = .integer
            isPossible = resolution == .integer
        case "tag:yaml.org,2002:float":
            record.tag = .float
            isPossible = resolution == .integer || resolution == .float
        default:
            reportTag(tag, at: range)
            record.flags.insert(.invalid)
            return
        }
        guard !isPossible else { return }
        record.flags.insert(.invalid)
        record.tag = .string
        diagnostics.append(
            .tag, "the value is not what its tag '\(tag.readableTag)' says", at: record.range,
            help: "remove the tag, or write a value of that type")
    }

    /// Says that a tag means nothing here.
    mutating func reportTag(_ tag: String, at range: Range<Int>) {
        let hasOtherKind = ["str", "null", "bool", "int", "float", "map", "seq"].contains {
            "!!\($0)" == tag.readableTag
        }
        diagnostics.append(
            .tag,
            hasOtherKind
                ? "the value is not what its tag '\(tag.readableTag)' says"
                : "the tag '\(tag.readableTag)' means nothing in a configuration file",
            at: range, help: "remove the tag; if '!' belongs to the text, put the text in quotes")
    }

    /// Says that an alias stands for nothing, or for a value that it is part of.
    mutating func reportAlias(_ name: String, at range: Range<Int>) {
        if let anchor = anchors[name] {
            diagnostics.append(
                .undefinedAlias, "the alias '*\(name)' stands inside the value that it stands for", at: range,
                help: "a value cannot contain itself; write out what is meant",
                note: ("the value with the anchor '&\(name)' starts here", records[anchor.record].firstBytes))
            return
        }
        diagnostics.append(
            .undefinedAlias, "the alias '*\(name)' has no anchor '&\(name)' before it", at: range,
            help: "if '*' belongs to the text, put the text in quotes")
    }

    /// Says that the file nests too deep.
    mutating func reportDepth(at range: Range<Int>) {
        diagnostics.append(
            .nestedTooDeep, "lists and mappings nest deeper than \(limits.depth)", at: range,
            help: "a configuration file never needs that; check for brackets that are not closed")
    }

    /// Leaves out of a mapping every entry whose key was there before, and says so.
    mutating func rejectDuplicateKeys(of mapping: Int, in bytes: UnsafeBufferPointer<UInt8>) {
        var keys: [Int] = []
        keys.reserveCapacity(Int(records[mapping].payload) / 2)
        var key = mapping + 1
        while key < records.count {
            if !records[key].flags.contains(.rejectedKey) { keys.append(key) }
            key = Int(records[Int(records[key].next)].next)
        }
        for (first, second) in duplicates(among: keys, in: bytes) {
            records[second].flags.insert(.rejectedKey)
            let name = withContent(of: second, in: bytes) { String(decoding: $0, as: UTF8.self) }
            diagnostics.append(
                .duplicateKey, "the key '\(name.shortened)' stands twice in this mapping",
                at: records[second].range, help: "keep one of the two",
                note: ("the first is here", records[first].range))
        }
    }

    /// The keys that repeat another, each beside the first of its name.
    private func duplicates(among keys: [Int], in bytes: UnsafeBufferPointer<UInt8>) -> [(first: Int, second: Int)] {
        func content(_ key: Int, _ decoded: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
            let record = resolved(key)
            let buffer = record.flags.contains(.decoded) ? decoded : bytes
            return UnsafeBufferPointer(rebasing: buffer[record.contentRange])
        }
        return decoded.withUnsafeBufferPointer { decoded in
            var found: [(first: Int, second: Int)] = []
            if keys.count <= 16 {
                for (position, second) in keys.enumerated() {
                    let text = content(second, decoded)
                    if let first = keys[..<position].first(where: { content($0, decoded).hasSameBytes(as: text) }) {
                        found.append((first, second))
                    }
                }
                return found
            }
            // Sorted, not hashed: no choice of keys makes this slow.
            let sorted = keys.sorted { left, right in
                let leftText = content(left, decoded)
                let rightText = content(right, decoded)
                return leftText.comesBefore(rightText) || (leftText.hasSameBytes(as: rightText) && left < right)
            }
            var first = 0
            for position in sorted.indices.dropFirst() {
                if content(sorted[first], decoded).hasSameBytes(as: content(sorted[position], decoded)) {
                    found.append((sorted[first], sorted[position]))
                } else {
                    first = position
                }
            }
            return found
        }
    }

    private func resolved(_ index: Int) -> YAMLRecord {
        let record = records[index]
        return record.shape == .alias ? records[Int(record.payload)] : record
    }

    private func withContent<Result>(
        of index: Int, in bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let record = resolved(index)
        guard record.flags.contains(.decoded) else {
            return body(UnsafeBufferPointer(rebasing: bytes[record.contentRange]))
        }
        return decoded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[record.contentRange])) }
    }
}

extension YAMLRecord {
    /// A range to point at while the end of the node is not known.
    fileprivate var firstBytes: Range<Int> { Int(start)..<max(Int(start) + 1, Int(end)) }
}

extension String {
    /// A tag as it is usually written: `!!str` for `tag:yaml.org,2002:str`.
    fileprivate var readableTag: String {
        let prefix = "tag:yaml.org,2002:"
        return hasPrefix(prefix) ? "!!\(dropFirst(prefix.count))" : shortened
    }

    /// The text, cut where it would fill a message.
    fileprivate var shortened: String { unicodeScalars.count <= 60 ? self : "\(prefix(60))…" }
}
