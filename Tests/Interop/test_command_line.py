"""The conventions that every command keeps: exit statuses, streams, JSON, help."""

import json
import subprocess

import pytest

from support import poe, program
from support.terminal import on_a_terminal

COMMANDS = [
    *("init", "new", "onboard", "validate", "list", "show", "diff", "deploy", "history", "serve", "simulate", "smoke"),
    "up",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples_and_is_a_result(project, command):
    outcome = project.run(command, "--help").expect(0)
    assert outcome.stderr == ""
    assert "example" in outcome.stdout.lower()
    assert f"botctl {command}" in outcome.stdout
    assert max(len(line) for line in outcome.stdout.splitlines()) <= 120


def test_the_commands_are_listed(project):
    outcome = project.run("--help").expect(0)
    for command in COMMANDS:
        assert command in outcome.stdout


def test_version(project):
    outcome = project.run("--version").expect(0)
    assert outcome.stdout.strip() and outcome.stderr == ""


@pytest.mark.parametrize(
    "arguments",
    [["--no-such-option"], ["no-such-command"], ["validate", "--no-such-option"], ["show"], ["list", "--output", "xml"]],
)
def test_wrong_usage_is_64_and_on_stderr(project, arguments):
    project.echo_bot()
    outcome = project.run(*arguments).expect(64)
    assert outcome.stdout == ""
    assert outcome.stderr.strip()


@pytest.mark.parametrize(
    "arguments, status",
    [
        (["validate"], 0),
        (["list"], 0),
        (["show", "echo"], 0),
        (["show", "echo", "--origin"], 0),
        (["show", "echo", "--handler"], 0),
        (["diff"], 0),
        (["diff", "--detailed-exitcode"], 2),
        (["deploy", "--yes"], 0),
        (["history"], 0),
    ],
)
def test_json_is_one_document_and_human_says_as_much(project, arguments, status):
    project.echo_bot()
    project.run(*arguments, "--output", "json").expect(status).json()
    human = project.run(*arguments)
    assert human.status in (status, 0), human
    assert (human.stdout + human.stderr).strip()


def test_json_is_one_document_on_failure_too(project):
    project.echo_bot(contains="unicorn")
    project.run("deploy", "--yes", "--output", "json").expect(4).json()
    project.bot("broken", "model: 7: 8")
    for command in (["validate"], ["diff"], ["deploy", "--yes"], ["list"]):
        outcome = project.run(*command, "--output", "json")
        assert outcome.status in (0, 3), outcome
        outcome.json()


def test_an_unknown_bot_is_an_error_with_a_suggestion(project):
    project.echo_bot("nova-micro")
    project.run("deploy", "--yes").expect(0)
    for command in ("show", "smoke"):
        outcome = project.run(command, "nova-mirco")
        assert outcome.status not in (0, 4), outcome
        assert outcome.stdout == ""
        assert "nova-mirco" in outcome.stderr and "did you mean 'nova-micro'" in outcome.stderr


def test_a_missing_project_is_an_error(tmp_path):
    outcome = program.run("validate", directory=tmp_path)
    assert outcome.status in (1, 3), outcome


def test_the_project_can_be_named(project, tmp_path):
    project.echo_bot()
    program.run("validate", "-C", str(project.root), directory=tmp_path).expect(0)
    program.run("validate", "--directory", str(project.root), directory=tmp_path).expect(0)


def test_diff_tells_changes_by_exit_status_when_asked(project):
    project.echo_bot()
    project.run("diff").expect(0)
    project.run("diff", "--detailed-exitcode").expect(2)
    project.run("deploy", "--yes").expect(0)
    project.run("diff", "--detailed-exitcode").expect(0)


def test_diff_names_old_new_and_where_the_new_comes_from(project):
    project.bot("echo", "model: amazon.nova-micro-v1:0\nsystem_prompt: Before.\n")
    project.run("deploy", "--yes").expect(0)
    project.bot("echo", "model: amazon.nova-micro-v1:0\n\nsystem_prompt: After.\n")
    project.bot("other", "model: amazon.nova-lite-v1:0\n")
    changes = project.run("diff").expect(0).stdout
    assert "system_prompt" in changes and "Before." in changes and "After." in changes
    assert "bots.d/echo.yaml:3" in changes
    assert "other" in changes


def test_reformatting_changes_nothing(project):
    project.bot("echo", "model: amazon.nova-micro-v1:0\nsystem_prompt: Same.\nlabels: {a: b}\n")
    project.run("deploy", "--yes").expect(0)
    project.bot("echo", "# A comment\nlabels:\n  a: 'b'\n\nsystem_prompt: \"Same.\"\nmodel: {id: amazon.nova-micro-v1:0}\n")
    project.run("diff", "--detailed-exitcode").expect(0)


def test_a_deploy_without_a_terminal_needs_yes(project):
    project.echo_bot()
    outcome = project.run("deploy").expect(7)
    assert "--yes" in outcome.stderr
    assert project.manifest() is None


def test_no_color_takes_colour_away_and_nothing_else(project):
    project.bot("echo", "model: amazon.nova-micro-v1:0\nparameters: {temprature: 1}\n")
    plain_status, plain = on_a_terminal(project, "validate", NO_COLOR="1")
    dumb_status, dumb = on_a_terminal(project, "validate", NO_COLOR="1")
    assert plain_status == dumb_status == 3
    assert "\x1b" not in plain
    assert "BOT012" in plain
    assert dumb == plain


def test_without_a_terminal_there_is_no_colour(project):
    project.bot("echo", "model: amazon.nova-micro-v1:0\nparameters: {temprature: 1}\n")
    outcome = project.run("validate", TERM="xterm-256color")
    assert "\x1b" not in outcome.stdout + outcome.stderr


def test_stdout_that_is_closed_early_is_no_crash(project):
    for number in range(200):
        project.bot(f"bot-{number}", "model: amazon.nova-micro-v1:0\nparameters: {temprature: 1}\n")
    process = subprocess.Popen(
        [program.BOTCTL, "validate"],
        cwd=project.root,
        env=program.clean_environment(project.root),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    complaint = process.stderr.read().decode()
    assert process.wait(30) in (1, 3, 141, -13)
    assert "Fatal error" not in complaint and "Crash" not in complaint


def test_set_changes_what_is_shown_and_no_file(project):
    project.echo_bot()
    before = (project.root / "bots.d" / "echo.yaml").read_bytes()
    outcome = project.run("show", "echo", "--set", "system_prompt=Otherwise.").expect(0)
    assert "Otherwise." in outcome.stdout
    assert (project.root / "bots.d" / "echo.yaml").read_bytes() == before


def test_no_secret_is_ever_printed(project, serve):
    project.echo_bot()
    gateway = serve(project)
    printed = []
    for arguments in (
        ["validate"],
        ["show", "echo", "--origin"],
        ["show", "echo", "--handler"],
        ["diff"],
        ["deploy", "--yes", "--log-level", "trace"],
        ["smoke"],
        ["history"],
        ["list"],
    ):
        outcome = project.run(*arguments).expect(0)
        printed += [outcome.stdout, outcome.stderr]
    printed.append(gateway.log)
    printed += [content.decode(errors="replace") for content in project.state_files().values()]
    assert [text for text in printed if program.ACCESS_KEY in text] == []


def test_up_serves_deploys_smokes_and_leaves_nothing(project):
    project.echo_bot()
    up = program.Service("up", directory=project.root)
    try:
        assert "echo" in up.log
        outcome = project.run("smoke", "--output", "json")
    finally:
        status = up.stop()
    assert status in (0, 143), up.log
    assert outcome.status in (0, 1, 4)
    assert not project.state.exists(), "up works in a temporary state"


def test_up_makes_a_key_and_prints_it(project):
    project.echo_bot()
    up = program.Service("up", directory=project.root, POE_ACCESS_KEY=None)
    try:
        words = up.log.replace("'", " ").replace('"', " ").replace("=", " ").split()
        keys = {word for word in words if len(word) == 32 and word.isascii() and word.isalnum()}
        assert len(keys) == 1, up.log
        poe.ask(up.url, "echo", key=keys.pop()).assert_complete()
    finally:
        assert up.stop() in (0, 143), up.log


def test_history_names_every_deploy(project):
    for number in (1, 2):
        project.echo_bot(system_prompt=f"Version {number}.")
        project.run("deploy", "--yes", "--message", f"the {number}. one").expect(0)
    human = project.run("history").expect(0).stdout
    assert "the 1. one" in human and "the 2. one" in human
    assert json.dumps(project.run("history", "--output", "json").expect(0).json())
