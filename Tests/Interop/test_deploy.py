"""What a deploy writes, refuses and takes back."""

import json
import signal
import time

import pytest

from support import poe
from support.program import wait_until
from support.upstream import saying, simulator_credentials


def test_a_deploy_reaches_the_running_gateway(project, serve):
    project.echo_bot()
    gateway = serve(project)
    outcome = project.run("deploy", "--yes").expect(0)
    poe.ask(gateway.url, "echo").assert_complete()
    manifest = project.assert_whole(project.manifest_bytes())
    assert manifest["serial"] == 1
    assert "echo" in outcome.stdout


def test_nothing_to_do_is_said_and_writes_nothing(project, serve):
    project.echo_bot()
    serve(project)
    project.run("deploy", "--yes").expect(0)
    before = project.manifest_bytes()
    outcome = project.run("deploy", "--yes").expect(0)
    assert project.manifest_bytes() == before
    assert outcome.stdout.strip() or outcome.stderr.strip()


def test_a_candidate_that_fails_is_refused_and_nothing_is_written(project, serve):
    project.echo_bot()
    gateway = serve(project)
    project.run("deploy", "--yes").expect(0)
    before = project.state_files()
    project.echo_bot(contains="unicorn", system_prompt="Changed.")
    outcome = project.run("deploy", "--yes").expect(4)
    assert "unicorn" in outcome.stdout + outcome.stderr
    assert project.state_files() == before
    poe.ask(gateway.url, "echo").assert_complete()


def test_a_first_deploy_that_fails_leaves_no_manifest(project):
    project.echo_bot(contains="unicorn")
    project.run("deploy", "--yes").expect(4)
    assert project.manifest() is None


def test_no_gateway_is_said_and_waiting_for_one_is_5(project):
    project.echo_bot()
    outcome = project.run("deploy", "--yes").expect(0)
    assert "gateway" in (outcome.stdout + outcome.stderr).lower()
    project.echo_bot(system_prompt="Changed.")
    project.run("deploy", "--yes", "--wait", "--converge-timeout", "1s").expect(5)


@pytest.fixture
def two_upstreams(project, serve, simulate, start_upstream):
    """A project whose live gateway calls another model service than a candidate does."""
    project.echo_bot(contains="pong")
    good = simulator_credentials(simulate().url)
    bad = simulator_credentials(start_upstream(saying("Something else."), answers_pong=False).url)
    return good, bad, lambda variables: serve(project, settings={"upstream": "aws"}, **variables)


def test_what_only_fails_live_is_rolled_back(project, two_upstreams):
    good, bad, serve_with = two_upstreams
    first = serve_with(good)
    project.run("deploy", "--yes", **good).expect(0)
    first.stop()
    deployed = project.manifest()

    second = serve_with(bad)
    project.echo_bot(contains="pong", system_prompt="Changed.")
    outcome = project.run("deploy", "--yes", "--output", "json", **good).expect(5)
    outcome.json()
    after = project.assert_whole(project.manifest_bytes())
    assert after["bots"] == deployed["bots"], "the old digests are back"
    assert after["serial"] == deployed["serial"] + 2, "as a new serial"
    assert after["lineage"] == deployed["lineage"]
    assert {path.name for path in (project.state / "history").iterdir()} >= {"1", "2"}

    # The person is told, and the history says so for good.
    assert "roll" in (outcome.stdout + outcome.stderr).lower()
    assert "roll" in project.run("history").expect(0).stdout.lower()
    assert second.is_running


def test_a_first_deploy_that_fails_live_leaves_a_manifest_without_bots(project, two_upstreams):
    good, bad, serve_with = two_upstreams
    gateway = serve_with(bad)
    project.run("deploy", "--yes", **good).expect(5)
    assert project.manifest()["bots"] == {}
    wait_until(lambda: poe.post(gateway.url, "echo", poe.query("hi")).status_code == 404, "the bot to be gone", 10)


def test_an_upstream_that_is_down_is_inconclusive(project):
    project.echo_bot()
    project.settings(upstream="aws")
    nowhere = simulator_credentials("http://127.0.0.1:9")
    outcome = project.run("deploy", "--yes", **nowhere).expect(4)
    assert "inconclusive" in (outcome.stdout + outcome.stderr).lower()
    assert project.manifest() is None
    project.run("deploy", "--yes", "--accept-inconclusive", "the service is down", **nowhere).expect(0)
    assert project.manifest()["serial"] == 1


def test_removing_a_bot_needs_prune(project, serve):
    project.echo_bot("stays")
    project.echo_bot("goes")
    goes = project.root / "bots.d" / "goes.yaml"
    goes.write_text(json.dumps(json.loads(goes.read_text()) | {"aliases": ["went"]}))
    serve(project)
    project.run("deploy", "--yes").expect(0)
    goes.unlink()
    assert project.run("diff", "went").expect(0).stdout.startswith("- goes")
    project.echo_bot("stays", system_prompt="Changed.")
    project.run("deploy", "--yes")
    assert sorted(project.manifest()["bots"]) == ["goes", "stays"]
    project.run("deploy", "--yes", "--prune").expect(0)
    assert sorted(project.manifest()["bots"]) == ["stays"]


def test_two_deploys_at_once_give_two_whole_generations(project):
    project.echo_bot("one")
    project.run("deploy", "--yes").expect(0)
    project.echo_bot("two")
    first = project.start("deploy", "--yes")
    second = project.start("deploy", "--yes")
    statuses = {first.wait(60), second.wait(60)}
    assert statuses <= {0, 6} and 0 in statuses
    manifest = project.assert_whole(project.manifest_bytes())
    assert sorted(manifest["bots"]) == ["one", "two"]
    assert manifest["serial"] == 2


def test_a_missing_manifest_beside_history_is_an_error(project):
    for number in (1, 2):
        project.echo_bot(system_prompt=f"Version {number}.")
        project.run("deploy", "--yes").expect(0)
    (project.state / "manifest").unlink()
    project.echo_bot(system_prompt="Version 3.")
    outcome = project.run("deploy", "--yes").expect(1)
    assert "history" in outcome.stderr
    assert project.manifest() is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": 99, "serial": 7, "bots": {}}', b"\xff\xfe"])
def test_a_damaged_manifest_is_an_error_and_stays(project, damage):
    project.echo_bot()
    project.run("deploy", "--yes").expect(0)
    (project.state / "manifest").write_bytes(damage)
    project.echo_bot(system_prompt="Changed.")
    outcome = project.run("deploy", "--yes").expect(1)
    assert "manifest" in outcome.stderr
    assert project.manifest_bytes() == damage


def test_ctrl_c_ends_a_deploy_with_130_and_writes_nothing(project, start_upstream):
    def slow(upstream):
        upstream.closing.wait(30)
        return []

    project.echo_bot()
    project.settings(upstream="aws")
    service = start_upstream(slow, answers_pong=False)
    deploy = project.start("deploy", "--yes", **simulator_credentials(service.url))
    wait_until(lambda: service.requests, "the candidate's smoke case", 20)
    deploy.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert deploy.wait(20) in (130, -signal.SIGINT)
    assert time.monotonic() - began < 10
    assert project.manifest() is None


def test_the_manifest_has_its_fixed_shape(project):
    project.echo_bot()
    project.run("deploy", "--yes", "--message", "why").expect(0)
    manifest = project.manifest()
    assert manifest.keys() >= {"format", "lineage", "serial", "parent", "created", "by", "tool", "message", "bots"}
    assert manifest["bots"]["echo"].keys() >= {"digest", "smoke", "kind", "enabled"}
    blob = (project.state / "blobs" / manifest["bots"]["echo"]["digest"]).read_text()
    stored = json.loads(blob)
    assert blob == json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert "amazon.nova-micro-v1:0" in blob and "pong" not in blob, "smoke cases have a digest of their own"
