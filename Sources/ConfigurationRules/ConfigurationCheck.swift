package import BotConfiguration
package import Diagnostics
package import WallClock

/// Judges a project as `validate` and `deploy` do: its files, the bots that can be made of them, the rules over the
/// whole, and the project's policy about rules.
package struct ConfigurationCheck: Sendable {
    /// What the caller asks for beyond the project's own policy.
    package struct Options: Sendable, Hashable {
        /// Whether warnings are errors.
        package var isStrict: Bool
        /// Whether models that the catalog does not know are taken as they are.
        package var allowsUnknownModels: Bool

        package init(isStrict: Bool = false, allowsUnknownModels: Bool = false) {
            self.isStrict = isStrict
            self.allowsUnknownModels = allowsUnknownModels
        }
    }

    private let today: Timestamp
    private let options: Options

    /// A check.
    ///
    /// - Parameters:
    ///   - today: The time by which an end of life has come.
    ///   - options: What the caller asks for.
    package init(today: Timestamp, options: Options = Options()) {
        self.today = today
        self.options = options
    }

    /// All that is wrong or worth saying, each once, in the order in which it is shown, secrets hidden.
    ///
    /// - Parameters:
    ///   - sources: The project's files.
    ///   - projects: The project in every environment that is to be judged; none where `botctl.yaml` is broken.
    /// - Returns: The diagnostics. One that does not hold in all of these environments says in which it does.
    package func diagnostics(of sources: ProjectSources, in projects: [Project]) -> [Diagnostic] {
        let subject = RuleSubject(sources: sources, projects: projects, today: today)
        let rules = projects.isEmpty ? [] : RuleRegistry.rules
        return diagnostics(of: sources, in: projects, findings: rules.map { $0.findings(in: subject) })
    }

    /// The same, with the rules applied on all cores.
    package func concurrentDiagnostics(of sources: ProjectSources, in projects: [Project]) async -> [Diagnostic] {
        let subject = await RuleSubject.make(sources: sources, projects: projects, today: today)
        let rules = projects.isEmpty ? [] : RuleRegistry.rules
        let findings = await withTaskGroup(of: (position: Int, findings: [Finding]).self) { group in
            for (position, rule) in rules.enumerated() {
                group.addTask { (position, rule.findings(in: subject)) }
            }
            var found: [[Finding]] = Array(repeating: [], count: rules.count)
            for await entry in group { found[entry.position] = entry.findings }
            return found
        }
        return diagnostics(of: sources, in: projects, findings: findings)
    }

    /// The same, with what each rule has found, in the order of the rules.
    private func diagnostics(
        of sources: ProjectSources, in projects: [Project], findings: [[Finding]]
    ) -> [Diagnostic] {
        let policy = RulePolicy(sources.settings, options)
        var suppressions = SuppressionList(sources.commentedFiles)
        var shown: [Diagnostic] = []

        func judge(_ diagnostic: Diagnostic, isFixed: Bool, canBeSilenced: Bool = true) {
            let isSilenced = canBeSilenced && suppressions.silence(diagnostic)
            // What asks for its severity itself is not silenced either, though the comment is not idle.
            guard !isSilenced || isFixed, let severity = policy.severity(of: diagnostic, isFixed: isFixed) else {
                return
            }
            var diagnostic = diagnostic
            diagnostic.severity = severity
            shown.append(diagnostic)
        }

        let assembly = assemblyDiagnostics(sources, projects)
        for diagnostic in assembly { judge(diagnostic, isFixed: false) }
        for entry in entries(of: [suppressions.problems] + findings) {
            var diagnostic = entry.finding.diagnostic
            diagnostic.noteFurtherMessages(entry.furtherMessages)
            diagnostic.noteEnvironments(entry.environments, of: projects.count)
            judge(diagnostic, isFixed: entry.finding.fixedSeverity != nil)
        }
        // Only where everything could be judged can a comment be known to silence nothing.
        if projects.count == sources.environments.count, !assembly.containsErrors {
            for finding in suppressions.unused(isAboutItself: false) { judge(finding.diagnostic, isFixed: false) }
            // A comment that is told to be idle cannot silence that.
            for finding in suppressions.unused(isAboutItself: true) {
                judge(finding.diagnostic, isFixed: false, canBeSilenced: false)
            }
        }
        return Diagnostic.merged([sources.masked(withoutRepetitions(withRefusedDeadOverrides(shown)))])
    }

    /// The diagnostics with those of a value that the model refuses and the template says anyway told as one: without
    /// the value both are gone.
    private func withRefusedDeadOverrides(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let refusals: Set<DiagnosticCode> = [.modelRefusesParameter, .aboveModelLimit, .missingFeature]
        let places = Set(diagnostics.filter { refusals.contains($0.code) }.compactMap(\.location))
        var fixes: [SourceLocation: Fix] = [:]
        var result: [Diagnostic] = []
        for diagnostic in diagnostics {
            if diagnostic.code == .deadOverride, let place = diagnostic.location, places.contains(place) {
                fixes[place] = diagnostic.fix
            } else {
                result.append(diagnostic)
            }
        }
        for index in result.indices where refusals.contains(result[index].code) {
            if let fix = result[index].location.flatMap({ fixes[$0] }) { result[index].fix = fix }
        }
        return result
    }

    /// The diagnostics without those that say again, in other words, what another one of the same place says: a
    /// region that is misspelt has no way to the model, and smoke cases that a bot has not are no override.
    private func withoutRepetitions(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let causes: [DiagnosticCode: DiagnosticCode] = [
            .unknownRegion: .noRouteToModel, .deadOverride: .noSmokeCases,
        ]
        let places = Dictionary(grouping: diagnostics.filter { causes.values.contains($0.code) }, by: \.code)
            .mapValues { Set($0.compactMap(\.location)) }
        return diagnostics.filter { diagnostic in
            guard let cause = causes[diagnostic.code], let place = diagnostic.location else { return true }
            return places[cause]?.contains(place) != true
        }
    }

    /// What rules find, each once over all environments.
    private func entries(of findings: [[Finding]]) -> [FindingList.Entry] {
        var list = FindingList()
        for finding in findings.joined() { list.add(finding) }
        return list.entries
    }

    /// What files and assembly say, each once over all environments.
    private func assemblyDiagnostics(_ sources: ProjectSources, _ projects: [Project]) -> [Diagnostic] {
        guard !projects.isEmpty else { return sources.fileDiagnostics }
        var order: [Diagnostic] = []
        var environments: [Diagnostic: Set<String>] = [:]
        for project in projects {
            for diagnostic in project.diagnostics {
                if environments[diagnostic] == nil { order.append(diagnostic) }
                environments[diagnostic, default: []].insert(project.environment.name)
            }
        }
        return withOneRootCause(
            order.map { diagnostic in
                var noted = diagnostic
                noted.noteEnvironments(environments[diagnostic], of: projects.count)
                return noted
            })
    }

    /// The diagnostics with those about ways to a model told as one where one place stands in the way of several: a
    /// template's region that some models are not in.
    private func withOneRootCause(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        struct Place: Hashable {
            let code: DiagnosticCode
            let location: SourceLocation
        }
        let codes: Set<DiagnosticCode> = [.noRouteToModel, .unsupportedModelKind]
        var result: [Diagnostic] = []
        var positions: [Place: Int] = [:]
        var further: [Int: [String]] = [:]
        for diagnostic in diagnostics {
            if codes.contains(diagnostic.code), let location = diagnostic.location {
                let place = Place(code: diagnostic.code, location: location)
                if let position = positions[place] {
                    further[position, default: []].append(diagnostic.message)
                    continue
                }
                positions[place] = result.count
            }
            result.append(diagnostic)
        }
        for (position, messages) in further { result[position].noteFurtherMessages(messages) }
        return result
    }
}
