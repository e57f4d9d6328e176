import Testing

/// Controls that Poe would refuse are found before Poe sees them.
struct ParameterControlsTests {
    private func check(_ sections: String) throws -> [String] {
        let controls = "poe:\n  parameter_controls:\n    sections: \(sections)\n"
        return try JudgedFiles(["bots.d/x.yaml": model + controls, "botctl.yaml": "rules: {BOT030: off}"]).lines
    }

    private func oneControl(_ fields: String) throws -> [String] {
        try check("[{controls: [{\(fields)}]}]")
    }

    @Test(arguments: [
        ("control: slider, label: T, parameter_name: t, min_value: 0, max_value: 10, step: 1, default_value: 5"),
        ("control: drop_down, label: S, parameter_name: s, options: [{name: A, value: a}], default_value: a"),
        ("control: aspect_ratio, label: R, parameter_name: r, options: [{width: 16, height: 9}, {width: 1, height: 1, value: square}], default_value: '16:9'"),
        ("control: toggle_switch, label: W, parameter_name: w, default_value: true"), ("control: divider"),
    ])
    func `a control as Poe takes it is no fault`(fields: String) throws {
        #expect(try oneControl(fields) == [])
    }

    @Test(arguments: [
        (
            "control: slider, label: T, parameter_name: t, min_value: 5, max_value: 5, step: 1",
            "'max_value' of a slider must be more than 'min_value', which is 5"
        ),
        (
            "control: slider, label: T, parameter_name: t, min_value: 0, max_value: 5, step: 0",
            "'step' of a slider must be more than 0"
        ),
        (
            "control: slider, label: T, parameter_name: t, min_value: 0, max_value: 5, step: 6",
            "'step' is wider than the whole slider"
        ),
        (
            "control: slider, label: T, parameter_name: t, min_value: 0, max_value: 5, step: 1, default_value: 6",
            "the default is not on the slider"
        ),
        (
            "control: slider, label: T, parameter_name: t, min_value: 0, max_value: 5, step: 1, default_value: '3'",
            "the default of a slider must be a number"
        ),
        (
            "control: drop_down, label: S, parameter_name: s, options: [{name: A, value: a}], default_value: b",
            "the default is none of the options"
        ),
        (
            "control: drop_down, label: S, parameter_name: s, options: [{name: A, value: a}, {name: B, value: a}]",
            "two options have the value 'a'"
        ),
        (
            "control: drop_down, label: S, parameter_name: s, options: [{width: 1, height: 1}]",
            "an option of a drop_down lacks 'name'"
        ),
        ("control: drop_down, label: S, parameter_name: s, options: []", "there is nothing to choose from"),
        (
            "control: toggle_switch, label: W, parameter_name: w, default_value: 'true'",
            "the default of a toggle_switch must be true or false"
        ),
        (
            "control: text_field, label: F, parameter_name: f, default_value: 5",
            "the default of a text_field must be a text"
        ),
        (
            "control: condition, condition: {comparator: eq, left: {parameter_name: gone}, right: {literal: 1}}, controls: [{control: divider}]",
            "a condition asks for 'gone', which no control sets"
        ),
    ])
    func `a control that Poe refuses is an error at its fault`(fields: String, message: String) throws {
        let lines = try oneControl(fields)
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix("error BOT036 \(message)") == true)
        #expect(lines.first?.hasPrefix("bots.d/x.yaml:4:") == true)
    }

    @Test func `there is something in every group`() throws {
        #expect(try check("[]") == ["bots.d/x.yaml:4:15 error BOT036 'poe.parameter_controls' has no section"])
        #expect(try check("[{controls: []}]") == ["bots.d/x.yaml:4:27 error BOT036 a section has no control"])
        #expect(try check("[{tabs: []}]") == ["bots.d/x.yaml:4:23 error BOT036 a section has no tab"])
        #expect(
            try check("[{tabs: [{name: a, controls: []}]}]") == ["bots.d/x.yaml:4:44 error BOT036 a tab has no control"]
        )
    }

    @Test func `controls of one parameter start with the same value`() throws {
        let first = "{control: text_field, label: A, parameter_name: p, default_value: a}"
        let second = "{control: text_area, label: B, parameter_name: p, default_value: b}"
        let lines = try check("[{controls: [\(first)]}, {controls: [\(second)]}]")
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix("BOT036 two controls set 'p' and have different defaults") == true)
        #expect(try check("[{controls: [\(first)]}, {controls: [\(first)]}]") == [])
    }

    @Test(arguments: [
        ("0.1", "0.3", "0.2", true), ("0.1", "0.3", "0.20000000000000000000001", false), ("-1", "1", "2", true),
        ("-1.5", "1", "2.51", false), ("-3", "-1", "2", true), ("-3", "-1", "2.1", false),
        ("0", "1000000000", "1e9", true),
        ("-0.3", "-0.1", "0.2", true), ("9.99", "10", "0.01", true), ("9.99", "10", "0.011", false),
    ])
    func `a step fits a slider to the last digit`(least: String, greatest: String, step: String, fits: Bool) throws {
        let lines = try oneControl(
            "control: slider, label: T, parameter_name: t, min_value: \(least), max_value: \(greatest), step: \(step)")
        #expect(lines.map { String($0.suffix(37)) } == (fits ? [] : ["'step' is wider than the whole slider"]))
    }

    @Test(arguments: [
        (
            "control: drop_down, label: S, parameter_name: s, options: [{name: A, value: '1'}], default_value: 1",
            "put it in quotes: \"1\""
        ),
        (
            "control: drop_down, label: S, parameter_name: s, options: [{name: A, value: '1'}], default_value: 2",
            "options: '1'"
        ),
        (
            "control: slider, label: T, parameter_name: t, min_value: 0, max_value: 5, step: 1, default_value: '3'",
            "write it without quotes"
        ),
        (
            "control: slider, label: T, parameter_name: t, min_value: 0, max_value: 5, step: 1, default_value: low",
            "its range is 0 to 5"
        ),
        (
            "control: condition, condition: {comparator: eq, left: {literal: 1}, right: {literal: 1}}, controls: [{control: divider}]",
            "name the 'parameter_name' of a control on one side"
        ),
    ])
    func `the help says what to write`(fields: String, help: String) throws {
        let controls = "poe:\n  parameter_controls:\n    sections: [{controls: [{\(fields)}]}]\n"
        let checked = try JudgedFiles(["bots.d/x.yaml": model + controls, "botctl.yaml": "rules: {BOT030: off}"])
        #expect(checked.help == [help])
    }

    // MARK: - Beside what is wrong in itself

    private let upsideDown = "{control: slider, label: T, parameter_name: t, min_value: 5, max_value: 5, step: 1}"

    private func codes(_ sections: String) throws -> [String] {
        try check(sections).map { String($0.split(separator: " ")[2]) }
    }

    @Test(arguments: [
        // A key of another control, of an option of it, of a section or tab.
        "[{controls: [{control: text_field, label: 5, parameter_name: a}, X]}]",
        "[{controls: [X, {control: drop_down, label: A, parameter_name: a, options: [{name: A, value: [1]}]}]}]",
        "[{name: [], controls: [X]}]", "[{tabs: [{name: [], controls: [X]}]}]",
        // An entry that is no map: what comes after it has its own place all the same.
        "[{controls: [5, X]}]", "[5, {controls: [X]}]", "[{tabs: [5, {name: a, controls: [X]}]}]",
        // A condition whose sides are wrong, and one in which a control is.
        "[{controls: [{control: condition, condition: {comparator: is, left: {literal: 1}, right: {parameter_name: t}}, controls: [X]}]}]",
        "[{controls: [{control: condition, condition: {comparator: eq, left: {parameter_name: t}, right: {literal: 1}}, controls: [{control: divider, labl: a}, X]}]}]",
    ])
    func `a wrong value hides no fault of another control`(sections: String) throws {
        let found = try codes(
            sections.split(separator: "X", omittingEmptySubsequences: false).joined(separator: upsideDown))
        #expect(found.contains("BOT036"))
        #expect(found.count == 2)
    }

    @Test(arguments: [
        "[{controls: [{control: slider, label: T, parameter_name: t, min_value: low, max_value: 5, step: 9}]}]",
        "[{controls: [5]}]", "[5]", "[{tabs: [5]}]", "[{tabs: [{name: a, controls: [5]}]}]",
        // The control that the condition asks for may be the one that is wrong.
        "[{controls: [{control: text_field, label: A, parameter_name: poe_x}, {control: condition, condition: {comparator: eq, left: {parameter_name: x}, right: {literal: 1}}, controls: [{control: divider}]}]}]",
        // A default that is wrong is no other default.
        "[{controls: [{control: text_field, label: A, parameter_name: x, default_value: []}, {control: text_field, label: A, parameter_name: x, default_value: a}]}]",
    ])
    func `a wrong value is told once`(sections: String) throws {
        let found = try codes(sections)
        #expect(found.count == 1)
        #expect(!found.contains("BOT036"))
    }
}
