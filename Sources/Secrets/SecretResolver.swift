package import FileAccess

/// Finds the secrets that references name: in the process's environment, in files, and in a service.
package struct SecretResolver: Sendable {
    /// The largest secret file that is read.
    package static let fileLimitInBytes = 65_536

    private let variables: [String: String]
    private let files: any FileReading
    private let directory: String
    private let remote: RemoteSecrets?

    /// A resolver.
    ///
    /// - Parameters:
    ///   - variables: The environment variables of the process.
    ///   - files: Where `${file:…}` is read.
    ///   - directory: What a relative path of `${file:…}` starts from.
    ///   - remote: Where `${secretsmanager:…}` is looked up; nil looks it up nowhere.
    package init(
        variables: [String: String], files: any FileReading, directory: String, remote: RemoteSecrets? = nil
    ) {
        self.variables = variables
        self.files = files
        self.directory = directory
        self.remote = remote
    }

    /// What will be resolved: references, and the bot that they are for.
    package typealias Need = (references: [SecretReference], bot: String)

    /// Asks the service for what the references need of it, so that ``resolve(_:forBot:environment:)`` need not wait.
    ///
    /// References are asked for only where none before them in their list has a value. What cannot be had is told when
    /// it is resolved.
    ///
    /// - Parameters:
    ///   - needs: All that will be resolved; one call for many is much quicker than many.
    ///   - environment: The environment's name, for `{environment}`.
    ///   - again: Whether the service is asked also for what it was asked for a short while ago.
    package func prepare(_ needs: [Need], environment: String, again: Bool = false) async {
        guard let remote else { return }
        var ids: Set<String> = []
        for need in needs where need.references.contains(where: { $0.source == .secretsManager }) {
            for (index, reference) in need.references.enumerated() where reference.source == .secretsManager {
                let earlier = need.references[..<index].filter { $0.source != .secretsManager }
                if (try? resolve(Array(earlier), forBot: need.bot, environment: environment)) != nil { break }
                ids.insert(SecretLocator(reference.locator(forBot: need.bot, environment: environment)).id)
            }
        }
        await remote.prepare(ids, again: again)
    }

    /// Resolves the first reference that has a value.
    ///
    /// A variable that is unset or empty, a file that does not exist and a secret that the service does not have count
    /// as having none. A file or a secret that exists but cannot be read stops the search: going on would quietly use
    /// another secret. Line breaks at the end of a file are not part of the secret. Of a service only what
    /// ``prepare(_:environment:again:)`` has asked for is known.
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
                guard let remote else {
                    throw SecretError(.sourceNotAvailable, tried: tried, detail: "nobody asks Secrets Manager here")
                }
                do {
                    if let secret = try remote.value(of: SecretLocator(locator)), secret.count > 0 { return secret }
                } catch {
                    throw SecretError(.unreadableSecret, tried: tried, detail: error.description)
                }
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
        /// The service that keeps it cannot be asked, or keeps something else.
        case unreadableSecret
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
        case .unreadableFile, .unreadableSecret, .sourceNotAvailable: "\(tried.last ?? ""): \(detail ?? "not readable")"
        }
    }
}
