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
}
