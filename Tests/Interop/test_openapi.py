"""What the gateway says of itself at /openapi.json, held against what it does, by a client that nobody here wrote."""

import json
import os
import subprocess
import sys
import time

import httpx
import jsonschema
import pytest

from support import program
from support.project import Project

# Half of what is asked goes to a bot that there is, or nothing but refusals would be seen.
HOOKS = """
import itertools

import schemathesis

NAMES = itertools.cycle(["echo", "nobody", "painter", "off"])


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    for name in {"name", "id"} & set(path_parameters or {}):
        if "token" not in path_parameters and len(str(path_parameters[name])) % 3:
            path_parameters[name] = next(NAMES)
    return path_parameters


@schemathesis.hook
def map_body(context, body):
    if isinstance(body, dict) and isinstance(body.get("model"), str) and len(body["model"]) % 2 == 0:
        body["model"] = "upscaler" if "image" in body else "painter" if "prompt" in body else "echo"
    return body
"""

# Poe's own server answers a call of an unknown type with 501, and so does the gateway.
CONFIGURATION = """
[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", 501]
"""

CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    "response_headers_conformance", "allow_header_conformance", "unsupported_method", "ignored_auth",
]


@pytest.fixture(scope="module")
def gateway(session_services, tmp_path_factory):
    """A gateway with bots of several sorts, one of them off, and a key for them."""
    project = Project(tmp_path_factory.mktemp("openapi") / "project")
    project.echo_bot("echo")
    project.bot(
        "painter", "model: stability.stable-image-core-v1:1\nlimits: {max_concurrent: 100, requests_per_minute: 1000000}\n"
    )
    project.bot(
        "upscaler", "model: stability.stable-fast-upscale-v1:0\nlimits: {max_concurrent: 100, requests_per_minute: 1000000}\n"
    )
    project.bot("off", "model: amazon.nova-micro-v1:0\nenabled: false\n")
    gateway = program.Service("serve", directory=project.root)
    session_services.callback(gateway.stop)
    project.settings(gateway={"url": gateway.url})
    project.run("deploy", "--yes").expect(0)
    gateway.project = project
    gateway.key = project.run("key", "new").expect(0).stdout.strip()
    program.wait_until(lambda: get(gateway, "/v1/models").status_code == 200, "the key to count", 20)
    return gateway


def get(gateway, path, key=None, **headers):
    return httpx.get(
        f"{gateway.url}{path}",
        headers={"authorization": f"Bearer {key or gateway.key}"} | {k.replace("_", "-"): v for k, v in headers.items()},
    )


@pytest.fixture(scope="module")
def document(gateway):
    return httpx.get(f"{gateway.url}/openapi.json").raise_for_status().json()


# One run of schemathesis after another, so that each sends the key that its paths take.
@pytest.mark.parametrize("door", ["poe", "others"])
def test_answers_are_as_the_document_says(gateway, tmp_path, random_source, door):
    (tmp_path / "hooks.py").write_text(HOOKS)
    (tmp_path / "schemathesis.toml").write_text(CONFIGURATION)
    key, paths = {
        "poe": (program.ACCESS_KEY, ["--include-path-regex", "^/bots/"]),
        "others": (gateway.key, ["--exclude-path-regex", "^/bots/"]),
    }[door]
    began = time.monotonic()
    finished = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{gateway.url}/openapi.json", *paths,
            "--header", f"Authorization: Bearer {key}", "--checks", ",".join(CHECKS),
            "--phases", "examples,coverage,fuzzing", "--max-examples", "50", "--seed",
            str(random_source.randrange(10**6)), "--continue-on-failure", "--no-shrink", "--suppress-health-check", "all",
            "--request-timeout", "30", "--report", "junit", "--report-junit-path", tmp_path / "report.xml",
        ],
        cwd=tmp_path, env=os.environ | {"SCHEMATHESIS_HOOKS": "hooks", "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, timeout=300,
    )
    print(f"{door}: {time.monotonic() - began:.0f} s")
    assert finished.returncode == 0, finished.stdout[-12_000:] + finished.stderr[-2000:]
    assert gateway.is_running


def test_every_path_of_the_product_is_there(document):
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/bots/{name}", "/files/{token}/{name}", "/v1/chat/completions", "/v1/images/generations", "/v1/images/edits",
        "/v1/models", "/v1/models/{id}", "/registry/v1/bots", "/registry/v1/bots/{name}", "/openapi.json", "/healthz", "/readyz",
    }


def test_real_answers_fit_their_shapes(gateway, document):
    def check(schema, instance):
        jsonschema.Draft202012Validator(
            {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
        ).validate(instance)

    question = {"model": "echo", "messages": [{"role": "user", "content": "Hello"}]}
    headers = {"authorization": f"Bearer {gateway.key}"}
    check("ChatCompletionRequest", question)
    check(
        "ChatCompletion",
        httpx.post(f"{gateway.url}/v1/chat/completions", json=question, headers=headers).raise_for_status().json(),
    )
    check("ModelList", get(gateway, "/v1/models").json())
    check("Registry", get(gateway, "/registry/v1/bots").json())
    check("Error", get(gateway, "/registry/v1/bots?x=1").json())


# The registry


def test_the_registry_tells_what_is_deployed(gateway):
    manifest = gateway.project.manifest()
    found = get(gateway, "/registry/v1/bots").raise_for_status().json()
    assert found["serial"] == manifest["serial"]
    assert {bot["name"]: bot["version"]["digest"] for bot in found["bots"]} == {
        name: bot["digest"] for name, bot in manifest["bots"].items()
    }
    assert {bot["name"]: bot["status"] for bot in found["bots"]} == {
        "echo": "ready", "painter": "ready", "upscaler": "ready", "off": "disabled",
    }
    assert [bot["name"] for bot in get(gateway, "/registry/v1/bots?kind=image").json()["bots"]] == ["painter", "upscaler"]
    assert "arn:" not in json.dumps(found)


def test_the_registry_is_sent_once_for_each_change(project, serve):
    project.echo_bot("one")
    gateway = serve(project)
    project.run("deploy", "--yes").expect(0)
    gateway.key = project.run("key", "new").expect(0).stdout.strip()
    program.wait_until(lambda: get(gateway, "/registry/v1/bots").status_code == 200, "the key to count", 20)
    tag = get(gateway, "/registry/v1/bots").headers["etag"]
    again = get(gateway, "/registry/v1/bots", if_none_match=tag)
    assert again.status_code == 304 and again.content == b""
    project.echo_bot("two")
    project.run("deploy", "--yes").expect(0)
    program.wait_until(
        lambda: get(gateway, "/registry/v1/bots", if_none_match=tag).status_code == 200, "the change to show", 20
    )
    assert len(get(gateway, "/registry/v1/bots").json()["bots"]) == 2


def test_the_registry_needs_a_key(gateway):
    assert httpx.get(f"{gateway.url}/registry/v1/bots").status_code == 401
    assert get(gateway, "/registry/v1/bots", key=program.ACCESS_KEY).status_code == 401
