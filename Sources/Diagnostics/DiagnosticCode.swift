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
    case modelRefusesParameter = "BOT031"
    case pathOutsideProject = "BOT032"
    case aboveModelLimit = "BOT033"

    // Bots
    case duplicateName = "BOT050"
    case invalidName = "BOT051"
    case unknownTemplate = "BOT052"
    case noRouteToModel = "BOT053"
    case unsupportedModelKind = "BOT054"
    case unknownModel = "BOT055"

    // The project
    case noBots = "BOT080"
    case unknownEnvironmentBot = "BOT081"

    /// The severity of the code where nothing sets another.
    package var defaultSeverity: Diagnostic.Severity {
        switch self {
        case .unknownModel, .aboveModelLimit: .warning
        default: .error
        }
    }
}
