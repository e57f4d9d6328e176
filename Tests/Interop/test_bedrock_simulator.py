"""boto3 talks to `botctl simulate` as it would to Bedrock."""

import time

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

ON_DEMAND = "amazon.nova-micro-v1:0"
PROFILE_ONLY = "anthropic.claude-haiku-4-5-20251001-v1:0"
HELLO = [{"role": "user", "content": [{"text": "Hello"}]}]
PONG = [{"role": "user", "content": [{"text": "Reply with the single word pong"}]}]


def client_of(simulator, key="simulator", secret="simulator", region="us-east-1", **options):
    return boto3.client(
        "bedrock-runtime",
        endpoint_url=simulator.url,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}, read_timeout=30, connect_timeout=10),
        **options,
    )


@pytest.fixture
def client(simulator):
    return client_of(simulator)


def refusal(call, **arguments):
    """(code, HTTP status, message) of the error that a call ends in."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    response = caught.value.response
    assert response["ResponseMetadata"]["RequestId"]
    return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Message"]


def test_converse(client):
    response = client.converse(modelId=ON_DEMAND, messages=PONG)
    message = response["output"]["message"]
    assert message["role"] == "assistant"
    assert message["content"][0]["text"].strip() == "pong"
    assert response["stopReason"] == "end_turn"
    usage = response["usage"]
    assert usage["inputTokens"] > 0 and usage["outputTokens"] > 0
    assert usage["totalTokens"] == usage["inputTokens"] + usage["outputTokens"]
    assert response["metrics"]["latencyMs"] >= 0
    assert response["ResponseMetadata"]["RequestId"]


def test_converse_stream(client):
    response = client.converse_stream(modelId=ON_DEMAND, messages=HELLO)
    events = list(response["stream"])
    kinds = [next(iter(event)) for event in events]
    assert kinds[0] == "messageStart"
    assert events[0]["messageStart"]["role"] == "assistant"
    deltas = [event["contentBlockDelta"]["delta"]["text"] for event in events if "contentBlockDelta" in event]
    assert len(deltas) >= 8
    assert ON_DEMAND in "".join(deltas)
    assert kinds[-3:] == ["contentBlockStop", "messageStop", "metadata"]
    assert events[-2]["messageStop"]["stopReason"] == "end_turn"
    assert events[-1]["metadata"]["usage"]["outputTokens"] > 0


def test_the_same_question_gets_the_same_answer(client):
    def answer():
        response = client.converse(modelId=ON_DEMAND, messages=HELLO)
        return response["output"]["message"]["content"], response["usage"]

    assert answer() == answer()


def test_max_tokens_ends_an_answer(client):
    response = client.converse(modelId=ON_DEMAND, messages=HELLO, inferenceConfig={"maxTokens": 3})
    assert response["stopReason"] == "max_tokens"
    assert response["usage"]["outputTokens"] <= 3


def test_a_session_token_is_signed_too(simulator):
    client = client_of(simulator, aws_session_token="token/with+odd=characters")
    assert client.converse(modelId=ON_DEMAND, messages=PONG)["stopReason"] == "end_turn"


@pytest.mark.parametrize("operation", ["converse", "converse_stream"])
class TestRefusals:
    def test_a_wrong_secret(self, simulator, operation):
        client = client_of(simulator, secret="not-the-secret")
        code, status, message = refusal(getattr(client, operation), modelId=ON_DEMAND, messages=HELLO)
        assert (code, status) == ("InvalidSignatureException", 403)
        assert message.startswith("The request signature we calculated does not match the signature you provided")

    def test_an_unknown_access_key(self, simulator, operation):
        client = client_of(simulator, key="AKIDNOBODYKNOWS")
        code, status, message = refusal(getattr(client, operation), modelId=ON_DEMAND, messages=HELLO)
        assert (code, status) == ("UnrecognizedClientException", 403)
        assert message == "The security token included in the request is invalid."

    def test_a_model_that_is_in_no_catalog(self, client, operation):
        code, status, message = refusal(getattr(client, operation), modelId="acme.rocket-v1:0", messages=HELLO)
        assert (code, status) == ("ValidationException", 400)
        assert message == "The provided model identifier is invalid."

    def test_a_bare_id_that_needs_a_profile(self, client, operation):
        code, status, message = refusal(getattr(client, operation), modelId=PROFILE_ONLY, messages=HELLO)
        assert (code, status) == ("ValidationException", 400)
        assert message == (
            f"Invocation of model ID {PROFILE_ONLY} with on-demand throughput isn\u2019t supported. Retry your request "
            "with the ID or ARN of an inference profile that contains this model."
        )

    def test_a_history_that_starts_with_the_assistant(self, client, operation):
        messages = [{"role": "assistant", "content": [{"text": "Hello?"}]}, *HELLO]
        code, status, message = refusal(getattr(client, operation), modelId=ON_DEMAND, messages=messages)
        assert (code, status) == ("ValidationException", 400)
        assert message.startswith("A conversation must start with a user message.")

    def test_a_blank_text_block(self, client, operation):
        messages = [{"role": "user", "content": [{"text": "Hello"}, {"text": "  "}]}]
        code, status, message = refusal(getattr(client, operation), modelId=ON_DEMAND, messages=messages)
        assert (code, status) == ("ValidationException", 400)
        assert message.startswith("The text field in the ContentBlock object at messages.0.content.1 is blank.")


@pytest.mark.parametrize("parameters", [{"temperature": 0.5}, {"topP": 0.5}])
def test_a_model_without_sampling_parameters_refuses_them(client, parameters):
    model = "us.anthropic.claude-sonnet-5-5"
    code, status, _ = refusal(client.converse, modelId=model, messages=HELLO, inferenceConfig=parameters)
    assert (code, status) == ("ValidationException", 400)
    assert client.converse(modelId=model, messages=PONG)["stopReason"] == "end_turn"


def test_a_profile_answers_where_the_bare_id_does_not(client):
    response = client.converse(modelId=f"us.{PROFILE_ONLY}", messages=PONG)
    assert response["output"]["message"]["content"][0]["text"].strip() == "pong"


def test_a_profile_of_another_geography_is_refused(simulator):
    client = client_of(simulator, region="eu-central-1")
    code, status, _ = refusal(client.converse, modelId=f"us.{PROFILE_ONLY}", messages=HELLO)
    assert (code, status) == ("ValidationException", 400)


def test_pacing_spreads_a_stream_over_time(simulate):
    client = client_of(simulate("--tokens-per-second", "20"))
    times = []
    for event in client.converse_stream(modelId=ON_DEMAND, messages=HELLO)["stream"]:
        if "contentBlockDelta" in event:
            times.append(time.monotonic())
    assert times[-1] - times[0] >= 0.3


def test_credentials_can_be_chosen(simulate):
    simulator = simulate("--access-key-id", "AKIDEXAMPLE", "--secret-access-key", "s3cret")
    client = client_of(simulator, key="AKIDEXAMPLE", secret="s3cret")
    assert client.converse(modelId=ON_DEMAND, messages=PONG)["stopReason"] == "end_turn"
    code, status, _ = refusal(client_of(simulator).converse, modelId=ON_DEMAND, messages=PONG)
    assert (code, status) == ("UnrecognizedClientException", 403)
