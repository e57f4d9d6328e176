import CLibYAML
import Diagnostics

extension TreeBuilder {
    /// Adds a scalar.
    mutating func scalar(
        _ event: UnsafeMutablePointer<yaml_event_t>, at range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>
    ) -> Step {
        guard countNode(at: range) else { return .giveUp }
        let scalar = event.pointee.data.scalar
        let properties =
            scalar.anchor != nil || scalar.tag != nil
            ? NodeProperties(in: bytes, at: range) : NodeProperties(valueAt: range)
        let style = scalar.style
        var record = YAMLRecord(shape(of: style), range: properties.value, next: records.count + 1)
        let content = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        place(content, style: style, in: &record, of: bytes)
        if let tag = String(reading: scalar.tag) {
            resolve(tag, of: &record, at: properties.tag ?? range, content: content)
        }
        if isAtKey { judgeKey(&record, isPlain: style == YAML_PLAIN_SCALAR_STYLE, content: content) }
        if let anchor = String(reading: scalar.anchor) {
            anchors[anchor] = Anchor(record: records.count, expandedNodes: 1, expandedBytes: content.count)
        }
        expandedBytes += content.count
        records.append(record)
        childEnded(at: Int(record.end), height: 0)
        return .goOn
    }

    /// Opens a sequence or a mapping.
    mutating func open(
        _ shape: YAMLRecord.Shape, isFlow: Bool, anchor: String?, tag: String?, at range: Range<Int>,
        of bytes: UnsafeBufferPointer<UInt8>
    ) -> Step {
        guard countNode(at: range) else { return .giveUp }
        let properties =
            anchor != nil || tag != nil
            ? NodeProperties(in: bytes, at: range.lowerBound..<bytes.count) : NodeProperties(valueAt: range)
        let start = properties.value.lowerBound
        guard frames.count < limits.depth else {
            reportDepth(at: start..<max(start, range.upperBound))
            return .giveUp
        }
        var record = YAMLRecord(shape, range: start..<start, next: 0)
        if isFlow { record.flags.insert(.flow) }
        if let tag, tag != (shape == .mapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq") {
            reportTag(tag, at: properties.tag ?? range)
            record.flags.insert(.invalid)
        }
        if isAtKey {
            record.flags.insert(.rejectedKey)
            diagnostics.append(
                .keyIsNotText, "a key is text, not a \(shape == .mapping ? "mapping" : "list")",
                at: start..<max(start, range.upperBound),
                help: isFlow ? "put it in quotes if the brackets belong to the text" : nil)
        }
        if let anchor { anchors[anchor] = Anchor(record: records.count) }
        frames.append(
            Frame(
                record: records.count, isMapping: shape == .mapping, anchor: anchor,
                expandedBefore: expandedNodes - 1, bytesBefore: expandedBytes, end: start))
        records.append(record)
        return .goOn
    }

    /// Ends the collection that was opened last.
    mutating func close(at range: Range<Int>, of bytes: UnsafeBufferPointer<UInt8>) {
        guard let frame = frames.popLast() else { return }
        // The end of a block comes only with the next token, after blank lines and comments.
        let end = records[frame.record].flags.contains(.flow) ? range.upperBound : frame.end
        records[frame.record].end = UInt32(end)
        records[frame.record].next = UInt32(records.count)
        records[frame.record].payload = UInt32(frame.children)
        if frame.isMapping, frame.children > 2 { rejectDuplicateKeys(of: frame.record, in: bytes) }
        if let name = frame.anchor, anchors[name]?.record == frame.record {
            anchors[name]?.expandedNodes = expandedNodes - frame.expandedBefore
            anchors[name]?.expandedBytes = expandedBytes - frame.bytesBefore
            anchors[name]?.height = frame.height
        }
        childEnded(at: end, height: frame.height)
    }

    /// Adds an alias.
    mutating func alias(_ name: String, at range: Range<Int>) -> Step {
        guard countNode(at: range) else { return .giveUp }
        guard let anchor = anchors[name], anchor.expandedNodes > 0 else {
            reportAlias(name, at: range)
            var record = YAMLRecord(.plain, range: range, next: records.count + 1)
            record.flags = isAtKey ? [.invalid, .rejectedKey] : .invalid
            record.payload = record.start
            record.length = UInt32(range.count)
            records.append(record)
            childEnded(at: range.upperBound, height: 0)
            return .goOn
        }
        expandedNodes += anchor.expandedNodes - 1
        expandedBytes += anchor.expandedBytes
        guard expandedNodes <= limits.aliasExpansion, expandedBytes <= limits.expandedBytes else {
            let bound =
                expandedNodes > limits.aliasExpansion
                ? "\(limits.aliasExpansion) values" : "\(limits.expandedBytes) bytes of text"
            diagnostics.append(
                .aliasExpansion, "with this alias the file stands for more than the \(bound) allowed", at: range,
                help: "write the values out, or use fewer aliases of aliases")
            return .giveUp
        }
        guard frames.count + anchor.height <= limits.depth else {
            reportDepth(at: range)
            return .giveUp
        }
        var record = YAMLRecord(.alias, range: range, next: records.count + 1)
        record.payload = UInt32(anchor.record)
        if isAtKey, !records[anchor.record].isScalar {
            record.flags.insert(.rejectedKey)
            diagnostics.append(.keyIsNotText, "a key is text, and this alias stands for something else", at: range)
        }
        records.append(record)
        childEnded(at: range.upperBound, height: anchor.height)
        return .goOn
    }

    // MARK: - Bookkeeping

    /// Whether the next node is the key of an entry.
    private var isAtKey: Bool {
        guard let frame = frames.last else { return false }
        return frame.isMapping && frame.children.isMultiple(of: 2)
    }

    private mutating func countNode(at range: Range<Int>) -> Bool {
        expandedNodes += 1
        guard records.count < limits.nodes else {
            diagnostics.append(
                .tooManyNodes, "the file holds more than the \(limits.nodes) values allowed", at: range,
                help: "split it into several files")
            return false
        }
        return true
    }

    private mutating func childEnded(at end: Int, height: Int) {
        guard let last = frames.indices.last else { return }
        frames[last].children += 1
        frames[last].end = max(frames[last].end, end)
        frames[last].height = max(frames[last].height, height + 1)
    }

    private func shape(of style: yaml_scalar_style_t) -> YAMLRecord.Shape {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    /// Notes where the content of a scalar is: in the file where it stands there byte for byte, else decoded.
    private mutating func place(
        _ content: UnsafeBufferPointer<UInt8>, style: yaml_scalar_style_t, in record: inout YAMLRecord,
        of bytes: UnsafeBufferPointer<UInt8>
    ) {
        var end = Int(record.end)
        if style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE {
            // The mark of the end stands after the blank lines that follow.
            while end > Int(record.start), bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D || bytes[end - 1] == 0x20 {
                end -= 1
            }
            record.end = UInt32(end)
        } else if record.start == record.end {
            // libyaml puts a missing value in front of what follows; a person looks for it behind the colon.
            while end > 0, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
            record.start = UInt32(end)
            record.end = UInt32(end)
            return
        } else {
            let quote = style == YAML_PLAIN_SCALAR_STYLE ? 0 : 1
            let contentEnd = end - quote
            let contentStart = contentEnd - content.count
            if contentStart >= Int(record.start) + quote,
                UnsafeBufferPointer(rebasing: bytes[contentStart..<contentEnd]).hasSameBytes(as: content)
            {
                record.payload = UInt32(contentStart)
                record.length = UInt32(content.count)
                return
            }
        }
        record.flags.insert(.decoded)
        record.payload = UInt32(decoded.count)
        record.length = UInt32(content.count)
        decoded.append(contentsOf: content)
    }
}
