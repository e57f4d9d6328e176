package import JSONCoding

/// What came of telling Poe the settings of one bot.
package struct SettingsSyncOutcome: Hashable, Sendable {
    /// The bot's name here.
    package var bot: String
    /// Its name on Poe: `poe.handle`, or the same.
    package var handle: String
    /// Whether Poe took the settings.
    package var isSynced = false
    /// How often Poe was called.
    package var attempts = 0
    /// The HTTP status of a refusal, where there was one.
    package var status: Int?
    /// What Poe says, or why it was not told, as one line; holds no secret.
    package var message = ""

    init(bot: String, handle: String) {
        self.bot = bot
        self.handle = handle
    }

    /// The same as a failure.
    func failing(_ message: String) -> SettingsSyncOutcome {
        var copy = self
        copy.isSynced = false
        copy.message = message
        return copy
    }

    /// It for scripts.
    package var json: JSONValue {
        [
            "bot": .string(bot), "handle": .string(handle), "result": .string(isSynced ? "synced" : "failed"),
            "attempts": .integer(attempts), "status": status.map { .integer($0) } ?? .null,
            "message": .string(message),
        ]
    }
}

/// What came of telling Poe the settings of bots.
package struct SettingsSyncReport: Hashable, Sendable {
    /// The environment's name.
    package let environment: String
    /// Where Poe was called.
    package let baseURL: String
    /// The serial whose bots were told; 0 where nothing is deployed.
    package let serial: Int
    /// Sorted by bot.
    package let outcomes: [SettingsSyncOutcome]

    /// The bots that Poe has not taken.
    package var failures: [SettingsSyncOutcome] { outcomes.filter { !$0.isSynced } }

    /// "3 synced, 1 failed".
    package var summary: String {
        let failed = failures.count
        let synced = "\(outcomes.count - failed) synced"
        return failed == 0 ? synced : "\(synced), \(failed) failed"
    }

    /// It for scripts.
    package var json: JSONObject {
        [
            "environment": .string(environment), "base_url": .string(baseURL), "serial": .integer(serial),
            "synced": .integer(outcomes.count - failures.count), "failed": .integer(failures.count),
            "bots": .array(outcomes.map(\.json)),
        ]
    }
}
