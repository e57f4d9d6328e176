package import Secrets

/// The key that Poe shows when it calls a bot: a secret of a fixed form.
package struct PoeAccessKey: Sendable {
    /// The number of its characters, all of them printable ASCII.
    ///
    /// Source: Poe server-bot protocol, authentication.
    package static let length = 32

    /// The key itself, to be compared or sent.
    package let secret: Secret

    /// The key that a secret is.
    ///
    /// - Throws: ``PoeAccessKeyError`` when it does not have the form of a key, which Poe would never send.
    package init(_ secret: Secret) throws(PoeAccessKeyError) {
        guard secret.count == Self.length, secret.isPrintableASCII else {
            throw PoeAccessKeyError(.malformed(length: secret.count))
        }
        self.secret = secret
    }

    private init(random: Void) { secret = Secret.random(count: Self.length) }

    /// A new key.
    package static func random() -> PoeAccessKey { PoeAccessKey(random: ()) }
}

extension SecretResolver {
    /// Finds the access key of a bot.
    ///
    /// - Parameters:
    ///   - references: The places, tried in order.
    ///   - name: The bot's name.
    ///   - environment: The environment's name.
    /// - Returns: The key.
    /// - Throws: ``PoeAccessKeyError`` when no place has a value, or the first that has one does not hold a key.
    package func accessKey(
        from references: [SecretReference], forBot name: String, environment: String
    ) throws(PoeAccessKeyError) -> PoeAccessKey {
        let secret: Secret
        do { secret = try resolve(references, forBot: name, environment: environment) } catch {
            throw PoeAccessKeyError(.notFound(error))
        }
        do { return try PoeAccessKey(secret) } catch {
            throw PoeAccessKeyError(
                error.reason, tried: references.map { $0.filledText(forBot: name, environment: environment) })
        }
    }
}

/// Why there is no access key that Poe could call a bot with.
package struct PoeAccessKeyError: Error, Sendable, CustomStringConvertible {
    /// What is wrong.
    package enum Reason: Sendable {
        case notFound(SecretError)
        /// There is a secret, with so many bytes, that has not the form of a key.
        case malformed(length: Int)
    }

    package let reason: Reason
    /// The references that were tried; empty where the secret did not come from any.
    private let tried: [String]

    fileprivate init(_ reason: Reason, tried: [String] = []) {
        self.reason = reason
        self.tried = tried
    }

    /// Whether no place has a value, in contrast to one that has a wrong one, or cannot be read.
    package var isMissing: Bool {
        if case .notFound(let error) = reason { error.code == .noValue } else { false }
    }

    package var description: String {
        switch reason {
        case .notFound(let error): "no Poe access key: \(error)"
        case .malformed(let length):
            "the Poe access key\(tried.isEmpty ? "" : " from " + tried.joined(separator: ", ")) must be "
                + "\(PoeAccessKey.length) printable ASCII characters, and has \(length) bytes"
        }
    }
}
