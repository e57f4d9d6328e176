import BotConfiguration
import BotRuntime
import ModelCatalog
import OpenAIProtocol

/// Which bots of the registry a request asks for, and how many at once.
struct RegistryQuery: Hashable, Sendable {
    /// What a request may ask for.
    enum Parameter: String, Hashable, Sendable, CaseIterable {
        /// `chat`, `image` or `video`.
        case kind
        /// `ready`, `disabled` or `unavailable`.
        case status
        /// Who made the model, in any case.
        case maker
        /// The model's id.
        case model
        /// `NAME:VALUE`; a bot has all that are given.
        case label
        /// `tools`, `reasoning` or `streaming`; a bot has all that are given.
        case capability
        /// What a bot reads: `text`, `image`, …; a bot has all that are given.
        case input
        /// How many bots come at once.
        case limit
        /// The name after which the page begins.
        case after

        /// Whether it may stand several times.
        var isRepeatable: Bool {
            switch self {
            case .label, .capability, .input: true
            case .kind, .status, .maker, .model, .limit, .after: false
            }
        }
    }

    /// How many bots come at once where nothing is said, and at most.
    static let (usualLimit, highestLimit) = (100, 1000)
    static let kinds = BotKind.allCases.map(\.rawValue)
    static let statuses = RegistryEntry.Status.allCases.map(\.rawValue)
    static let capabilities = RegistryEntry.Capability.allCases.map(\.rawValue)
    static let modalities = Modality.allCases.filter { $0 != .embedding }.map { $0.rawValue.lowercased() }

    private(set) var limit = RegistryQuery.usualLimit
    private(set) var after: String?
    private var filters: [Filter] = []

    private struct Filter: Hashable {
        let parameter: Parameter
        let value: String
    }

    /// Reads a request target.
    ///
    /// - Throws: `OpenAIError` that names the parameter which is not known, or whose value is none that it can have.
    init(target: String) throws(OpenAIError) {
        guard let parameters = QueryParameters(target: target) else {
            throw .invalid("The query cannot be read, or has too many parameters.", param: nil, code: "invalid_query")
        }
        var seen: Set<Parameter> = []
        for item in parameters.items {
            guard let parameter = Parameter(rawValue: item.name) else {
                let known = Parameter.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
                let name = String(item.name.prefix(64))
                throw .invalid(
                    "There is no parameter '\(name)'; known are \(known).", param: name, code: "unknown_parameter")
            }
            guard seen.insert(parameter).inserted || parameter.isRepeatable else {
                throw .invalid(
                    "'\(item.name)' is given twice, and may be given once.", param: item.name, code: "invalid_value")
            }
            switch parameter {
            case .limit:
                guard let number = Int(item.value), (1...Self.highestLimit).contains(number) else {
                    throw Self.wrong(parameter, "a whole number from 1 to \(Self.highestLimit)")
                }
                limit = number
            case .after: after = item.value
            case .kind: try add(item.value, of: parameter, from: Self.kinds)
            case .status: try add(item.value, of: parameter, from: Self.statuses)
            case .capability: try add(item.value, of: parameter, from: Self.capabilities)
            case .input: try add(item.value, of: parameter, from: Self.modalities)
            case .label:
                guard item.value.contains(":") else { throw Self.wrong(parameter, "'NAME:VALUE'") }
                filters.append(Filter(parameter: parameter, value: item.value))
            case .maker, .model: filters.append(Filter(parameter: parameter, value: item.value))
            }
        }
    }

    private mutating func add(
        _ value: String, of parameter: Parameter, from known: [String]
    ) throws(OpenAIError) {
        guard known.contains(value) else {
            throw Self.wrong(parameter, "one of " + known.map { "'\($0)'" }.joined(separator: ", "))
        }
        filters.append(Filter(parameter: parameter, value: value))
    }

    private static func wrong(_ parameter: Parameter, _ expected: String) -> OpenAIError {
        .invalid("'\(parameter.rawValue)' must be \(expected).", param: parameter.rawValue, code: "invalid_value")
    }

    /// Whether a bot is one of those that are asked for.
    func matches(_ bot: RegistryEntry) -> Bool {
        filters.allSatisfy { filter in
            switch filter.parameter {
            case .kind: bot.config?.kind.rawValue == filter.value
            case .status: bot.status.rawValue == filter.value
            case .maker: bot.config?.model.facts?.maker.lowercased() == filter.value.lowercased()
            case .model: bot.config.map(CompletionIdentity.model) == filter.value
            case .label:
                (bot.config?.labels ?? [:]).contains { "\($0.key):\($0.value)" == filter.value }
            case .capability: bot.capabilities.contains { $0.rawValue == filter.value }
            case .input: bot.inputs.contains(filter.value)
            case .limit, .after: true
            }
        }
    }
}
