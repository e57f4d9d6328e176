"""The JSON Schema of 'botctl schema', judged by check-jsonschema: what an editor would flag."""

import subprocess
import sys
from pathlib import Path

import pytest

from support import program

REPOSITORY = Path(__file__).resolve().parents[2]
FAULTY = REPOSITORY / "Tests" / "BotctlCommandsTests" / "Faulty"

# What an editor must flag: (the kind of file, its text, what the message names).
FLAGGED = {
    "misspelt key": ("bot", "model: amazon.nova-micro-v1:0\nparameters: {temprature: 0.7}\n", "temprature"),
    "misspelt section": ("bot", "model: amazon.nova-micro-v1:0\nparamters: {temperature: 0.7}\n", "paramters"),
    "text for a number": ("bot", "model: x.y\nparameters: {max_tokens: lots}\n", "lots"),
    "out of range": ("bot", "model: x.y\nparameters: {top_p: 1.5}\n", "1.5"),
    "choice": ("bot", "model: x.y\nkind: caht\n", "caht"),
    "duration without unit": ("bot", "model: x.y\nlimits: {idle_timeout: 30}\n", "30"),
    "secret in plain text": ("bot", "model: x.y\npoe: {access_key: abc}\n", "abc"),
    "two prices": ("bot", "model: x.y\npricing: {markup: 1.3, per_message: 0.1}\n", "pricing"),
    "case whose prompt is null": ("bot", "model: x.y\nsmoke: [{name: a, prompt: null}]\n", "smoke"),
    "case without prompt": ("bot", "model: x.y\nsmoke: [{name: a}]\n", "smoke"),
    "name in a template": ("template", "name: x\n", "name"),
    "environment": ("project", "environments: {prod: {upstrem: aws}}\n", "upstrem"),
    "override": ("project", "environments: {prod: {overrides: {limts: {}}}}\n", "limts"),
    "severity": ("project", "rules: {BOT031: wrong}\n", "wrong"),
}

ACCEPTED = {
    "one line": ("bot", "model: amazon.nova-micro-v1:0\n"),
    "null returns to the default": ("bot", "model: {id: x.y, region: null}\nlimits: {idle_timeout: null}\n"),
    "values": (
        "bot",
        "model: {id: x.y, failover_regions: [us-west-2]}\n"
        "attachments: {max_size: 1.5MiB}\nlimits: {idle_timeout: 1m30s}\ncost: {input_usd_per_million: $0.25}\n"
        'poe: {access_key: ["${env:A_{NAME}}", "${env:A}"], parameter_controls: auto}\n'
        "system_prompt: {file: prompts/x.md}\n",
    ),
    "null in maps of one's own": (
        "bot",
        "model: x.y\nlabels: {a: null}\npoe: {server_bot_dependencies: {x: null},"
        " parameter_controls: {api_version: 2, sections: [{controls: [{control: divider}]}]}}\n",
    ),
    "null in a project": (
        "project",
        "rules: {BOT062: null}\nenvironments: {a: null, b: {overrides: null, bots: {x: null}}}\n",
    ),
    "half of a map": ("template", "fallback: {consent: never}\nguardrail: {version: DRAFT}\n"),
    "project": (
        "project",
        "rules: {BOT062: off}\ngateway: {limits: {body: 5MB}}\n"
        "environments: {prod: {gateway: {url: https://x.y}, bots: {a: {enabled: false}}}}\n",
    ),
}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory):
    folder = tmp_path_factory.mktemp("schemas")
    for kind in ("bot", "template", "project", "facts"):
        text = subprocess.run([program.BOTCTL, "schema", kind], capture_output=True, check=True).stdout
        (folder / f"{kind}.json").write_bytes(text)
    return folder


def check(schema, *files):
    tool = Path(sys.executable).parent / "check-jsonschema"
    return subprocess.run([tool, "--schemafile", schema, *files], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", ["bot", "template", "project", "facts"])
def test_each_schema_is_itself_valid(schemas, kind):
    tool = Path(sys.executable).parent / "check-jsonschema"
    result = subprocess.run(
        [tool, "--check-metaschema", schemas / f"{kind}.json"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("fault", FLAGGED)
def test_a_fault_is_flagged(schemas, tmp_path, fault):
    kind, text, named = FLAGGED[fault]
    file = tmp_path / "file.yaml"
    file.write_text(text)
    result = check(schemas / f"{kind}.json", file)
    assert result.returncode == 1, result.stdout
    assert named in result.stdout


@pytest.mark.parametrize("what", ACCEPTED)
def test_what_validates_is_not_flagged(schemas, tmp_path, what):
    kind, text = ACCEPTED[what]
    file = tmp_path / "file.yaml"
    file.write_text(text)
    result = check(schemas / f"{kind}.json", file)
    assert result.returncode == 0, result.stdout


def test_the_shipped_files_are_not_flagged(schemas):
    bots = sorted((REPOSITORY / "bots.d").glob("*.yaml"))
    assert len(bots) >= 30
    result = check(schemas / "bot.json", *bots)
    assert result.returncode == 0, result.stdout
    result = check(schemas / "template.json", *sorted((REPOSITORY / "templates").glob("*.yaml")))
    assert result.returncode == 0, result.stdout
