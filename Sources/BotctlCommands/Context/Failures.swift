import BedrockSimulator
import BotConfiguration
import Deployment
import FileAccess
import Gateway
import Rollout
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
        case let error as RolloutError: CommandFailure(.failure, error.message, hint: error.hint)
        case let error as GatewayError where error.code == .cannotListen:
            CommandFailure(.failure, error.message, hint: "choose another with --listen; port 0 picks a free one")
        case let error as GatewayError: CommandFailure(.failure, error.message)
        case let error as SimulatorError:
            CommandFailure(
                .failure, error.description, hint: "choose another with --listen; port 0 picks a free one")
        case let error as AccessKeyError:
            CommandFailure(.failure, error.description, hint: "set the variable, or change 'poe.access_key' of the bot")
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

    private static func status(of code: StateStoreError.Code) -> CommandStatus {
        code == .conflict || code == .leaseHeld ? .conflict : .failure
    }
}
