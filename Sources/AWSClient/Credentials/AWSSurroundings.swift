package import AWSConfigFiles
package import FileAccess
package import WallClock

/// What finding credentials needs of the world outside; a value, so that a test can be a whole world.
package struct AWSSurroundings: Sendable {
    /// The environment variables of the process.
    package var variables: [String: String]
    /// Where the shared files and tokens are read.
    package var files: any FileReading
    /// Where a token of single sign-on that was refreshed is written back; nil writes none.
    package var writer: (any FileWriting)?
    /// The way to metadata services and to the token service.
    package var transport: HTTPTransport
    /// The time that expirations are compared with.
    package var clock: WallClock
    /// Runs the command of a profile's `credential_process`.
    package var processes: ProcessRunner
    /// How time passes between attempts.
    package var pauses: RetryPauses

    /// Makes surroundings; the defaults are the real ones.
    package init(
        variables: [String: String], files: any FileReading, writer: (any FileWriting)? = nil,
        transport: HTTPTransport, clock: WallClock = .system, processes: ProcessRunner = .system,
        pauses: RetryPauses = .system
    ) {
        self.variables = variables
        self.files = files
        self.writer = writer
        self.transport = transport
        self.clock = clock
        self.processes = processes
        self.pauses = pauses
    }

    /// Where the shared files are.
    package var locations: AWSConfigFileLocations { AWSConfigFileLocations(variables: variables) }

    /// Reads the shared files and puts them together with the variables.
    ///
    /// - Parameter profile: The profile to use; nil takes that of `AWS_PROFILE`, else `default`.
    /// - Returns: The settings.
    /// - Throws: ``AWSConfigFileError``.
    package func settings(profile: String? = nil) throws(AWSConfigFileError) -> AWSSettings {
        AWSSettings(variables: variables, profiles: try locations.load(from: files, profile: profile))
    }

    /// A client with keys of its own that tries again as environment and profile say.
    func client(credentials: any AWSCredentialProvider, settings: AWSSettings) -> AWSClient {
        AWSClient(
            transport: transport, credentials: credentials, clock: clock, retryPolicy: settings.retryPolicy,
            attemptLimit: settings.attemptLimit, pauses: pauses)
    }
}

extension AWSSurroundings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The variables hold secrets, and descriptions end up in logs.
    package var description: String { "AWSSurroundings" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
