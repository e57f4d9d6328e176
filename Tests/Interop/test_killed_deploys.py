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


class Killer:
    """Kills deploys at random moments; a deploy that had ended before its kill does not count.

    Half of the moments are anywhere in a deploy, the other half in the few milliseconds in which it writes: those
    count from the first file that appears. The latest moment of each kind is measured: it starts generously, and
    shrinks whenever it came too late.
    """

    def __init__(self, project, random_source, duration):
        self.project = project
        self.random = random_source
        self.latest = {"anywhere": duration, "writing": 0.1 * duration}

    def try_once(self):
        """Starts a deploy and kills it; False when it had ended before."""
        phase = self.random.choice(sorted(self.latest))
        blobs = self.project.state / "blobs"
        before = set(blobs.iterdir())
        process = self.project.start("deploy", "--yes")
        if phase == "writing":
            while process.poll() is None and set(blobs.iterdir()) == before:
                pass
        moment = self.random.uniform(0, self.latest[phase])
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            return True
        self.latest[phase] = max(0.8 * self.latest[phase], 0.001)
        return False


def test_killed_deploys_leave_a_whole_generation(project, random_source, request):
    wanted = request.config.option.kills
    version = 1
    killer = Killer(project, random_source, deploy_time(project, version))
    outcomes = {"old": 0, "new": 0}
    ended = 0
    while sum(outcomes.values()) < wanted:
        before = project.manifest_bytes()
        version += 1
        write_version(project, version)
        if not killer.try_once():
            ended += 1
            assert ended <= 2 * wanted + 20, f"of {ended} deploys all had ended before their kill: {outcomes}"
            continue
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
    print(f"{wanted} kills: {outcomes}; {ended} deploys that had ended before theirs do not count")


def test_a_gateway_serves_through_killed_deploys(project, serve, random_source, request):
    gateway = serve(project)
    version = 1
    killer = Killer(project, random_source, deploy_time(project, version))
    for _ in range(max(2, request.config.option.kills // 5)):
        version += 1
        write_version(project, version)
        killer.try_once()
        for number in range(BOTS):
            poe.ask(gateway.url, f"bot-{number}").assert_complete()
    version += 1
    write_version(project, version)
    project.run("deploy", "--yes").expect(0)
