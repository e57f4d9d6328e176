"""Requests to Bedrock, held against botocore's own model of the service."""

import base64
import json
from pathlib import Path

import botocore.session
import pytest
from botocore.validate import ParamValidator

from support import poe
from support.upstream import saying, simulator_credentials

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Tests/BedrockTests/Golden/converse-requests.jsonl"
OPERATIONS = {"converse": "Converse", "converse-stream": "ConverseStream"}


@pytest.fixture(scope="session")
def service():
    return botocore.session.get_session().get_service_model("bedrock-runtime")


def problems(service, operation, body, model_id="us.example.model-v1:0"):
    """What botocore says of a body, by its parameter validator and by names that its model does not have."""
    shape = service.operation_model(operation).input_shape
    parameters = {"modelId": model_id, **body}
    report = ParamValidator().validate(parameters, shape)
    found = [report.generate_report()] if report.has_errors() else []
    _find_unknown(parameters, shape, "", found)
    return found


def _find_unknown(value, shape, path, found):
    """Adds the members that the model of the service does not have, and words and lengths that it does not allow."""
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        for name, member in value.items():
            if name not in shape.members:
                found.append(f"{path}.{name} is unknown")
            else:
                _find_unknown(member, shape.members[name], f"{path}.{name}", found)
        if getattr(shape, "is_tagged_union", False) and len(value) != 1:
            found.append(f"{path} has {sorted(value)} where one is allowed")
    elif shape.type_name == "list":
        for index, member in enumerate(value):
            _find_unknown(member, shape.member, f"{path}[{index}]", found)
    elif shape.type_name == "string":
        words = getattr(shape, "enum", None)
        if words and value not in words:
            found.append(f"{path} is {value!r}, none of {words}")
        longest = shape.metadata.get("max")
        if longest and len(value) > longest:
            found.append(f"{path} has {len(value)} characters, and {longest} are allowed")
    elif shape.type_name == "blob":
        base64.b64decode(value, validate=True)


def test_requests_of_the_translation_are_what_botocore_would_send(service):
    samples = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    assert len(samples) >= 100
    kinds = set()
    for number, sample in enumerate(samples, 1):
        operation = "ConverseStream" if sample["stream"] else "Converse"
        assert problems(service, operation, sample["body"]) == [], f"line {number}"
        kinds |= {key for turn in sample["body"]["messages"] for block in turn["content"] for key in block}
        kinds |= set(sample["body"])
    assert kinds >= {
        "text", "image", "document", "toolUse", "toolResult", "reasoningContent", "cachePoint", "toolConfig",
        "guardrailConfig", "additionalModelRequestFields", "inferenceConfig", "system",
    }  # fmt: skip


def test_a_body_that_is_wrong_is_found(service):
    wrong = [
        {"messages": [{"role": "user", "content": [{"text": 7}]}]},
        {"messages": [{"role": "user", "content": [{"text": "a", "image": {}}]}]},
        {"messages": [], "temperature": 1},
        {"messages": [{"role": "robot", "content": []}]},
    ]
    for body in wrong:
        assert problems(service, "Converse", body), body


def test_shipped_bots_send_what_botocore_would_send(shipped, service):
    project = shipped.project
    checked = 0
    for name in project.bot_names():
        shown = project.run("show", name, "--handler", "-o", "json").expect(0).json()
        upstream = shown["handler"]["upstream"]
        if upstream["operation"] in OPERATIONS.values():
            checked += 1
            assert problems(service, upstream["operation"], upstream["example_request"]) == [], name
    assert checked >= 30


def test_a_conversation_reaches_bedrock_as_botocore_would_send_it(project, serve, start_upstream, service):
    project.echo_bot("talker")
    upstream = start_upstream(saying("Hello."))
    variables = simulator_credentials(upstream.url)
    gateway = serve(project, settings={"upstream": "aws"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    turns = [("user", "Hi"), ("bot", "Hello."), ("bot", " "), ("user", "Go"), ("user", "on"), ("system", "Be kind.")]
    messages = [{"role": role, "content": text, "content_type": "text/markdown"} for role, text in turns]
    answer = poe.post(gateway.url, "talker", poe.query("x", query=messages))
    assert answer.status_code == 200
    assert len(upstream.requests) >= 2
    for path, body in upstream.requests:
        operation = OPERATIONS[path.rsplit("/", 1)[1]]
        assert problems(service, operation, body) == []
