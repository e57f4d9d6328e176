import BotConfiguration
import ModelCatalog

/// A bot as a deploy would keep it, with further members of its stored form, such as `"limits":{…}`.
func sampleBot(_ name: String = "nova", members: String = "") throws -> BotConfig {
    let more = members.isEmpty ? "" : "," + members
    let stored = """
        {"kind":"chat","model":{"provider":"bedrock","region":"us-east-1",\
        "upstream":{"us-east-1":"amazon.nova-micro-v1:0"}},"schema":\(BotSchema.version)\(more)}
        """
    return try BotConfig(stored: Array(stored.utf8), name: name, catalog: .embedded)
}
