"""What other programs read of 'botctl validate': SARIF by its schema, JUnit as XML, GitHub's workflow commands."""

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

MODEL = "model: amazon.nova-micro-v1:0\n"
SCHEMA = json.loads((Path(__file__).parent / "vectors" / "sarif" / "sarif-schema-2.1.0.json").read_text())

# Files that between them have messages, help, notes, wide characters, and what each format must escape.
FILES = {
    "good": MODEL,
    "key": MODEL + "parameters:\n  temprature: 0.7\n",
    "wide": MODEL + 'labels: {"größe": "𝔘", b: [1]}\n',
    "twice": MODEL + "description: one\ndescription: two\n",
    "boolean": MODEL + "enabled: yes\n",
    "markup": MODEL + "kind: \"<a href='x'>&</a>\"\n",
    "percent, colon": MODEL + "kind: '50%: a, b'\n",
    "braces": MODEL + 'poe: {access_key: "${vault:{0}}"}\n',
    "link": MODEL + "kind: '[a](1)'\n",
    "control": b"model: amazon.nova-micro-v1:0\ndescription: \"\x1b[1m\"\n",
    "syntax": "model: {id: amazon.nova-micro-v1:0\n",
}


@pytest.fixture
def broken(project):
    """A project in a repository with every kind of problem."""
    (project.root.parent / ".git").mkdir()
    for name, text in FILES.items():
        content = text if isinstance(text, bytes) else text.encode()
        (project.root / "bots.d" / f"{name}.yaml").write_bytes(content)
    return project


def sarif(project):
    log = json.loads(project.run("validate", "-o", "sarif").expect(3).stdout)
    jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(log)
    return log["runs"][0]


def diagnostics(project):
    return project.run("validate", "-o", "json").json()["diagnostics"]


def test_sarif_follows_its_schema_with_and_without_problems(broken):
    assert sarif(broken)["results"]
    for name in FILES:
        if name != "good":
            (broken.root / "bots.d" / f"{name}.yaml").unlink()
    log = json.loads(broken.run("validate", "-o", "sarif").expect(0).stdout)
    jsonschema.Draft4Validator(SCHEMA).validate(log)


def test_sarif_points_at_the_places_that_json_names(broken):
    run = sarif(broken)
    assert run["columnKind"] == "unicodeCodePoints"
    found = []
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        region = place.get("region", {})
        path = unquote(place["artifactLocation"]["uri"])
        assert (broken.root.parent / path).is_file(), "paths start at the root of the repository"
        found.append((path.removeprefix("project/"), region.get("startLine"), region.get("startColumn")))
    assert found == [(item["file"], item.get("line"), item.get("column")) for item in diagnostics(broken)]


def test_every_rule_says_what_it_is(broken):
    for rule in sarif(broken)["tool"]["driver"]["rules"]:
        assert re.fullmatch(r"BOT\d{3}", rule["id"])
        assert rule["shortDescription"]["text"] and rule["fullDescription"]["text"] and rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")


def test_a_sarif_fix_does_what_fix_does(broken):
    fixed = [result for result in sarif(broken)["results"] if "fixes" in result]
    assert {result["ruleId"] for result in fixed} >= {"BOT012", "BOT025"}
    for result in fixed:
        (change,) = result["fixes"][0]["artifactChanges"]
        path = broken.root.parent / unquote(change["artifactLocation"]["uri"])
        content = path.read_bytes()
        for replacement in sorted(
            change["replacements"], key=lambda item: item["deletedRegion"]["byteOffset"], reverse=True
        ):
            region = replacement["deletedRegion"]
            start, end = region["byteOffset"], region["byteOffset"] + region["byteLength"]
            content = content[:start] + replacement["insertedContent"]["text"].encode() + content[end:]
        path.write_bytes(content)
    left = {item["code"] for item in diagnostics(broken)}
    assert not left & {"BOT012", "BOT025"}


def test_junit_is_xml_with_a_case_for_every_file(broken):
    report = broken.root / "report.xml"
    broken.run("validate", "-o", f"junit={report.name}").expect(3)
    suite = ElementTree.parse(report).getroot().find("testsuite")
    cases = {case.get("name"): case for case in suite.iter("testcase")}
    assert set(cases) >= {f"bots.d/{name}.yaml" for name in FILES}
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {f"bots.d/{name}.yaml" for name in FILES if name != "good"}
    assert (int(suite.get("tests")), int(suite.get("failures"))) == (len(cases), len(failed))
    assert "<a href='x'>&</a>" in cases["bots.d/markup.yaml"].find("failure").text


COMMAND = re.compile(r"^::(error|warning|notice) (?:([^:]*))::(.*)$")


def unescaped(text, **properties):
    for code, character in {"%0D": "\r", "%0A": "\n", **properties, "%25": "%"}.items():
        text = text.replace(code, character)
    return text


def test_github_annotations_are_read_back(broken):
    lines = broken.run("validate", "-o", "github").expect(3).stdout.splitlines()
    annotations = []
    for line in lines:
        level, properties, message = COMMAND.match(line).groups()
        values = dict(part.split("=", 1) for part in properties.split(","))
        annotations.append((level, {k: unescaped(v, **{"%3A": ":", "%2C": ","}) for k, v in values.items()}, message))
    assert sum(level == "error" for level, *_ in annotations) <= 10
    named = {values["file"]: unescaped(message) for _, values, message in annotations if "file" in values}
    assert "50%: a, b" in named["project/bots.d/percent, colon.yaml"]
    assert "<a href='x'>&</a>" in named["project/bots.d/markup.yaml"]


def test_several_outputs_at_once(broken):
    (broken.root / "out").mkdir()
    outcome = broken.run("validate", "-o", "human", "-o", "sarif=out/log.sarif", "-o", "junit=out/report.xml").expect(3)
    assert "error[BOT012]" in outcome.stdout
    assert json.loads((broken.root / "out" / "log.sarif").read_text())["version"] == "2.1.0"
    assert ElementTree.parse(broken.root / "out" / "report.xml").getroot().tag == "testsuites"


def test_a_file_that_cannot_be_written_is_an_error_after_the_result(broken):
    outcome = broken.run("validate", "-o", "human", "-o", "sarif=missing/log.sarif").expect(1)
    assert "error[BOT012]" in outcome.stdout and "missing/log.sarif" in outcome.stderr
    assert "is no file" in broken.run("validate", "-o", "sarif=bots.d").expect(1).stderr
