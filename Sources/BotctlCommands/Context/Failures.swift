import BedrockSimulator
import BotConfiguration
import CatalogSync
import Deployment
import FileAccess
import Gateway
import Onboarding
import PoePlatform
import Rollout
import Scaffolding
import Secrets

/// The one place where errors of the libraries become exit statuses and messages.
enum Failures {
    /// What stopped a command.
    static func failure(for error: any Error) -> CommandFailure {
        switch error {
        case let failure as CommandFailure: failure
        case let error as ProjectError: CommandFailure(status(of: error.code), error.description, hint: error.hint)
        case let error as StateStoreError: CommandFailure(status(of: error.code), error.message, hint: error.hint)
        case let error as FileAccessError: CommandFailure(.failure, error.description)
        case let error as ScaffoldRefusal: CommandFailure(status(of: error.code), error.description, hint: error.hint)
        case let error as OnboardingFailure: failure(for: error)
        case let error as CatalogSyncError:
            CommandFailure(
                error.code == .invalid ? .invalidConfiguration : .failure, error.message, hint: error.hint)
        case let error as PoePlatformError: CommandFailure(.failure, error.message)
        case let error as RolloutError: CommandFailure(.failure, error.message, hint: error.hint)
        case let error as GatewayError where error.code == .cannotListen:
            CommandFailure(.failure, error.message, hint: "choose another with --listen; port 0 picks a free one")
        case let error as GatewayError: CommandFailure(.failure, error.message)
        case let error as SimulatorError:
            CommandFailure(
                .failure, error.description, hint: "choose another with --listen; port 0 picks a free one")
        case let error as SecretError: CommandFailure(.failure, error.description)
        case is CancellationError: CommandFailure(.failure, "stopped before it was done")
        default: CommandFailure(.failure, "\(error)")
        }
    }

    private static func status(of code: ProjectError.Code) -> CommandStatus {
        switch code {
        case .unknownEnvironment, .noDefaultEnvironment, .unknownKey: .failure
        case .invalidAssignment: .usage
        case .invalidValue: .invalidConfiguration
        }
    }

    private static func status(of code: ScaffoldRefusal.Code) -> CommandStatus {
        switch code {
        case .taken, .exists: .refused
        case .name, .model, .template, .settings: .invalidConfiguration
        }
    }

    private static func failure(for failure: OnboardingFailure) -> CommandFailure {
        switch failure {
        case .unconfirmed(let slip):
            let meant = slip.meant.map { "'\($0)'" }.joined(separator: " or ")
            return CommandFailure(
                .refused, "no catalog knows \(slip.id), and nobody is here to confirm it; nothing was written",
                hint: "did you mean \(meant)? If not, pass --yes")
        case .declined: return CommandFailure(.refused, "not confirmed; nothing was written")
        case .noRoomForFacts(let id):
            return CommandFailure(
                .invalidConfiguration, "the facts on \(id) find no file of their own in catalog.d",
                hint: "write them into one of the files that are there")
        case .invalid(let diagnostics):
            return CommandFailure(
                .invalidConfiguration,
                "the bot would not be valid: \(DiagnosticsView(diagnostics: diagnostics).summary)",
                hint: "nothing was written")
        case .cannotBuild(let reason):
            return CommandFailure(.smokeFailed, "a gateway cannot make the bot: \(reason)")
        case .smokeFailed: return CommandFailure(.smokeFailed, "the bot did not pass its smoke test")
        case .interrupted: return CommandFailure(.interrupted, "stopped before it was done")
        }
    }

    private static func status(of code: StateStoreError.Code) -> CommandStatus {
        code == .conflict || code == .leaseHeld ? .conflict : .failure
    }
}
