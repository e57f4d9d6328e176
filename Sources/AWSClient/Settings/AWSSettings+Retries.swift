import AWSConfigFiles

extension AWSSettings {
    /// When failed requests are sent again: by the edition of 2026, unless `AWS_NEW_RETRIES_2026` is `false` or the mode
    /// is that of the years before.
    package var retryPolicy: RetryPolicy {
        let isSwitchedOff = variable("AWS_NEW_RETRIES_2026")?.lowercased() == "false"
        return RetryPolicy(isSwitchedOff || isLegacy ? .classic : .revised)
    }

    /// How often a request is tried in all where nothing else says so.
    ///
    /// It is `AWS_MAX_ATTEMPTS`, else the profile's `max_attempts`, else as often as the mode has it. What is no whole
    /// number from 1 counts as unset.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", `max_attempts`.
    package var attemptLimit: Int {
        for text in [variable("AWS_MAX_ATTEMPTS"), profiles.current?.nonEmpty("max_attempts")] {
            if let number = text.flatMap({ Int($0) }), number >= 1 { return number }
        }
        return isLegacy ? 5 : RetryAttempts.standardLimit
    }

    /// Whether the mode of the years before is asked for; `adaptive`, which would also slow down its own requests, is
    /// taken for `standard`, and so is every other word.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Retry behavior", `retry_mode`.
    private var isLegacy: Bool { value("AWS_RETRY_MODE", "retry_mode")?.lowercased() == "legacy" }
}
