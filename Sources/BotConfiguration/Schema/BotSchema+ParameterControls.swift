extension BotSchema {
    /// The keys of `poe.parameter_controls`.
    ///
    /// Source: Poe server-bot protocol, `parameter_controls` with `api_version` 2.
    static let parameterControls = ObjectSchema([
        SchemaField("api_version", .choice(["2"]), default: .text("2"), "The version of the controls' format."),
        SchemaField(
            "sections", .list(.object(section), limit: 32), required: true, "Groups of controls, in their order."),
    ])

    private static let section = ObjectSchema(
        constraints: [.exactlyOne([["controls"], ["tabs"]])],
        [
            SchemaField("name", .text(.any(limitInBytes: 128)), "The group's heading."),
            SchemaField("controls", .list(.object(control), limit: 64), "The controls, in their order."),
            SchemaField("tabs", .list(.object(tab), limit: 16), "Pages of controls, in their order."),
            SchemaField(
                "collapsed_by_default", .boolean, default: .boolean(false), "Whether the group is folded at first."),
        ])

    private static let tab = ObjectSchema([
        SchemaField("name", .text(.any(limitInBytes: 128)), required: true, "The page's heading."),
        SchemaField(
            "controls", .list(.object(control), limit: 64), required: true, repeatsKeys: true,
            "The controls, in their order; their keys are those of sections[].controls[]."),
    ])

    /// A control that may also stand in a condition, or a condition.
    private static let control = ObjectSchema(
        constraints: baseConstraints + [
            .required("condition", when: "control", is: ["condition"]),
            .required("controls", when: "control", is: ["condition"]),
            .only(["condition", "controls"], when: "control", is: ["condition"]),
        ],
        [SchemaField("control", .choice(baseControls + ["condition"]), required: true, "What kind of control it is.")]
            + baseFields + [
                SchemaField("condition", .object(condition), "When the controls of a condition are shown."),
                SchemaField(
                    "controls",
                    .list(
                        .object(
                            ObjectSchema(
                                constraints: baseConstraints,
                                [
                                    SchemaField(
                                        "control", .choice(baseControls), required: true, "What kind of control it is.")
                                ] + baseFields)), limit: 64), repeatsKeys: true,
                    "The controls of a condition, with the same keys; another condition cannot be among them."),
            ])

    private static let baseControls = [
        "divider", "text_field", "text_area", "drop_down", "toggle_switch", "slider", "aspect_ratio",
    ]
    private static let inputs = baseControls.filter { $0 != "divider" }

    private static let baseConstraints: [SchemaConstraint] =
        ["label", "parameter_name"].map { .required($0, when: "control", is: inputs) }
        + [.required("options", when: "control", is: ["drop_down", "aspect_ratio"])]
        + ["min_value", "max_value", "step"].map { .required($0, when: "control", is: ["slider"]) }
        + [
            .only(["label", "parameter_name", "description", "default_value"], when: "control", is: inputs),
            .only(["options"], when: "control", is: ["drop_down", "aspect_ratio"]),
            .only(["placeholder"], when: "control", is: ["text_field", "text_area"]),
            .only(["min_value", "max_value", "step"], when: "control", is: ["slider"]),
        ]

    private static let number: ValueType = .decimal(-1_000_000_000...1_000_000_000)

    private static let baseFields = [
        SchemaField("label", .text(.any(limitInBytes: 256)), "What stands beside the control."),
        SchemaField(
            "parameter_name", .text(.parameterName),
            "The parameter that it sets: letters, digits and '_', not starting with poe_."),
        SchemaField("description", .text(.any(limitInBytes: 1024)), "What the control does, for users."),
        SchemaField("default_value", .scalar, "The value at first."),
        SchemaField("placeholder", .text(.any(limitInBytes: 256)), "What an empty text field shows."),
        SchemaField("options", .list(.object(option), limit: 128), "What can be chosen."),
        SchemaField("min_value", number, "The least value of a slider."),
        SchemaField("max_value", number, "The greatest value of a slider."),
        SchemaField("step", number, "The steps of a slider."),
    ]

    private static let option = ObjectSchema(
        constraints: [
            .exactlyOne([["name"], ["width", "height"]]), .together(["width", "height"]),
        ],
        [
            SchemaField("value", .text(.any(limitInBytes: 256)), "What the parameter is set to."),
            SchemaField("name", .text(.any(limitInBytes: 256)), "What users read, of a drop_down."),
            SchemaField("width", .decimal(1...100_000), "The width, of an aspect_ratio."),
            SchemaField("height", .decimal(1...100_000), "The height, of an aspect_ratio."),
        ])

    private static let condition = ObjectSchema([
        SchemaField(
            "comparator", .choice(["eq", "ne", "gt", "ge", "lt", "le"]), required: true, "How the sides are compared."),
        SchemaField("left", .object(side), required: true, "The left side."),
        SchemaField("right", .object(side), required: true, "The right side."),
    ])

    private static let side = ObjectSchema(
        constraints: [.exactlyOne([["literal"], ["parameter_name"]])],
        [
            SchemaField("literal", .scalar, "A value."),
            SchemaField("parameter_name", .text(.parameterName), "The value of another control."),
        ])
}
