import BotConfiguration
import Diagnostics
import JSONCoding

/// Looks at the controls of one bot.
struct ParameterControlsCheck {
    private(set) var findings: [Finding] = []
    /// The first control of every parameter, with its default; nil where it is not known what is written there.
    private var parameters: [String: (default: JSONValue??, node: ConfigNode)] = [:]
    /// Where conditions name parameters, which may stand before the control.
    private var references: [(name: String, node: ConfigNode)] = []
    private let rejections: ControlRejections

    /// A check.
    ///
    /// - Parameter rejections: What of the controls was written and is wrong.
    init(rejections: ControlRejections = ControlRejections([])) { self.rejections = rejections }

    /// Checks everything in `parameter_controls`.
    mutating func check(_ controls: ConfigObject, at node: ConfigNode) {
        let path = ControlRejections.root + ".sections"
        if controls.list("sections").isEmpty, !rejections.mayHoldMore(path) {
            report("'poe.parameter_controls' has no section", at: controls.fields["sections"] ?? node, "add one")
        }
        for (section, path) in rejections.entries(of: controls, "sections", at: path) {
            guard case .object(let object) = section.value else { continue }
            checkControls(of: object, in: "section", path: path, at: section)
            if let tabs = object.fields["tabs"], object.list("tabs").isEmpty, !rejections.mayHoldMore(path + ".tabs") {
                report("a section has no tab", at: tabs, "add one, or list its 'controls' instead")
            }
            for (tab, path) in rejections.entries(of: object, "tabs", at: path + ".tabs") {
                if case .object(let object) = tab.value { checkControls(of: object, in: "tab", path: path, at: tab) }
            }
        }
        // What could not be read may be the control that is asked for.
        guard !rejections.hideParameters else { return }
        for reference in references where parameters[reference.name] == nil {
            report(
                "a condition asks for '\(reference.name)', which no control sets", at: reference.node,
                parameters.isEmpty
                    ? "add the control" : "controls set \(NameList(parameters.keys.sorted()).text)")
        }
    }

    private mutating func checkControls(
        of object: ConfigObject, in place: String, path: String, at node: ConfigNode
    ) {
        guard let list = object.fields["controls"] else { return }
        let path = path + ".controls"
        if object.list("controls").isEmpty, !rejections.mayHoldMore(path) {
            report("a \(place) has no control", at: list, "add one, or remove the \(place)")
        }
        for (control, path) in rejections.entries(of: object, "controls", at: path) {
            if case .object(let object) = control.value { check(control: object, path: path, at: control) }
        }
    }

    private mutating func check(control: ConfigObject, path: String, at node: ConfigNode) {
        let kind = control.text("control") ?? ""
        if kind == "condition" { checkControls(of: control, in: "condition", path: path, at: node) }
        guard !rejections.control(at: path) else {
            // Its parameter is there all the same.
            if let name = control.text("parameter_name"), parameters[name] == nil { parameters[name] = (nil, node) }
            return
        }
        switch kind {
        case "condition": checkCondition(control)
        case "drop_down": checkOptions(control, at: node, needing: ["name", "value"])
        case "aspect_ratio": checkOptions(control, at: node, needing: ["width", "height"])
        case "slider": checkSlider(control)
        case "toggle_switch":
            if let value = control.json("default_value"), value.bool == nil {
                report(
                    "the default of a toggle_switch must be true or false", at: control.fields["default_value"] ?? node,
                    "write true or false, without quotes")
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

    private mutating func checkCondition(_ control: ConfigObject) {
        let sides = ["left", "right"].map { control.node(at: ["condition", $0]) }
        for side in sides {
            guard let parameter = side?.nested("parameter_name"), case .text(let name) = parameter.value else {
                continue
            }
            references.append((name, parameter))
        }
        if let left = sides[0]?.nested("literal"), sides[1]?.nested("literal") != nil {
            report(
                "a condition compares two values that never change", at: left,
                "name the 'parameter_name' of a control on one side")
        }
    }

    /// Controls of one parameter show one value, so that they have to start with the same.
    private mutating func checkDefault(of control: ConfigObject, at node: ConfigNode) {
        guard let name = control.text("parameter_name") else { return }
        let value = control.json("default_value")
        guard let first = parameters[name] else {
            parameters[name] = (value, control.fields["default_value"] ?? node)
            return
        }
        guard let known = first.default else { return parameters[name] = (value, first.node) }
        guard known != value else { return }
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
            let isUnquoted = value.string == nil && values.contains(value.text())
            report(
                "the default is none of the options", at: node,
                isUnquoted ? "put it in quotes: \"\(value.text())\"" : "options: \(NameList(values.sorted()).text)")
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
            } else if !step.fits(between: least, and: greatest) {
                report(
                    "'step' is wider than the whole slider", at: node, "its range is \(least.text) to \(greatest.text)")
            }
        }
        if let value = control.json("default_value"), let node = control.fields["default_value"] {
            guard case .number(let number) = value, let start = DecimalNumber(number.text) else {
                let isQuoted = value.string.flatMap { DecimalNumber($0) } != nil
                report(
                    "the default of a slider must be a number", at: node,
                    isQuoted ? "write it without quotes" : "its range is \(least.text) to \(greatest.text)")
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

extension ConfigNode {
    /// The node of a key in an object; nil for a value that is none, and for an explicit `null`.
    fileprivate func nested(_ key: String) -> ConfigNode? {
        guard case .object(let object) = value, let node = object.fields[key], !node.value.isReset else { return nil }
        return node
    }
}
