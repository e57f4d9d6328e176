"""Onboarding with a stopwatch: from a model's id to a bot that has answered, in seconds and in one command."""

import json
import re
import shutil
import signal
import subprocess
import time

import pytest

from support import aws, program, upstream
from support.local_server import LocalServer
from support.project import Project
from support.terminal import on_a_terminal

# The last is in no catalog.
MODELS = ["minimax.minimax-m2.1", "writer.palmyra-vision-7b", "acme.rocket-2-v1:0"]
SECONDS = 10


@pytest.fixture
def shipped_copy(tmp_path):
    return Project.of_shipped_bots(tmp_path / "project")


def files(project):
    return {path.relative_to(project.root).as_posix() for path in project.root.rglob("*") if path.is_file()}


@pytest.mark.parametrize("model", MODELS)
def test_a_model_is_onboarded_in_seconds(shipped_copy, model):
    assert not any(model in path.read_text() for path in (shipped_copy.root / "bots.d").glob("*.yaml"))
    before = files(shipped_copy)

    started = time.monotonic()
    report = shipped_copy.run("onboard", model, "-o", "json").expect(0).json()
    seconds = time.monotonic() - started

    assert seconds < SECONDS, report["steps"]
    assert report["smoke"]["result"] == "pass" and report["smoke"]["upstream"] == "simulator"
    assert [step["name"] for step in report["steps"]] == ["facts", "scaffold", "validate", "write", "boot", "smoke"]
    written = {file["path"] for file in report["files"]}
    assert files(shipped_copy) - before - {path for path in files(shipped_copy) if path.startswith("schemas/")} == written
    for file in report["files"]:
        assert (shipped_copy.root / file["path"]).read_text() == file["text"]
        assert file["text"].count("\n") <= 8
    shipped_copy.run("validate").expect(0)


def test_a_model_that_changes_pictures_gets_a_case_with_one(project):
    """In a project of nothing: the picture comes with the first bot, and serves the second, too."""
    for part in project.root.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink()
    project.run("init", "--model", "stability.stable-fast-upscale-v1:0").expect(0)
    picture = project.root / "smoke" / "picture.png"
    first = picture.read_bytes()
    model = "stability.stable-image-remove-background-v1:0"
    report = project.run("onboard", model, "-o", "json").expect(0).json()
    assert report["smoke"]["result"] == "pass" and report["smoke"]["passed"] == 1
    assert [file["path"] for file in report["files"]] == [f"bots.d/{report['bot']}.yaml"]
    assert picture.read_bytes() == first
    project.run("validate", "--strict").expect(0)
    picture.write_bytes(first + b"x")
    project.run("validate").expect(0)
    picture.unlink()
    outcome = project.run("validate").expect(3)
    assert outcome.stdout.count("'smoke/picture.png' cannot be read") == 2, outcome
    assert outcome.stdout.count("error[") == 2, outcome


def test_all_three_are_deployed_in_one_go_after_that(shipped_copy, serve):
    gateway = serve(shipped_copy)
    shipped_copy.run("deploy", "--yes").expect(0)
    names = [shipped_copy.run("onboard", model, "-o", "json").expect(0).json()["bot"] for model in MODELS]
    shipped_copy.run("deploy", "--yes").expect(0)
    shipped_copy.run("smoke", *names).expect(0)
    assert gateway.url


def test_a_terminal_shows_the_steps_as_they_go(shipped_copy):
    status, printed = on_a_terminal(shipped_copy, "onboard", MODELS[0])
    assert status == 0
    steps = re.findall(r"✓\x1b\[0m (\w+)", printed)
    assert steps == ["facts", "scaffold", "validate", "write", "boot", "smoke"]
    assert "⠋" in printed
    plain = re.sub(r"\x1b\[[0-9;]*[mK]", "", printed)
    assert "ready: minimax-m2.1 in" in plain


def test_a_slip_is_asked_about_where_somebody_can_answer(shipped_copy):
    """The terminal's input is at its end, which is no yes."""
    before = files(shipped_copy)
    outcome = subprocess.run(
        ["script", "-qec", f"{program.BOTCTL} onboard amazon.nova-mirco-v1:0", "/dev/null"],
        cwd=shipped_copy.root,
        env=program.clean_environment(shipped_copy.root, TERM="xterm"),
        input="n\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "the nearest is amazon.nova-micro-v1:0" in outcome.stdout
    assert outcome.returncode == 7
    assert files(shipped_copy) == before


def test_two_onboardings_at_once_do_not_overwrite_each_other(shipped_copy):
    processes = [
        subprocess.Popen(
            [program.BOTCTL, "onboard", "minimax.minimax-m2.1"],
            cwd=shipped_copy.root,
            env=program.clean_environment(shipped_copy.root),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(4)
    ]
    printed = [process.communicate(timeout=60)[0] for process in processes]
    # Whoever comes second finds the file, before or while writing it.
    assert 0 in [process.returncode for process in processes], printed
    assert {process.returncode for process in processes} <= {0, 1}, printed
    assert "model: minimax.minimax-m2.1\n" in (shipped_copy.root / "bots.d" / "minimax-m2.1.yaml").read_text()
    shipped_copy.run("validate").expect(0)


# The real upstream, played by servers of our own: nothing here has met Amazon Bedrock.


class ControlPlane(LocalServer):
    """The control plane of Amazon Bedrock, and Service Quotas, as far as onboarding asks them.

    `answers` gives a status and a document by the name of what is asked, `quotas` for Service Quotas.
    """

    def __init__(self, **answers):
        self.targets = []
        self._answers = answers
        super().__init__()

    def answer(self, request, reply):
        if request.method == "POST":
            target, name = request.headers["x-amz-target"], "quotas"
        else:
            target, name = request.target, request.path.split("/")[1].replace("-", "_")
        self.targets.append(target)
        status, document = self._answers.get(name, (403, {"__type": "AccessDeniedException", "message": "no"}))
        reply.whole(status, json.dumps(document).encode())


@pytest.fixture
def control_plane(services):
    def start(**answers):
        plane = ControlPlane(**answers)
        services.callback(plane.stop)
        return plane

    return start


def live(runtime_url, plane):
    return {
        **upstream.simulator_credentials(runtime_url),
        "AWS_ENDPOINT_URL_BEDROCK": plane.url,
        "AWS_ENDPOINT_URL_SERVICE_QUOTAS": plane.url,
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": runtime_url,
    }


def quotas(scope, model_name, requests, tokens):
    names = {"requests": requests, "tokens": tokens}
    return (
        200,
        {
            "Quotas": [
                {
                    "ServiceCode": "bedrock",
                    "QuotaName": f"{scope} model inference {name} per minute for {model_name}",
                    "Value": value,
                }
                for name, value in names.items()
            ]
        },
    )


def listed(model_id, *types, lifecycle="ACTIVE"):
    return (
        200,
        {
            "modelSummaries": [
                {
                    "modelId": model_id,
                    "modelName": "Rocket 2",
                    "providerName": "Acme",
                    "inputModalities": ["TEXT", "IMAGE"],
                    "outputModalities": ["TEXT"],
                    "responseStreamingSupported": True,
                    "inferenceTypesSupported": list(types),
                    "modelLifecycle": {"status": lifecycle},
                }
            ]
        },
    )


def test_live_says_what_the_control_plane_tells_and_asks_the_real_service(shipped_copy, simulate, control_plane):
    model = "minimax.minimax-m2.1"
    plane = control_plane(
        foundation_models=listed(model, "ON_DEMAND"),
        inference_profiles=(200, {"inferenceProfileSummaries": []}),
        foundation_model_availability=(
            200,
            {
                "modelId": model,
                "agreementAvailability": {"status": "AVAILABLE"},
                "authorizationStatus": "AUTHORIZED",
                "entitlementAvailability": "AVAILABLE",
                "regionAvailability": "AVAILABLE",
            },
        ),
        quotas=quotas("On-demand", "Acme Rocket 2", 100.0, 200000.0),
    )
    outcome = shipped_copy.run("onboard", model, "--live", "-o", "json", **live(simulate().url, plane)).expect(0)
    report = outcome.json()
    assert report["steps"][0]["name"] == "access" and report["steps"][0]["result"] == "done"
    assert report["smoke"]["upstream"] == "aws"
    assert "+ the quota allows 100 requests and 200000 tokens a minute, on demand" in report["steps"][0]["notes"]
    assert len(plane.targets) == 4
    assert "ServiceQuotasV20190624.ListServiceQuotas" in plane.targets


def test_live_finds_out_what_a_profile_of_the_account_stands_for(shipped_copy, simulate):
    simulator = simulate()
    made = aws.client("bedrock", simulator).create_inference_profile(
        inferenceProfileName="Team A",
        modelSource={"copyFrom": "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0"},
    )
    arn = made["inferenceProfileArn"]
    variables = {**upstream.simulator_credentials(simulator.url), "AWS_ENDPOINT_URL": simulator.url}
    outcome = shipped_copy.run("onboard", arn, "--live", **variables).expect(0)
    assert "+ the inference profile 'Team A' of the account stands for amazon.nova-lite-v1:0" in outcome.stderr
    text = (shipped_copy.root / "bots.d" / "team-a.yaml").read_text()
    assert "id: amazon.nova-lite-v1:0" in text and arn in text
    shipped_copy.run("validate").expect(0)

    aws.client("bedrock", simulator).delete_inference_profile(inferenceProfileIdentifier=arn)
    (shipped_copy.root / "bots.d" / "team-a.yaml").unlink()
    failed = shipped_copy.run("onboard", arn, "--name", "gone", "--live", **variables).expect(4)
    assert "what it stands for is not known" in failed.stderr


def test_live_tells_what_speaks_against_the_model(shipped_copy, simulate, control_plane):
    model = "minimax.minimax-m2.1"
    plane = control_plane(
        foundation_models=listed(model, "ON_DEMAND", lifecycle="LEGACY"),
        inference_profiles=(200, {"inferenceProfileSummaries": []}),
        quotas=quotas("On-demand", "Acme Rocket 2", 0, 0),
    )
    outcome = shipped_copy.run("onboard", model, "--live", **live(simulate().url, plane)).expect(0)
    assert "? us-east-1 lists Rocket 2, LEGACY" in outcome.stderr
    assert "- the quota allows 0 requests and 0 tokens a minute, on demand" in outcome.stderr
    assert "ask for an increase in the Service Quotas console" in outcome.stderr


def test_live_learns_the_facts_of_a_new_model_from_the_control_plane(shipped_copy, start_upstream, control_plane):
    model = "acme.rocket-2-v1:0"
    plane = control_plane(
        foundation_models=listed(model, "INFERENCE_PROFILE"),
        inference_profiles=(
            200,
            {
                "inferenceProfileSummaries": [
                    {
                        "inferenceProfileId": f"us.{model}",
                        "status": "ACTIVE",
                        "models": [{"modelArn": f"arn:aws:bedrock:us-east-1::foundation-model/{model}"}],
                    }
                ]
            },
        ),
    )
    service = start_upstream(lambda _: upstream.frames("never asked"))
    shipped_copy.run("onboard", model, "--live", **live(service.url, plane)).expect(0)
    facts = (shipped_copy.root / "catalog.d" / "rocket-2.yaml").read_text()
    assert "display_name: Rocket 2" in facts or 'display_name: "Rocket 2"' in facts
    assert "input_modalities: [text, image]" in facts
    assert f"- {{id: us.{model}, source_regions: [us-east-1]}}" in facts
    # The profile is the only way to call it, and it was taken.
    assert service.requests[0][0].startswith("/model/us.acme.rocket-2-v1%3A0/")


def test_live_goes_on_without_the_permissions_to_ask(shipped_copy, simulate, control_plane):
    outcome = shipped_copy.run("onboard", "minimax.minimax-m2.1", "--live", **live(simulate().url, control_plane()))
    outcome.expect(0)
    assert "allow bedrock:ListFoundationModels to have it checked" in outcome.stderr
    assert "allow servicequotas:ListServiceQuotas to have it checked" in outcome.stderr


def test_live_needs_credentials_before_anything_is_written(shipped_copy):
    before = files(shipped_copy)
    nowhere = {"AWS_EC2_METADATA_DISABLED": "true"}
    outcome = shipped_copy.run("onboard", "minimax.minimax-m2.1", "--live", **nowhere).expect(1)
    assert "AWS_ACCESS_KEY_ID" in outcome.stderr
    assert files(shipped_copy) == before


# What comes next


def test_what_is_printed_to_be_run_next_runs_from_anywhere(tmp_path):
    """Directories with spaces and quotes: the printed commands are pasted into a shell as they are."""
    name = "we ird's"
    made = program.run("init", name, directory=tmp_path).expect(0)
    lines = [line.strip() for line in made.stderr.splitlines()]
    assert "cd 'we ird'\\''s'" in lines

    shell = {**program.clean_environment(tmp_path), "PATH": f"{program.BOTCTL.parent}:/usr/bin:/bin"}

    def paste(command):
        return subprocess.run(
            ["bash", "--norc", "-c", command], cwd=tmp_path, env=shell, capture_output=True, text=True, timeout=60
        )

    onboarded = program.run("onboard", "minimax.minimax-m2.1", "-C", name, "-e", "local", directory=tmp_path).expect(0)
    steps = [line.strip().split("    ")[0] for line in onboarded.stderr.split("next:\n")[1].splitlines()]
    commands = [step for step in steps if step.startswith("botctl ")]
    assert [command.split()[1] for command in commands] == ["diff", "deploy"]
    assert all("-e local" in command for command in commands)
    outcome = paste(commands[0])
    assert outcome.returncode == 0, outcome.stderr
    assert "minimax-m2.1" in outcome.stdout


# Completions


def complete(project, line):
    """What bash offers at the end of a line, by the script that botctl generates."""
    script = program.run("--generate-completion-script", "bash", directory=project.root).expect(0).stdout
    (project.root / "completion.bash").write_text(script)
    driver = f"""
        source completion.bash
        COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_TYPE=9
        read -ra COMP_WORDS <<<"$COMP_LINE"
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        _botctl botctl "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}" 2>&1
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    binaries = project.root / "bin"
    binaries.mkdir(exist_ok=True)
    if not (binaries / "botctl").exists():
        (binaries / "botctl").symlink_to(program.BOTCTL)
    environment = program.clean_environment(project.root)
    environment["PATH"] = f"{binaries}:{environment['PATH']}"
    finished = subprocess.run(
        ["bash", "--norc", "-c", driver], cwd=project.root, env=environment, capture_output=True, text=True, timeout=60
    )
    assert finished.stderr == ""
    return finished.stdout.split()


def test_bash_offers_live_names(shipped_copy):
    shipped_copy.bot("zebra-bot", "model: amazon.nova-micro-v1:0\n")
    assert complete(shipped_copy, "botctl show zeb") == ["zebra-bot"]
    assert "nova-micro" in complete(shipped_copy, "botctl smoke ")
    assert "minimax.minimax-m2.1" in complete(shipped_copy, "botctl onboard minimax.")
    assert complete(shipped_copy, "botctl onboa") == ["onboard"]


def test_where_there_is_no_project_bash_says_nothing(tmp_path):
    (tmp_path / "empty").mkdir()

    class Empty:
        root = tmp_path / "empty"

    assert complete(Empty, "botctl show x") == []


def test_a_credential_process_does_not_outlive_botctl(shipped_copy, tmp_path):
    started = tmp_path / "started"
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\necho $$ >{started}.part\nmv {started}.part {started}\nexec sleep 300\n")
    slow.chmod(0o755)
    config = tmp_path / "config"
    config.write_text(f"[default]\ncredential_process = {slow}\n")
    process = subprocess.Popen(
        [program.BOTCTL, "onboard", "minimax.minimax-m2.1", "--live"],
        cwd=shipped_copy.root,
        env=program.clean_environment(shipped_copy.root, AWS_CONFIG_FILE=str(config)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(started.exists)
    child = int(started.read_text())
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    wait_for(lambda: not is_running(child))


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(process_id):
    """Whether the process is there; one that has ended and that nobody waited for is not."""
    try:
        with open(f"/proc/{process_id}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
