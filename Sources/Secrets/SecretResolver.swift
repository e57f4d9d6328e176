package import FileAccess

/// Finds the secrets that references name, in the process's environment and in files.
package struct SecretResolver: Sendable {
    /// The largest secret file that is read.
    package static let fileLimitInBytes = 65_536

    private let variables: [String: String]
    private let files: any FileReading
    private let directory: String

    /// A resolver.
    ///
    /// - Parameters:
    ///   - variables: The environment variables of the process.
    ///   - files: Where `${file:…}` is read.
    ///   - directory: What a relative path of `${file:…}` starts from.
    package init(variables: [String: String], files: any FileReading, directory: String) {
        self.variables = variables
        self.files = files
        self.directory = directory
    }

    /// Resolves the first reference that has a value.
    ///
    /// A variable that is unset or empty and a file that does not exist count as having none. A file that exists but
    /// cannot be read stops the search: going on would quietly use another secret. Line breaks at the end of a file
    /// are not part of the secret.
    ///
    /// - Parameters:
    ///   - references: The places, tried in order.
    ///   - name: The bot's name, for `{name}` and `{NAME}`.
    ///   - environment: The environment's name, for `{environment}`.
    /// - Returns: The secret.
    /// - Throws: ``SecretError``, which names the places that were tried and never a secret.
    package func resolve(
        _ references: [SecretReference], forBot name: String, environment: String
    ) throws(SecretError) -> Secret {
        var tried: [String] = []
        for reference in references {
            let locator = reference.locator(forBot: name, environment: environment)
            tried.append(reference.filledText(forBot: name, environment: environment))
            switch reference.source {
            case .environment:
                if let value = variables[locator], !value.isEmpty { return Secret(value) }
            case .file:
                if let secret = try readFile(locator) { return secret }
            case .secretsManager:
                throw SecretError(.sourceNotAvailable, tried: tried, detail: "Secrets Manager is not available yet")
            }
        }
        throw SecretError(.noValue, tried: tried, detail: nil)
    }

    private func readFile(_ locator: String) throws(SecretError) -> Secret? {
        let path = locator.hasPrefix("/") ? locator : directory + "/" + locator
        do {
            var bytes = try files.read(path, limitInBytes: Self.fileLimitInBytes)
            while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
            return bytes.isEmpty ? nil : Secret(bytes: bytes)
        } catch {
            if error.code == .notFound { return nil }
            throw SecretError(.unreadableFile, tried: ["${file:\(locator)}"], detail: error.description)
        }
    }
}

extension SecretResolver: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The variables hold secrets; a resolver that is part of something that is printed must not tell them.
    package var description: String { "SecretResolver" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why no secret could be found.
package struct SecretError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// None of the places holds a value.
        case noValue
        case unreadableFile
        case sourceNotAvailable
    }

    package let code: Code
    /// The references that were tried, filled in.
    package let tried: [String]
    package let detail: String?

    init(_ code: Code, tried: [String], detail: String?) {
        self.code = code
        self.tried = tried
        self.detail = detail
    }

    package var description: String {
        switch code {
        case .noValue: "no value in \(tried.joined(separator: ", "))"
        case .unreadableFile, .sourceNotAvailable: "\(tried.last ?? ""): \(detail ?? "not readable")"
        }
    }
}
