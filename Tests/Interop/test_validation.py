"""Broken bot files: every problem at the place where it was written, and nothing deployed changes."""

import re

import pytest

MODEL = "model: amazon.nova-micro-v1:0\n"

# What is wrong: (the file, line, column, code, a part of the message).
BREAKAGES = {
    "unknown key": (MODEL + "parameters:\n  temprature: 0.7\n", 3, 3, "BOT012", "temprature"),
    "wrong type": (MODEL + "parameters:\n  max_tokens: lots\n", 3, 15, "BOT020", "max_tokens"),
    "out of range": (MODEL + "parameters: {top_p: 1.5}\n", 2, 21, "BOT021", "top_p"),
    "duplicate key": (MODEL + "description: one\ndescription: two\n", 3, 1, "BOT004", "description"),
    "yaml 1.1 boolean": (MODEL + "enabled: yes\n", 2, 10, "BOT025", "true"),
    "unknown choice": (MODEL + "kind: caht\n", 2, 7, "BOT022", "caht"),
    "undefined alias": (MODEL + "labels: *nowhere\n", 2, 9, "BOT005", "nowhere"),
    "tab": (MODEL + "labels:\n\tteam: ours\n", 3, 1, "BOT001", "tab"),
}

HEADLINE = re.compile(r"^(bots\.d/[\w.-]+\.yaml):(\d+):(\d+): error\[(BOT\d{3})\]: (.+)$", re.MULTILINE)


def file_name(breakage):
    return breakage.replace(" ", "-").replace(".", "")


def headlines(text):
    return [(file, int(line), int(column), code) for file, line, column, code, _ in HEADLINE.findall(text)]


def expected(breakage, file):
    _, line, column, code, _ = BREAKAGES[breakage]
    return file, line, column, code


@pytest.fixture
def deployed(project):
    """A project with one bot, deployed; no gateway is running."""
    project.echo_bot()
    project.run("deploy", "--yes").expect(0)
    return project


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_each_breakage_is_found_where_it_is_and_deploys_nothing(deployed, breakage):
    before = deployed.state_files()
    assert "manifest" in before
    deployed.bot("echo", BREAKAGES[breakage][0])

    found = deployed.run("validate").expect(3)
    assert headlines(found.stdout) == [expected(breakage, "bots.d/echo.yaml")]
    assert BREAKAGES[breakage][4] in found.stdout

    refused = deployed.run("deploy", "--yes").expect(3)
    assert headlines(refused.stderr + refused.stdout) == [expected(breakage, "bots.d/echo.yaml")]
    assert deployed.state_files() == before


def test_all_problems_of_all_files_are_found_in_one_run(deployed):
    before = deployed.state_files()
    for breakage, (text, *_) in BREAKAGES.items():
        deployed.bot(file_name(breakage), text)
    found = deployed.run("validate").expect(3)
    every = sorted(expected(breakage, f"bots.d/{file_name(breakage)}.yaml") for breakage in BREAKAGES)
    assert headlines(found.stdout) == every, "all of them, in the order of file and line"
    deployed.run("deploy", "--yes").expect(3)
    assert deployed.state_files() == before


def test_an_excerpt_points_at_the_place(deployed):
    deployed.bot("echo", BREAKAGES["unknown key"][0])
    lines = deployed.run("validate").stdout.splitlines()
    excerpt = next(index for index, line in enumerate(lines) if "  temprature: 0.7" in line)
    caret = lines[excerpt + 1]
    start = lines[excerpt].index("temprature")
    assert caret[start : start + len("temprature")] == "^" * len("temprature")
    assert any("did you mean 'temperature'" in line for line in lines)


def test_a_caret_stands_right_after_wide_and_composed_characters(deployed):
    deployed.bot("echo", MODEL + 'labels: {"größe": "𝔘", b: [1]}\n')
    found = deployed.run("validate").expect(3)
    assert headlines(found.stdout) == [("bots.d/echo.yaml", 2, 27, "BOT020")]


def test_json_holds_the_same_problems(deployed):
    deployed.bot("echo", BREAKAGES["unknown key"][0])
    deployed.bot("other", BREAKAGES["out of range"][0])
    outcome = deployed.run("validate", "--output", "json").expect(3)
    found = outcome.json()["diagnostics"]
    assert [(item["file"], item["line"], item["column"], item["code"]) for item in found] == [
        expected("unknown key", "bots.d/echo.yaml"),
        expected("out of range", "bots.d/other.yaml"),
    ]
    assert {item["severity"] for item in found} == {"error"}


def test_two_bots_of_one_name_name_both_places(deployed):
    deployed.bot("other", MODEL + "name: echo\n")
    found = deployed.run("validate").expect(3)
    assert [code for *_, code in headlines(found.stdout)] == ["BOT050"]
    assert "bots.d/echo.yaml" in found.stdout and "bots.d/other.yaml" in found.stdout


HOSTILE = {
    "nothing": b"",
    "a byte order mark": b"\xef\xbb\xbf" + MODEL.encode(),
    "not UTF-8": b"model: \xff\xfe\n",
    "a NUL": b"model: a\x00b\n",
    "only a list": b"- a\n- b\n",
    "only a text": b"hello",
    "deep nesting": b"labels: " + b"[" * 20_000,
    "many aliases": b"a: &a [x, x, x, x, x, x, x, x, x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 9)) for n in range(9)
    ),
    "an alias of itself": b"labels: &a {b: *a}\n",
    "two documents": MODEL.encode() + b"---\n" + MODEL.encode(),
    "a merge key": MODEL.encode() + b"<<: {enabled: true}\n",
    "a tag": b"model: !!python/object:os.system x\n",
    "a large file": b"description: " + b"x" * 20_000_000 + b"\n",
    "a large number": MODEL.encode() + b"parameters: {max_tokens: 999999999999999999999999}\n",
    "control characters": MODEL.encode() + b'description: "\x1b[31mred"\n',
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_end_in_diagnostics(deployed, kind):
    before = deployed.state_files()
    (deployed.root / "bots.d" / "echo.yaml").write_bytes(HOSTILE[kind])
    found = deployed.run("validate", timeout=20)
    assert found.status == (0 if kind == "a byte order mark" else 3), found
    assert "\x1b" not in found.stdout
    assert len(found.stdout) < 20_000
    assert deployed.run("deploy", "--yes", timeout=20).status in (0, 3)
    if found.status == 3:
        assert deployed.state_files() == before


def test_what_validates_needs_no_secret(project):
    project.echo_bot()
    project.run("validate", POE_ACCESS_KEY=None).expect(0)
    project.run("show", "echo", POE_ACCESS_KEY=None).expect(0)
    project.run("diff", POE_ACCESS_KEY=None).expect(0)


def test_no_bots_at_all_is_an_error(project):
    outcome = project.run("validate")
    assert outcome.status == 3, outcome
    assert "BOT080" in outcome.stdout
