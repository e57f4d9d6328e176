import JSONCoding

/// Credentials that a program prints.
///
/// Source: AWS SDKs and Tools Reference Guide, "Process credential provider".
struct ProcessCredentialSource: Sendable {
    private let command: String
    private let profile: String
    private let accountID: String?
    private let surroundings: AWSSurroundings

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - command: Program and arguments; quotes keep words together, and no shell reads them.
    ///   - profile: The profile that names the command, for messages.
    ///   - accountID: The account, where the program does not tell it.
    ///   - surroundings: The world outside.
    init(command: String, profile: String, accountID: String?, in surroundings: AWSSurroundings) {
        self.command = command
        self.profile = profile
        self.accountID = accountID
        self.surroundings = surroundings
    }

    /// Runs the program.
    ///
    /// - Throws: ``AWSCredentialError``, which never repeats what the program printed; `CancellationError`.
    func load() async throws -> AWSCredentials {
        guard let words = ProcessRunner.words(of: command) else { throw failure("has a quote that is not closed") }
        let outcome: ProcessRunner.Outcome
        do {
            outcome = try await surroundings.processes.run(words, environment: surroundings.variables)
        } catch let error as ProcessRunner.Failure {
            switch error {
            case .notStarted(let reason): throw failure("cannot be started: \(reason)")
            case .tooMuchOutput(let limit): throw failure("prints more than \(limit) bytes")
            case .tooSlow(let duration): throw failure("has not ended after \(duration)")
            }
        }
        guard let status = outcome.status else { throw failure("was ended by a signal") }
        guard status == 0 else { throw failure("ended with status \(status)") }
        guard
            let object = (try? JSONParser.parse(outcome.output, limits: JSONLimits(depth: 16, values: 1000)))?.object
        else { throw failure("prints no JSON object") }
        guard object["Version"]?.integer == 1 else { throw failure("prints another Version than 1") }
        guard let credentials = AWSCredentials(object, tokenName: "SessionToken") else {
            throw failure("prints an object that holds no credentials")
        }
        return AWSCredentials(
            credentials.keys, expiration: credentials.expiration, accountID: credentials.accountID ?? accountID)
    }

    private func failure(_ what: String) -> AWSCredentialError {
        AWSCredentialError(
            .failed, message: "the credential_process of the AWS profile \(profile) \(what)",
            hint: "run it by hand to see what it says")
    }
}
