"""scripts/quickstart, as a newcomer runs it; it builds and shows the debug build, which is there already."""

import os
import subprocess

from support import program


def test_the_quickstart_shows_every_bot(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "POE_"))}
    environment["TMPDIR"] = str(tmp_path)
    state = program.REPOSITORY / ".botctl"
    existed = state.exists()
    finished = subprocess.run(
        [program.REPOSITORY / "scripts" / "quickstart"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
    )
    print(finished.stdout)
    assert finished.returncode == 0, finished.stdout
    smoke = finished.stdout.split("$ botctl smoke")[1].split("== ")[0]
    for bot in (program.REPOSITORY / "bots.d").glob("*.yaml"):
        assert any(bot.stem in line and "pass" in line for line in smoke.splitlines()), smoke
    assert "deltas)" in finished.stdout
    assert list(tmp_path.glob("botctl-quickstart.*")) == [], "it left something behind"
    assert state.exists() == existed
