"""kill -9 at random moments of a deploy: what is deployed is the old generation or the new one, whole."""

import json
import signal
import subprocess
import time

from support import poe

BOTS = 6


def write_version(project, version):
    for number in range(BOTS):
        project.echo_bot(f"bot-{number}", system_prompt=f"Version {version}.")


def version_of(project, content):
    """The one version that all bots of a manifest have; None of a manifest that is not there."""
    if content is None:
        return None
    manifest = project.assert_whole(content)
    assert len(manifest["bots"]) == BOTS
    versions = set()
    for bot in manifest["bots"].values():
        stored = json.loads((project.state / "blobs" / bot["digest"]).read_text())
        versions.add(stored["system_prompt"])
    assert len(versions) == 1, f"a manifest of several versions: {versions}"
    return versions.pop()


def deploy_time(project, version):
    write_version(project, version)
    began = time.monotonic()
    project.run("deploy", "--yes").expect(0)
    return time.monotonic() - began


def kill_a_deploy(project, random_source, duration):
    """Starts a deploy and kills it at a random moment; True when it had ended before that.

    Half of the moments are anywhere in a deploy, the other half in the few milliseconds in which it writes: they count
    from the first file that appears.
    """
    blobs = project.state / "blobs"
    before = set(blobs.iterdir())
    process = project.start("deploy", "--yes")
    if random_source.random() < 0.5:
        moment = random_source.uniform(0, 1.3) * duration
    else:
        while process.poll() is None and set(blobs.iterdir()) == before:
            pass
        moment = random_source.uniform(0, 0.05) * duration
    try:
        process.wait(moment)
        return True
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return False


def test_killed_deploys_leave_a_whole_generation(project, random_source, request):
    version = 1
    duration = deploy_time(project, version)
    outcomes = {"old": 0, "new": 0, "ended": 0}
    for _ in range(request.config.option.kills):
        before = project.manifest_bytes()
        version += 1
        write_version(project, version)
        outcomes["ended"] += kill_a_deploy(project, random_source, duration)
        after = project.manifest_bytes()
        if after == before:
            outcomes["old"] += 1
        else:
            outcomes["new"] += 1
            assert json.loads(after)["serial"] == json.loads(before)["serial"] + 1
            assert version_of(project, after) == f"Version {version}."
            assert (project.state / "history" / str(json.loads(before)["serial"])).read_bytes() == before
        version_of(project, after)

        # The next deploy works, whatever the killed one left.
        version += 1
        write_version(project, version)
        project.run("deploy", "--yes").expect(0)
        assert version_of(project, project.manifest_bytes()) == f"Version {version}."
        assert json.loads(project.manifest_bytes())["serial"] == json.loads(after)["serial"] + 1
    print(f"{request.config.option.kills} kills: {outcomes}")


def test_a_gateway_serves_through_killed_deploys(project, serve, random_source, request):
    gateway = serve(project)
    version = 1
    duration = deploy_time(project, version)
    for _ in range(max(2, request.config.option.kills // 5)):
        version += 1
        write_version(project, version)
        kill_a_deploy(project, random_source, duration)
        for number in range(BOTS):
            poe.ask(gateway.url, f"bot-{number}").assert_complete()
    version += 1
    write_version(project, version)
    project.run("deploy", "--yes").expect(0)
