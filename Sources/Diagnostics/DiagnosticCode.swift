/// The stable name of a kind of diagnostic.
///
/// A code is never given another meaning. BOT001 to BOT019 are about YAML, BOT020 to BOT049 about keys and values,
/// BOT050 to BOT079 about bots as a whole, BOT080 to BOT099 about the project.
package enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    // YAML
    case yamlSyntax = "BOT001"
    case notUTF8 = "BOT002"
    case forbiddenCharacter = "BOT003"
    case duplicateKey = "BOT004"
    case undefinedAlias = "BOT005"
    case mergeKey = "BOT006"
    case severalDocuments = "BOT007"
    case nestedTooDeep = "BOT008"
    case tooManyNodes = "BOT009"
    case aliasExpansion = "BOT010"
    case fileTooLarge = "BOT011"
    case unknownKey = "BOT012"
    case keyIsNotText = "BOT013"
    case tag = "BOT014"
    case unreadableFile = "BOT015"

    // Keys and values
    case wrongType = "BOT020"
    case outOfRange = "BOT021"
    case unknownChoice = "BOT022"
    case missingValue = "BOT023"
    case emptyValue = "BOT024"
    case yaml11Boolean = "BOT025"
    case invalidFormat = "BOT026"
    case notAvailableYet = "BOT027"
    case secretInPlainText = "BOT028"
    case invalidReference = "BOT029"
    case noEffectYet = "BOT030"
    case modelRefusesParameter = "BOT031"
    case pathOutsideProject = "BOT032"
    case aboveModelLimit = "BOT033"
    case deprecatedKey = "BOT034"
    case missingFeature = "BOT035"
    case parameterControls = "BOT036"
    case contradictingKeys = "BOT037"

    // Bots
    case duplicateName = "BOT050"
    case invalidName = "BOT051"
    case unknownTemplate = "BOT052"
    case noRouteToModel = "BOT053"
    case unsupportedModelKind = "BOT054"
    case unknownModel = "BOT055"
    case endOfLife = "BOT056"
    case floatingModel = "BOT057"
    case otherEndpoint = "BOT058"
    case sharedAccessKey = "BOT059"
    case deadOverride = "BOT060"
    case sharedOverride = "BOT061"
    case noSmokeCases = "BOT062"
    case smokeCaseAssertsNothing = "BOT063"
    case unknownFallback = "BOT064"
    case fallbackCircle = "BOT065"
    case duplicateHandle = "BOT066"
    case unusedTemplate = "BOT067"
    case unusedSuppression = "BOT068"
    case invalidSuppression = "BOT069"
    case unknownRegion = "BOT070"
    case keyInClear = "BOT071"
    case keyInClearWithinNetwork = "BOT072"

    // The project
    case noBots = "BOT080"
    case unknownEnvironmentBot = "BOT081"
    case unknownRule = "BOT082"
    case unknownEnvironment = "BOT083"
    case duplicateFacts = "BOT084"
    case poeNotCalled = "BOT085"
}

extension DiagnosticCode {
    /// The severity of the code where nothing sets another.
    package var defaultSeverity: Diagnostic.Severity {
        switch self {
        case .noEffectYet, .aboveModelLimit, .deprecatedKey, .endOfLife, .floatingModel, .sharedAccessKey,
            .deadOverride, .sharedOverride, .noSmokeCases, .smokeCaseAssertsNothing, .unusedTemplate,
            .unusedSuppression, .unknownRegion, .keyInClearWithinNetwork, .poeNotCalled:
            .warning
        default: .error
        }
    }

    /// Whether the code is a rule: a judgement that a project may turn off, soften or sharpen in `botctl.yaml`, and
    /// silence in one place with a comment.
    ///
    /// The other codes are about files that mean nothing, or about bots that cannot be made of them.
    package var isRule: Bool {
        switch self {
        case .noEffectYet, .modelRefusesParameter, .aboveModelLimit, .deprecatedKey, .missingFeature, .unknownModel,
            .endOfLife, .floatingModel, .sharedAccessKey, .deadOverride, .sharedOverride, .noSmokeCases,
            .smokeCaseAssertsNothing, .unusedTemplate, .unusedSuppression, .parameterControls, .unknownFallback,
            .fallbackCircle, .duplicateHandle, .unknownRegion, .keyInClear, .keyInClearWithinNetwork,
            .poeNotCalled:
            true
        default: false
        }
    }
}
