package import Diagnostics

/// What there is to know of one diagnostic code, for a person who meets it.
///
/// Paragraphs are plain text: backquotes set off what is written in files and on command lines, nothing else.
package struct DiagnosticPage: Sendable {
    package let code: DiagnosticCode
    /// The code in words, stable as the code is: `unknown-key`.
    package let name: String
    /// The code as a heading.
    package let title: String
    /// What it means.
    package let meaning: String
    /// Why it matters.
    package let reason: String
    /// A small project that shows it.
    package let wrong: ExampleProject
    /// The same project put right.
    package let right: ExampleProject
    /// What to do.
    package let remedy: String

    init(
        _ code: DiagnosticCode, name: String, title: String, meaning: String, reason: String, wrong: ExampleProject,
        right: ExampleProject, remedy: String
    ) {
        self.code = code
        self.name = name
        self.title = title
        self.meaning = meaning
        self.reason = reason
        self.wrong = wrong
        self.right = right
        self.remedy = remedy
    }
}

extension DiagnosticPage {
    /// The pages of all codes, in the order of the codes.
    package static let all = DiagnosticCode.allCases.map { DiagnosticPage($0) }
        .sorted { $0.code.rawValue < $1.code.rawValue }

    /// Looks for the page that a person asks for, case aside.
    ///
    /// - Parameter text: A code or its name: `BOT012`, `unknown-key`.
    /// - Returns: The page, or nil when there is none.
    package static func find(_ text: String) -> DiagnosticPage? {
        let wanted = text.lowercased()
        return all.first { $0.code.rawValue.lowercased() == wanted || $0.name == wanted }
    }

    /// The page that a person means who writes a code in another way: `BOT12`, `b012`, `12`, `bot-12`, `BOTO12`.
    ///
    /// - Returns: The page; nil for a number that there is not, since codes near it are about something else.
    package static func meant(by text: String) -> DiagnosticPage? {
        let letters = text.uppercased().filter { $0.isLetter || $0.isNumber }
        guard let start = ["BOT", "B", ""].first(where: letters.hasPrefix) else { return nil }
        let digits = letters.dropFirst(start.count).map { $0 == "O" ? "0" : $0 }
        guard digits.count <= 6, digits.contains(where: { $0 != "0" }), let number = UInt16(String(digits)) else {
            return nil
        }
        return all.first { UInt16($0.code.rawValue.dropFirst(3)) == number }
    }

    /// The page of a code.
    package init(_ code: DiagnosticCode) {
        switch code {
        case .yamlSyntax: self = .yamlSyntax
        case .notUTF8: self = .notUTF8
        case .forbiddenCharacter: self = .forbiddenCharacter
        case .duplicateKey: self = .duplicateKey
        case .undefinedAlias: self = .undefinedAlias
        case .mergeKey: self = .mergeKey
        case .severalDocuments: self = .severalDocuments
        case .nestedTooDeep: self = .nestedTooDeep
        case .tooManyNodes: self = .tooManyNodes
        case .aliasExpansion: self = .aliasExpansion
        case .fileTooLarge: self = .fileTooLarge
        case .unknownKey: self = .unknownKey
        case .keyIsNotText: self = .keyIsNotText
        case .tag: self = .tag
        case .unreadableFile: self = .unreadableFile

        case .wrongType: self = .wrongType
        case .outOfRange: self = .outOfRange
        case .unknownChoice: self = .unknownChoice
        case .missingValue: self = .missingValue
        case .emptyValue: self = .emptyValue
        case .yaml11Boolean: self = .yaml11Boolean
        case .invalidFormat: self = .invalidFormat
        case .notAvailableYet: self = .notAvailableYet
        case .secretInPlainText: self = .secretInPlainText
        case .invalidReference: self = .invalidReference
        case .noEffectYet: self = .noEffectYet
        case .modelRefusesParameter: self = .modelRefusesParameter
        case .pathOutsideProject: self = .pathOutsideProject
        case .aboveModelLimit: self = .aboveModelLimit
        case .deprecatedKey: self = .deprecatedKey
        case .missingFeature: self = .missingFeature
        case .parameterControls: self = .parameterControls
        case .contradictingKeys: self = .contradictingKeys

        case .duplicateName: self = .duplicateName
        case .invalidName: self = .invalidName
        case .unknownTemplate: self = .unknownTemplate
        case .noRouteToModel: self = .noRouteToModel
        case .unsupportedModelKind: self = .unsupportedModelKind
        case .unknownModel: self = .unknownModel
        case .endOfLife: self = .endOfLife
        case .floatingModel: self = .floatingModel
        case .otherEndpoint: self = .otherEndpoint
        case .sharedAccessKey: self = .sharedAccessKey
        case .deadOverride: self = .deadOverride
        case .sharedOverride: self = .sharedOverride
        case .noSmokeCases: self = .noSmokeCases
        case .smokeCaseAssertsNothing: self = .smokeCaseAssertsNothing
        case .unknownFallback: self = .unknownFallback
        case .fallbackCircle: self = .fallbackCircle
        case .duplicateHandle: self = .duplicateHandle
        case .unusedTemplate: self = .unusedTemplate
        case .unusedSuppression: self = .unusedSuppression
        case .invalidSuppression: self = .invalidSuppression
        case .unknownRegion: self = .unknownRegion
        case .keyInClear: self = .keyInClear
        case .keyInClearWithinNetwork: self = .keyInClearWithinNetwork

        case .noBots: self = .noBots
        case .unknownEnvironmentBot: self = .unknownEnvironmentBot
        case .unknownRule: self = .unknownRule
        case .unknownEnvironment: self = .unknownEnvironment
        case .duplicateFacts: self = .duplicateFacts
        case .poeNotCalled: self = .poeNotCalled
        }
    }
}
