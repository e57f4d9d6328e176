"""The tour in README.md: every command is run, and prints what stands there."""

import re
import shlex
import shutil
import socket
import subprocess

import pytest

from support import program
from support.project import Project

BOT = re.compile(r"^```yaml\n# (bots\.d/\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TOUR = re.compile(r"<!-- tour -->\n```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ELISION = "…"


def steps():
    """Every command of the tour with the lines that it prints."""
    found = []
    for block in TOUR.findall((program.REPOSITORY / "README.md").read_text()):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(([line[2:]], []))
            elif found[-1][0][-1].endswith("\\"):
                found[-1][0].append(line)
            else:
                found[-1][1].append(line)
    return [("\n".join(command), printed) for command, printed in found]


def normalized(lines):
    """What does not differ from run to run; blank lines aside."""
    text = re.sub(r"\d+(\.\d)? m?s\b", "TIME", "\n".join(lines))
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def matches(expected, actual):
    """Whether the lines are the same, with any number of lines for an elision."""
    if not expected:
        return not actual
    if expected[0] == ELISION:
        return any(matches(expected[1:], actual[skipped:]) for skipped in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and matches(expected[1:], actual[1:])


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_tour_shows_what_really_happens(tmp_path, port):
    project = Project.of_shipped_bots(tmp_path / "project")
    # As in a clone, where 'onboard' finds them written already.
    shutil.copytree(program.REPOSITORY / "schemas", project.root / "schemas")
    project.settings(gateway={"url": f"http://127.0.0.1:{port}"})
    binaries = project.root / ".build" / "debug"
    binaries.mkdir(parents=True)
    (binaries / "botctl").symlink_to(program.BOTCTL)
    assert shutil.which("curl"), "curl is missing; scripts/install-dependencies installs it"

    mark = "\x1e"
    script = ["exec 2>&1", "trap 'kill $(jobs -p) 2>/dev/null; wait' EXIT"]
    tour = steps()
    for command, _ in tour:
        script.append(f"printf '%s\\n' {shlex.quote(mark)}")
        script.append(command.replace("127.0.0.1:8080", f"127.0.0.1:{port}"))
        if command.endswith("&"):
            script.append(
                f"for try in $(seq 300); do curl -s -o /dev/null http://127.0.0.1:{port}/healthz && break; sleep 0.1; done"
            )
    finished = subprocess.run(
        ["bash", "-c", "\n".join(script)],
        cwd=project.root,
        env=program.clean_environment(project.root, BOTCTL_LISTEN=f"127.0.0.1:{port}", POE_ACCESS_KEY=None),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )
    printed = finished.stdout.split(f"{mark}\n")[1:]
    assert len(printed) == len(tour), finished.stdout
    for (command, expected), actual in zip(tour, printed):
        assert matches(normalized(expected), normalized(actual.splitlines())), f"$ {command}\n{actual}"


def test_the_bot_that_is_shown_is_valid(project):
    blocks = BOT.findall((program.REPOSITORY / "README.md").read_text())
    assert blocks
    for file, text in blocks:
        (project.root / file).write_text(text)
    project.run("validate").expect(0)
    project.run("deploy", "--yes").expect(0)
