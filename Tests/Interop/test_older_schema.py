"""What an older botctl deployed: read as it was then, shown, and written anew by the next deploy."""

import hashlib
import json

from support import poe


def _put(project, form):
    """Puts a stored form into the state as a blob, and gives its digest."""
    text = json.dumps(form, separators=(",", ":"), sort_keys=True).encode()
    digest = hashlib.sha256(text).hexdigest()
    blobs = project.state / "blobs"
    blobs.mkdir(parents=True, exist_ok=True)
    (blobs / digest).write_bytes(text)
    return digest


def _as_schema_1(project):
    """Makes what is deployed what a botctl of schema 1 would have left."""
    manifest = project.manifest()
    for bot in manifest["bots"].values():
        for part in filter(bot.get, ("digest", "smoke")):
            form = json.loads((project.state / "blobs" / bot[part]).read_bytes())
            bot[part] = _put(project, form | {"schema": 1})
    (project.state / "manifest").write_text(json.dumps(manifest, separators=(",", ":"), sort_keys=True))


def _deployed(project):
    manifest = project.manifest()
    return {
        name: json.loads((project.state / "blobs" / bot["digest"]).read_bytes())
        for name, bot in manifest["bots"].items()
    }


def test_a_manifest_of_schema_1_is_served_shown_and_written_anew(project, serve):
    project.echo_bot()
    project.run("deploy", "--yes").expect(0)
    _as_schema_1(project)
    first = project.assert_whole(project.manifest_bytes())
    gateway = serve(project)
    poe.ask(gateway.url, "echo").assert_complete()

    shown = project.run("diff").expect(0)
    assert shown.stdout.splitlines()[0].startswith("~ echo  deployed with schema 1, now 2, all else the same")
    assert len(shown.stdout.splitlines()) == 1
    fields = project.run("diff", "-o", "json").expect(0).json()["bots"][0]["fields"]
    assert [(field["path"], field["old"], field["new"]) for field in fields] == [("schema", 1, 2)]
    project.run("diff", "--detailed-exitcode").expect(2)

    project.run("deploy", "--yes").expect(0)
    poe.ask(gateway.url, "echo").assert_complete()
    second = project.assert_whole(project.manifest_bytes())
    assert second["serial"] == first["serial"] + 1
    assert second["lineage"] == first["lineage"]
    assert _deployed(project)["echo"]["schema"] == 2
    assert "no changes" in project.run("diff").expect(0).stderr
    history = project.run("history", "-o", "json").expect(0).json()["deploys"]
    serials = [entry["serial"] for entry in history]
    assert sorted(serials)[-2:] == [first["serial"], second["serial"]]


def test_a_key_that_comes_to_life_is_shown(project):
    project.bot(
        "echo",
        """
        model: amazon.nova-micro-v1:0
        retry: {max_attempts: 5}
        limits: {idle_timeout: 45s}
        """,
    )
    project.run("deploy", "--yes").expect(0)
    _as_schema_1(project)
    project.bot("echo", "model: amazon.nova-micro-v1:0\nretry: {max_attempts: 5}\nlimits: {idle_timeout: 30s}\n")
    lines = [line.strip() for line in project.run("diff").expect(0).stdout.splitlines()]
    assert any(line.startswith("retry.max_attempts   (without effect) -> 5") for line in lines), lines
    assert any(line.startswith("limits.idle_timeout  45s -> 30s") for line in lines), lines
    assert "deployed with schema 1, now 2" in lines
