import DiagnosticRendering
import JSONCoding

/// The settings that commands work with.
struct SettingsView: ResultView {
    let settings: EffectiveSettings
    let showsOrigins: Bool

    /// Writes them to standard output.
    func show(_ terminal: Terminal) {
        let style = terminal.outputStyle
        var table = TextTable(showsOrigins ? ["SETTING", "VALUE", "ORIGIN"] : ["SETTING", "VALUE"])
        for setting in settings.settings {
            let paint: @Sendable (String) -> String = { setting.origin == "default" ? style.dim($0) : $0 }
            let name = TextTable.Cell(setting.name, paint: paint)
            let value = TextTable.Cell(setting.value, paint: paint)
            table.append(
                showsOrigins ? [name, value, TextTable.Cell(setting.origin, paint: style.cyan)] : [name, value])
        }
        for line in table.lines(width: terminal.tableWidth, style: style) { terminal.output(line) }
        if !showsOrigins { terminal.note("--origin says where each value comes from") }
    }

    /// The settings for scripts.
    var json: JSONObject {
        [
            "settings": .array(
                settings.settings.map {
                    ["name": .string($0.name), "value": $0.json, "origin": .string($0.origin)]
                })
        ]
    }
}
