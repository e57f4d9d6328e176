"""boto3 reads every kind of content that Converse and ConverseStream of the simulator send."""

import io
import json
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError
from PIL import Image

from support import aws

NOVA = "amazon.nova-micro-v1:0"
NOVA_PRO = "us.amazon.nova-pro-v1:0"
CLAUDE = "us.anthropic.claude-haiku-4-5-20251001-v1:0"
ADAPTIVE = "us.anthropic.claude-sonnet-5-5"
TOOLS = {
    "tools": [
        {
            "toolSpec": {
                "name": name,
                "description": f"Does {name}.",
                "inputSchema": {"json": {"type": "object", "properties": {"at": {"type": "string"}}}},
            }
        }
        for name in ("look", "count")
    ]
}


@pytest.fixture
def client(simulator):
    return aws.client("bedrock-runtime", simulator)


def user(*content):
    return {"role": "user", "content": [{"text": block} if isinstance(block, str) else block for block in content]}


def assembled(stream):
    """The message of a stream, put together as its events say, with its stop reason and its usage."""
    blocks, stop, usage = {}, None, None
    for event in stream:
        if "contentBlockStart" in event:
            start = event["contentBlockStart"]
            blocks[start["contentBlockIndex"]] = {"toolUse": {**start["start"]["toolUse"], "input": ""}}
        elif "contentBlockDelta" in event:
            index, delta = (event["contentBlockDelta"][name] for name in ("contentBlockIndex", "delta"))
            if "text" in delta:
                block = blocks.setdefault(index, {"text": ""})
                block["text"] += delta["text"]
            elif "toolUse" in delta:
                blocks[index]["toolUse"]["input"] += delta["toolUse"]["input"]
            else:
                block = blocks.setdefault(index, {"reasoningContent": {}})["reasoningContent"]
                for name, value in delta["reasoningContent"].items():
                    block[name] = block.get(name, type(value)()) + value
        elif "messageStop" in event:
            stop = event["messageStop"]["stopReason"]
        elif "metadata" in event:
            usage = event["metadata"]["usage"]
    for block in blocks.values():
        if "toolUse" in block:
            block["toolUse"]["input"] = json.loads(block["toolUse"]["input"] or "{}")
    return [blocks[index] for index in sorted(blocks)], stop, usage


def test_parallel_tool_calls_whole_and_streamed(client):
    request = {
        "modelId": NOVA,
        "messages": [user('Call the tools look with {"at": "the \\"sea\\" ü"} and count with {}')],
        "toolConfig": TOOLS,
    }
    whole = client.converse(**request)
    assert whole["stopReason"] == "tool_use"
    calls = [block["toolUse"] for block in whole["output"]["message"]["content"] if "toolUse" in block]
    assert [(call["name"], call["input"]) for call in calls] == [("look", {"at": 'the "sea" ü'}), ("count", {})]
    content, stop, usage = assembled(client.converse_stream(**request)["stream"])
    assert content == whole["output"]["message"]["content"]
    assert (stop, usage) == (whole["stopReason"], whole["usage"])

    results = [{"toolResult": {"toolUseId": call["toolUseId"], "content": [{"json": {"n": 1}}]}} for call in calls]
    messages = [*request["messages"], whole["output"]["message"], {"role": "user", "content": results}]
    after = client.converse(modelId=NOVA, messages=messages, toolConfig=TOOLS)
    assert "2 tool results came back" in after["output"]["message"]["content"][0]["text"]

    with pytest.raises(ClientError, match="Expected toolResult blocks at messages.2.content"):
        client.converse(
            modelId=NOVA, messages=[*messages[:2], {"role": "user", "content": results[:1]}], toolConfig=TOOLS
        )


@pytest.mark.parametrize(
    "model, fields",
    [
        (CLAUDE, {"thinking": {"type": "enabled", "budget_tokens": 1024}}),
        (ADAPTIVE, {"thinking": {"type": "adaptive"}, "output_config": {"effort": "high"}}),
    ],
)
def test_thoughts_whole_and_streamed(client, model, fields):
    request = {
        "modelId": model,
        "messages": [user("Reply with the single word pong")],
        "inferenceConfig": {"maxTokens": 3000},
        "additionalModelRequestFields": fields,
    }
    whole = client.converse(**request)["output"]["message"]["content"]
    assert whole[0]["reasoningContent"]["reasoningText"]["signature"]
    assert whole[1] == {"text": "pong"}
    content, _, _ = assembled(client.converse_stream(**request)["stream"])
    assert content[0]["reasoningContent"] == whole[0]["reasoningContent"]["reasoningText"]

    history = [*request["messages"], {"role": "assistant", "content": whole}, user("Again")]
    assert client.converse(**{**request, "messages": history})["stopReason"] == "end_turn"
    whole[0]["reasoningContent"]["reasoningText"]["text"] += " "
    with pytest.raises(ClientError, match="Invalid `signature` in `thinking` block"):
        client.converse(**{**request, "messages": history})


def test_hidden_thoughts_are_bytes(client):
    content = client.converse(
        modelId=CLAUDE,
        messages=[user("Hide your thoughts.")],
        inferenceConfig={"maxTokens": 3000},
        additionalModelRequestFields={"thinking": {"type": "enabled", "budget_tokens": 1024}},
    )["output"]["message"]["content"]
    assert isinstance(content[0]["reasoningContent"]["redactedContent"], bytes)


def test_images_and_documents(client):
    picture = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(picture, "PNG")
    answer = client.converse(
        modelId=NOVA_PRO,
        messages=[
            user(
                "What is this?",
                {"image": {"format": "png", "source": {"bytes": picture.getvalue()}}},
                {"document": {"format": "txt", "name": "notes", "source": {"bytes": b"hello"}}},
            )
        ],
    )
    text = answer["output"]["message"]["content"][0]["text"]
    assert f"image png of {len(picture.getvalue())} bytes" in text
    assert "document txt of 5 bytes" in text
    with pytest.raises(ClientError, match="Could not process image"):
        client.converse(
            modelId=NOVA_PRO, messages=[user("a", {"image": {"format": "jpeg", "source": {"bytes": b"no image"}}})]
        )


def test_cached_prefixes_are_counted_once(simulate):
    client = aws.client("bedrock-runtime", simulate())
    request = {
        "modelId": CLAUDE,
        "system": [{"text": "word " * 4000}, {"cachePoint": {"type": "default"}}],
        "messages": [user("Hello")],
    }
    first, second = (client.converse(**request)["usage"] for _ in range(2))
    assert (first["cacheWriteInputTokens"], first["cacheReadInputTokens"]) == (5000, 0)
    assert (second["cacheWriteInputTokens"], second["cacheReadInputTokens"]) == (0, 5000)
    for usage in (first, second):
        assert usage["totalTokens"] == sum(
            usage[name]
            for name in ("inputTokens", "outputTokens", "cacheReadInputTokens", "cacheWriteInputTokens")
        )


def test_a_guardrail_intervenes(client):
    request = {
        "modelId": NOVA,
        "messages": [user("Hello")],
        "guardrailConfig": {"guardrailIdentifier": "blocked1", "guardrailVersion": "1", "trace": "enabled"},
    }
    whole = client.converse(**request)
    assert whole["stopReason"] == "guardrail_intervened"
    assert whole["trace"]["guardrail"]["inputAssessment"]["blocked1"]["topicPolicy"]["topics"]
    _, stop, _ = assembled(client.converse_stream(**request)["stream"])
    assert stop == "guardrail_intervened"


def test_fields_of_the_model(client):
    answer = client.converse(
        modelId=NOVA,
        messages=[user("Hello")],
        inferenceConfig={"stopSequences": ["Nova"]},
        additionalModelResponseFieldPaths=["/stop_sequence"],
    )
    assert answer["stopReason"] == "stop_sequence"
    assert answer["additionalModelResponseFields"] == {"stop_sequence": "Nova"}


@pytest.mark.parametrize("key, status", [("simulator", 200), ("wrong", 403)])
def test_a_bearer_key(simulator, key, status):
    # boto3 sends one over TLS alone, so this is what it would send.
    request = urllib.request.Request(
        f"{simulator.url}/model/{NOVA.replace(':', '%3A')}/converse",
        data=json.dumps({"messages": [user("Hello")]}).encode(),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            assert response.status == status
    except urllib.error.HTTPError as error:
        assert error.code == status
        assert error.headers["x-amzn-ErrorType"].startswith("AccessDeniedException:")
