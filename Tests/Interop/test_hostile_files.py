"""Files that mean harm, or went wrong: each ends in an error with a place or a path, in little time and memory."""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import program

MEASURED = Path(program.__file__).with_name("measured.py")

MODEL = b"model: amazon.nova-micro-v1:0\n"

# Of the debug binary on a slow and busy machine; what has no bound of its own goes past them at once.
SECONDS = 30
MEGABYTES = 200
OUTPUT_BYTES = 100_000

HEADLINE = re.compile(r"^(\S.*?)(?::(\d+):(\d+))?: error\[(BOT\d{3})\]: (.*)$", re.MULTILINE)


@dataclass
class Run:
    """One run of botctl and what it took."""

    status: int
    output: str
    seconds: float
    megabytes: float

    @property
    def errors(self):
        """The errors as (file, line or None, code)."""
        return [(file, int(line) if line else None, code) for file, line, _, code, _ in HEADLINE.findall(self.output)]


def run(project, *arguments, output_bytes=OUTPUT_BYTES):
    """Runs botctl and sees that it stays within the bounds, whatever it says."""
    output = project.root / "output"
    result = project.root / "measured"
    with output.open("wb") as stream:
        start = time.monotonic()
        subprocess.run(
            [sys.executable, "-I", "-S", MEASURED, result, program.BOTCTL, *arguments],
            cwd=project.root,
            env=program.clean_environment(project.root),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            check=True,
        )
        seconds = time.monotonic() - start
    status, kibibytes = map(int, result.read_text().split())
    result.unlink()
    took = Run(status, output.read_text(encoding="utf-8"), seconds, kibibytes / 1024)
    output.unlink()
    assert took.seconds < SECONDS, took
    assert took.megabytes < MEGABYTES, (took.megabytes, took.output[:2000])
    assert len(took.output) < output_bytes, (len(took.output), took.output[:2000])
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", took.output), "nothing that a terminal obeys"
    return took


@pytest.fixture
def victim(project):
    """A project with one good bot, and room for `bots.d/x.yaml`."""
    (project.root / "bots.d" / "good.yaml").write_bytes(MODEL)
    return project


def many(count, line):
    return b"".join(line % number for number in range(count))


# What is in the file, made only when it is asked for: (content, line of the error, code).
CONTENTS = {
    "nested brackets": (lambda: b"labels: " + b"[" * 10_000, 1, "BOT008"),
    "nested and closed brackets": (lambda: b"labels: " + b"[" * 10_000 + b"]" * 10_000, 1, "BOT008"),
    "a megabyte of brackets": (lambda: b"labels: " + b"[" * 1_000_000, 1, "BOT008"),
    "nested braces": (lambda: b"labels: " + b"{a: " * 10_000, 1, "BOT008"),
    "nested dashes": (lambda: b"- " * 10_000 + b"x\n", 1, "BOT008"),
    "nested keys": (lambda: b"".join(b" " * depth + b"a:\n" for depth in range(1000)), 65, "BOT008"),
    "an alias bomb": (
        lambda: b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 40)),
        6,
        "BOT010",
    ),
    "an alias bomb of text": (
        lambda: MODEL + b"parameters:\n  additional:\n    a: &a " + b"x" * 500_000 + b"\n    b:\n" + b"    - *a\n" * 50_000,
        13,
        "BOT010",
    ),
    "aliases that nest": (
        lambda: b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [*a%d]\n" % (n, n, n - 1) for n in range(1, 200)),
        64,
        "BOT008",
    ),
    "an alias of itself": (lambda: MODEL + b"labels: &a {b: *a}\n", 2, "BOT005"),
    "bytes that are no UTF-8": (lambda: MODEL + b"description: caf\xe9\n", 2, "BOT002"),
    "UTF-16": (lambda: "model: x\n".encode("utf-16"), 1, "BOT002"),
    "UTF-16 without a mark": (lambda: "model: x\n".encode("utf-16-le"), 1, "BOT003"),
    "UTF-32": (lambda: "model: x\n".encode("utf-32"), 1, "BOT002"),
    "a NUL": (lambda: MODEL + b"description: a\x00b\n", 2, "BOT003"),
    "an escape sequence": (lambda: MODEL + b'description: "\x1b[2J"\n', 2, "BOT003"),
    "a lone carriage return": (lambda: MODEL + b"description: hidden\rmodel: x\n", 2, "BOT003"),
    "a mark and a mistake": (lambda: b"\xef\xbb\xbf" + MODEL + b"descripton: x\n", 2, "BOT012"),
    "a mistake on a line with CRLF": (lambda: MODEL.replace(b"\n", b"\r\n") + b"descripton: x\r\n", 2, "BOT012"),
    "a text without an end": (lambda: MODEL + b'description: "' + b"x\n" * 400_000, 2, "BOT001"),
    "a line of a megabyte": (lambda: MODEL + b"description: " + b"x" * 1_000_000 + b"\n", 2, "BOT021"),
    "a model of a megabyte": (lambda: b"model: " + b"x" * 1_000_000 + b"\n", 1, "BOT026"),
    "a wrong word of a megabyte": (lambda: MODEL + b"kind: " + b"x" * 1_000_000 + b"\n", 2, "BOT022"),
    "a wrong number of a megabyte": (
        lambda: MODEL + b"parameters: {max_tokens: " + b"9" * 1_000_000 + b"}\n", 2, "BOT021"),
    "a wrong list of a megabyte": (lambda: MODEL + b"description: [" + b"x," * 40_000 + b"]\n", 2, "BOT020"),
    "a key of a megabyte": (lambda: MODEL + b"? " + b"k" * 1_000_000 + b"\n: 1\n", 2, "BOT012"),
    "a hundred thousand keys": (lambda: MODEL + many(100_000, b"k%d: 1\n"), 50_000, "BOT009"),
    "many unknown keys": (lambda: MODEL + many(40_000, b"key%d: 1\n"), 2, "BOT012"),
    "many unknown keys on one line": (lambda: b"{" + many(40_000, b"key%d: 1, ") + b"}", 1, "BOT012"),
    "many equal keys": (lambda: MODEL + b"labels:\n" + b"  a: b\n" * 40_000, 4, "BOT004"),
    "many undefined aliases": (lambda: MODEL + b"labels: {" + many(40_000, b"k%d: *a, ") + b"}", 2, "BOT005"),
    "many labels": (lambda: MODEL + b"labels: {" + many(40_000, b"k%d: v, ") + b"}", 2, "BOT021"),
    "many tag directives": (lambda: b"%TAG !a! b\n" * 80_000 + b"---\n" + MODEL, 66, "BOT001"),
    "many plain secrets": (lambda: MODEL + b"poe: {access_key: [" + b"hunter2secret, " * 40_000 + b"]}\n", 2, "BOT020"),
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_hostile_text_is_an_error_in_its_place(victim, kind):
    content, line, code = CONTENTS[kind]
    (victim.root / "bots.d" / "x.yaml").write_bytes(content())
    took = run(victim, "validate")
    assert took.status == 3, took
    assert ("bots.d/x.yaml", line, code) in took.errors, took.output[:4000]
    assert {file for file, *_ in took.errors} == {"bots.d/x.yaml"}
    assert "hunter2" not in took.output


@pytest.mark.parametrize("file", ["templates/DEFAULT_CHAT_CONFIG.yaml", "botctl.yaml"])
@pytest.mark.parametrize("kind", ["nested brackets", "an alias bomb", "a NUL", "many unknown keys on one line"])
def test_other_files_are_read_as_carefully(victim, file, kind):
    content, line, code = CONTENTS[kind]
    (victim.root / file).write_bytes(content())
    took = run(victim, "validate")
    assert took.status == 3, took
    assert (file, line, code) in took.errors, took.output[:4000]


@pytest.mark.parametrize("file", ["bots.d/x.yaml", "templates/DEFAULT_CHAT_CONFIG.yaml", "botctl.yaml"])
def test_a_file_of_a_hundred_megabytes_is_not_read(victim, file):
    (victim.root / file).unlink(missing_ok=True)
    with (victim.root / file).open("wb") as stream:
        stream.write(MODEL)
        stream.truncate(100 << 20)
    took = run(victim, "validate")
    assert took.status == 3, took
    assert took.errors == [(file, None, "BOT011")]
    assert took.megabytes < 80, took


# What stands in the place of a file: how it comes there, and a word of the error.
STRANGERS = {
    "a directory": (lambda path: path.mkdir(), "it is a directory"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "symbolic links"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "no such file"),
    "a FIFO": (lambda path: os.mkfifo(path), "no regular file"),
    "a device without end": (lambda path: path.symlink_to("/dev/zero"), "a link out of the project"),
    "an empty device": (lambda path: path.symlink_to("/dev/null"), "a link out of the project"),
    "memory": (lambda path: path.symlink_to("/proc/self/mem"), "a link out of the project"),
}


@pytest.mark.parametrize("file", ["bots.d/x.yaml", "templates/DEFAULT_CHAT_CONFIG.yaml", "botctl.yaml"])
@pytest.mark.parametrize("kind", STRANGERS)
def test_what_is_no_file_is_an_error_with_its_path(victim, file, kind):
    make, words = STRANGERS[kind]
    (victim.root / file).unlink(missing_ok=True)
    make(victim.root / file)
    took = run(victim, "validate")
    assert took.status == 3, took
    code = "BOT032" if words == "a link out of the project" else "BOT015"
    assert took.errors == [(file, None, code)], took.output
    assert words in took.output


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything; a unit test stands in")
def test_a_file_that_may_not_be_read_is_an_error_with_its_path(victim):
    path = victim.root / "bots.d" / "x.yaml"
    path.write_bytes(MODEL)
    path.chmod(0)
    took = run(victim, "validate")
    assert (took.status, took.errors) == (3, [("bots.d/x.yaml", None, "BOT015")])


@pytest.mark.parametrize("folder", ["bots.d", "templates"])
@pytest.mark.parametrize("kind", ["a file", "a link to itself", "a link to nothing", "a FIFO"])
def test_what_stands_in_the_place_of_a_folder_is_an_error_with_its_path(victim, folder, kind):
    path = victim.root / folder
    path.rename(victim.root / "elsewhere")
    {"a file": lambda path: path.write_bytes(MODEL), **{key: make for key, (make, _) in STRANGERS.items()}}[kind](path)
    took = run(victim, "validate")
    assert took.status == 3, took
    assert [file for file, *_ in took.errors] == [folder], took.output


def test_a_folder_may_be_a_link(victim):
    (victim.root / "bots.d").rename(victim.root / "elsewhere")
    (victim.root / "bots.d").symlink_to("elsewhere")
    assert run(victim, "validate").status == 0


@pytest.mark.parametrize("name", ["x\n\x1b[31m", "x\x7f", "x‮", "x:1:1: error[BOT001]: y", "-rf", "ü"])
def test_a_strange_file_name_is_an_error_that_harms_no_terminal(victim, name):
    (victim.root / "bots.d" / f"{name}.yaml").write_bytes(MODEL)
    took = run(victim, "validate")
    assert took.status == 3, took
    assert "BOT051" in took.output
    assert "‮" not in took.output
    assert len([line for line in took.output.splitlines() if line.startswith("bots.d/")]) == 1


def test_a_file_name_that_is_no_text_is_an_error_that_says_so(victim):
    with open(os.fsencode(victim.root / "bots.d") + b"/x\xff.yaml", "wb") as stream:
        stream.write(MODEL)
    took = run(victim, "validate")
    assert (took.status, [code for *_, code in took.errors]) == (3, ["BOT015"]), took
    assert "name" in took.errors[0][0] + took.output and "UTF-8" in took.output


def test_thousands_of_broken_files_are_all_told(victim):
    for number in range(3000):
        (victim.root / "bots.d" / f"broken-{number:04}.yaml").write_bytes(MODEL + b"descripton: x\n")
    took = run(victim, "validate", "-o", "json", output_bytes=3_000_000)
    assert took.status == 3
    assert took.output.count('"BOT012"') == 3000


def test_broken_files_of_long_lines_do_not_add_up(victim):
    content = b"{" + many(5000, b"key%d: 1, ") + b"}"
    for number in range(20):
        (victim.root / "bots.d" / f"broken-{number:02}.yaml").write_bytes(content)
    took = run(victim, "validate", "-o", "github")
    assert took.status == 3


@pytest.mark.parametrize("command", [["list"], ["diff"], ["show", "good"], ["explain", "good.model.id"], ["deploy", "--yes"]])
@pytest.mark.parametrize("kind", ["an alias bomb of text", "nested brackets", "many unknown keys on one line"])
def test_every_command_that_reads_the_project_is_as_careful(victim, command, kind):
    (victim.root / "bots.d" / "x.yaml").write_bytes(CONTENTS[kind][0]())
    took = run(victim, *command)
    assert took.status in (0, 1, 3), took
