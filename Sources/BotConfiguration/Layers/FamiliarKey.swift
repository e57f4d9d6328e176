/// A key of another tool, and what does its work here.
///
/// For people who come from LiteLLM's `config.yaml`, from `fastapi_poe`, or from Bedrock's own field names.
enum FamiliarKey {
    /// The next step for a key that does not exist, or nil for one that no other tool knows either.
    static func help(for key: String) -> String? {
        if let path = places[key] { return "write '\(path)'" }
        if modelFields.contains(key) { return "write 'parameters.additional.\(key)': it is a field of the model's own" }
        return others[key]
    }

    /// The key, as a dotted path, whose place the other tool's key takes; nil where it is none.
    static func path(for key: String) -> String? { places[key] ?? (key == "litellm_params" ? "model" : nil) }

    private static let places = [
        "api_base": "model.base_url",
        "aws_profile_name": "model.credentials.profile",
        "aws_region": "model.region",
        "aws_region_name": "model.region",
        "aws_role_name": "model.credentials.role_arn",
        "bot_name": "poe.handle",
        "instructions": "system_prompt",
        "max_completion_tokens": "parameters.max_tokens",
        "max_parallel_requests": "limits.max_concurrent",
        "max_retries": "retry.max_attempts",
        "modelId": "model.id",
        "num_retries": "retry.max_attempts",
        "prompt": "system_prompt",
        "reasoning_effort": "parameters.reasoning",
        "region_name": "model.region",
        "rpm": "limits.requests_per_minute",
        "stop": "parameters.stop_sequences",
        "stopSequences": "parameters.stop_sequences",
        "stream_timeout": "limits.first_token_timeout",
        "system": "system_prompt",
        "system_message": "system_prompt",
        "timeout": "limits.request_timeout",
    ]

    /// Fields of models' own, which stand in `parameters.additional`.
    static let modelFields: Set<String> = [
        "anthropic_beta", "frequency_penalty", "logit_bias", "min_p", "presence_penalty", "repetition_penalty", "seed",
        "thinking", "top_k", "topK",
    ]

    private static let others = [
        "aws_access_key_id": "AWS credentials never stand in a file: the gateway takes them from its environment",
        "aws_secret_access_key": "AWS credentials never stand in a file: the gateway takes them from its environment",
        "aws_session_token": "AWS credentials never stand in a file: the gateway takes them from its environment",
        "general_settings": "docs/migrating.md says what does its work here",
        "litellm_params": "its fields are keys of the bot here; docs/migrating.md says which",
        "litellm_settings": "docs/migrating.md says what does its work here",
        "model_info": "facts about a model stand in catalog.d; docs/migrating.md says which",
        "model_list": "write one file in bots.d for each model",
        "model_name": "the name of the file is the bot's name; 'name' is another one",
        "response_version": "leave it out: the gateway always answers with version 2",
        "router_settings": "docs/migrating.md says what does its work here",
        "suggested_replies": "leave it out: there are no suggested replies yet",
        "tpm": "there is no limit on tokens for each minute; 'limits.max_input_tokens' bounds one request",
    ]
}
