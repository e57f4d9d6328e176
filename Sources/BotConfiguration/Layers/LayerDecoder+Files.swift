import Diagnostics
import YAMLSource

extension LayerDecoder {
    mutating func decodeTextOrFile(_ node: YAMLNode, _ path: [String]) -> ConfigNode? {
        if node.kind == .scalar { return decodeText(node, .any(limitInBytes: NamedFiles.promptLimitInBytes), path) }
        guard node.kind == .mapping else {
            return reportWrongType(node, expected: ValueType.textOrFile.description, path)
        }
        let schema = ObjectSchema([
            SchemaField("file", .text(.any(limitInBytes: 1024)), required: true, "A file inside the project.")
        ])
        let object = decodeObject(node, schema: schema, path: path)
        guard let file = object.fields["file"], case .text(let filePath) = file.value else {
            let isNull = object.fields["file"]?.value == .reset
            if isNull || object.fields.isEmpty && node.entries.isEmpty {
                report(.missingValue, "'\(path.joined(separator: "."))' names no file", at: node)
            }
            return nil
        }
        return read(filePath, at: file.origin) { files throws(NamedFileError) in
            .text(try files.prompt(at: filePath))
        }
    }

    mutating func decodeFile(_ node: YAMLNode, limitInBytes limit: Int, _ path: [String]) -> ConfigNode? {
        guard let decoded = decodeText(node, .filled(limitInBytes: 1024), path), case .text(let name) = decoded.value
        else { return nil }
        return read(name, at: decoded.origin) { files throws(NamedFileError) in
            let bytes = try files.bytes(at: name, limitInBytes: limit)
            guard !bytes.isEmpty else { throw NamedFileError(message: "'\(name)' is empty", help: []) }
            return .file(ConfigFile(path: name, bytes: bytes))
        }
    }

    /// What is made of a file; nil when it cannot be taken, which is then reported.
    private mutating func read(
        _ path: String, at origin: Origin, make: (NamedFiles) throws(NamedFileError) -> ConfigValue
    ) -> ConfigNode? {
        do throws(NamedFileError) {
            guard let namedFiles else {
                throw NamedFileError(message: "'\(path)' cannot be read here", help: [], isOutsideProject: true)
            }
            return ConfigNode(try make(namedFiles), origin: origin)
        } catch {
            add {
                Diagnostic(
                    error.isOutsideProject ? .pathOutsideProject : .unreadableFile, error.message,
                    at: origin.location, help: error.help)
            }
            return nil
        }
    }
}
