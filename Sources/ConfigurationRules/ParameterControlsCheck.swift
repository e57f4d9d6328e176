import BotConfiguration
import Diagnostics
import JSONCoding

/// Looks at the controls of one bot.
struct ParameterControlsCheck {
    private(set) var findings: [Finding] = []
    /// The first control of every parameter, with its default.
    private var parameters: [String: (default: JSONValue?, node: ConfigNode)] = [:]
    /// Where conditions name parameters, which may stand before the control.
    private var references: [(name: String, node: ConfigNode)] = []

    /// Checks everything in `parameter_controls`.
    mutating func check(_ controls: ConfigObject, at node: ConfigNode) {
        let sections = controls.list("sections")
        if sections.isEmpty {
            report("'poe.parameter_controls' has no section", at: controls.fields["sections"] ?? node, "add one")
        }
        for section in sections {
            guard case .object(let object) = section.value else { continue }
            checkControls(of: object, in: "section", at: section)
            if let tabs = object.fields["tabs"], object.list("tabs").isEmpty {
                report("a section has no tab", at: tabs, "add one, or list its 'controls' instead")
            }
            for tab in object.list("tabs") {
                if case .object(let object) = tab.value { checkControls(of: object, in: "tab", at: tab) }
            }
        }
        for reference in references where parameters[reference.name] == nil {
            report(
                "a condition asks for '\(reference.name)', which no control sets", at: reference.node,
                parameters.isEmpty
                    ? "add the control" : "controls set \(NameList(parameters.keys.sorted()).text)")
        }
    }

    private mutating func checkControls(of object: ConfigObject, in place: String, at node: ConfigNode) {
        guard let list = object.fields["controls"] else { return }
        let controls = object.list("controls")
        if controls.isEmpty { report("a \(place) has no control", at: list, "add one, or remove the \(place)") }
        for control in controls {
            if case .object(let object) = control.value { check(control: object, at: control) }
        }
    }

    private mutating func check(control: ConfigObject, at node: ConfigNode) {
        let kind = control.text("control") ?? ""
        switch kind {
        case "condition": checkCondition(control, at: node)
        case "drop_down": checkOptions(control, at: node, needing: ["name", "value"])
        case "aspect_ratio": checkOptions(control, at: node, needing: ["width", "height"])
        case "slider": checkSlider(control)
        case "toggle_switch":
            if let value = control.json("default_value"), value.bool == nil {
                report(
                    "the default of a toggle_switch must be true or false", at: control.fields["default_value"] ?? node)
            }
        case "text_field", "text_area":
            if let value = control.json("default_value"), value.string == nil {
                report(
                    "the default of a \(kind) must be a text", at: control.fields["default_value"] ?? node,
                    "put it in quotes")
            }
        default: break
        }
        checkDefault(of: control, at: node)
    }

    private mutating func checkCondition(_ control: ConfigObject, at node: ConfigNode) {
        for side in ["left", "right"] {
            guard let parameter = control.node(at: ["condition", side, "parameter_name"]),
                case .text(let name) = parameter.value
            else { continue }
            references.append((name, parameter))
        }
        checkControls(of: control, in: "condition", at: node)
    }

    /// Controls of one parameter show one value, so that they have to start with the same.
    private mutating func checkDefault(of control: ConfigObject, at node: ConfigNode) {
        guard let name = control.text("parameter_name") else { return }
        let value = control.json("default_value")
        guard let first = parameters[name] else {
            parameters[name] = (value, control.fields["default_value"] ?? node)
            return
        }
        guard first.default != value else { return }
        findings.append(
            Finding(
                .parameterControls, "two controls set '\(name)' and have different defaults",
                at: (control.fields["default_value"] ?? node).origin, help: ["give them the same 'default_value'"],
                notes: [Finding.Note("the first one is here", at: first.node.origin)]))
    }

    private mutating func checkOptions(_ control: ConfigObject, at node: ConfigNode, needing keys: [String]) {
        var values: Set<String> = []
        for option in control.list("options") {
            guard case .object(let object) = option.value else { continue }
            if let missing = keys.first(where: { object.fields[$0] == nil }) {
                report(
                    "an option of a \(control.text("control") ?? "control") lacks '\(missing)'", at: option,
                    "each has \(keys.map { "'\($0)'" }.joined(separator: " and "))")
            } else if let value = optionValue(object), !values.insert(value).inserted {
                report("two options have the value '\(value)'", at: option, "remove one of them")
            }
        }
        if let options = control.fields["options"], control.list("options").isEmpty {
            report("there is nothing to choose from", at: options, "add an option")
        } else if let value = control.json("default_value"), let node = control.fields["default_value"],
            !values.isEmpty, !values.contains(value.string ?? "")
        {
            report("the default is none of the options", at: node, "options: \(NameList(values.sorted()).text)")
        }
    }

    /// What the parameter is set to: of an aspect ratio without a value, its sides.
    private func optionValue(_ option: ConfigObject) -> String? {
        if let value = option.text("value") { return value }
        guard case .decimal(let width)? = option.fields["width"]?.value,
            case .decimal(let height)? = option.fields["height"]?.value
        else { return nil }
        return "\(width.text):\(height.text)"
    }

    private mutating func checkSlider(_ control: ConfigObject) {
        guard let least = control.decimal("min_value"), let greatest = control.decimal("max_value") else { return }
        guard least < greatest else {
            if let node = control.fields["max_value"] {
                report("'max_value' of a slider must be more than 'min_value', which is \(least.text)", at: node)
            }
            return
        }
        if let step = control.decimal("step"), let node = control.fields["step"] {
            if step <= 0 {
                report("'step' of a slider must be more than 0", at: node)
            } else if step.double > (greatest.double - least.double) * (1 + 1e-9) {
                report(
                    "'step' is wider than the whole slider", at: node, "its range is \(least.text) to \(greatest.text)")
            }
        }
        if let value = control.json("default_value"), let node = control.fields["default_value"] {
            guard case .number(let number) = value, let start = DecimalNumber(number.text) else {
                report("the default of a slider must be a number", at: node)
                return
            }
            if start < least || greatest < start {
                report("the default is not on the slider", at: node, "its range is \(least.text) to \(greatest.text)")
            }
        }
    }

    private mutating func report(_ message: String, at node: ConfigNode, _ help: String? = nil) {
        findings.append(
            Finding(.parameterControls, message, at: node.origin, help: help.map { [$0] } ?? []))
    }
}

extension ConfigObject {
    fileprivate func text(_ key: String) -> String? {
        if case .text(let text)? = fields[key]?.value { text } else { nil }
    }

    fileprivate func decimal(_ key: String) -> DecimalNumber? {
        if case .decimal(let number)? = fields[key]?.value { number } else { nil }
    }

    fileprivate func json(_ key: String) -> JSONValue? {
        if case .json(let json)? = fields[key]?.value { json } else { nil }
    }

    fileprivate func list(_ key: String) -> [ConfigNode] {
        if case .list(let nodes)? = fields[key]?.value { nodes } else { [] }
    }
}
