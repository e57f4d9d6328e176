"""A project of bots in a folder of its own."""

import hashlib
import json
import shutil
from pathlib import Path
from textwrap import dedent

from . import program


class Project:
    """A folder with bots.d and templates, the environment `local`, and file state."""

    def __init__(self, root):
        self.root = Path(root)
        (self.root / "bots.d").mkdir(parents=True)
        shutil.copytree(program.REPOSITORY / "templates", self.root / "templates")

    @classmethod
    def of_shipped_bots(cls, root):
        project = cls(root)
        for part in ("bots.d", "smoke"):
            shutil.copytree(program.REPOSITORY / part, project.root / part, dirs_exist_ok=True)
        return project

    # Files

    def bot(self, name, text):
        """Writes the file of a bot."""
        (self.root / "bots.d" / f"{name}.yaml").write_text(dedent(text))

    def echo_bot(self, name="echo", *, system_prompt="Answer.", contains="pong", within=None, labels=None):
        """Writes a bot whose smoke case the simulator passes, unless `contains` asks for another answer."""
        expect = {"contains": contains}
        if within:
            expect["first_event_within"] = within
        self.bot(
            name,
            json.dumps(
                {
                    "model": "amazon.nova-micro-v1:0",
                    "system_prompt": system_prompt,
                    "labels": labels or {},
                    "limits": {"max_concurrent": 10_000, "requests_per_minute": 1_000_000},
                    "smoke": [
                        {"name": "pong", "prompt": "Reply with the single word pong", "expect": expect},
                    ],
                }
            ),
        )

    def bot_names(self):
        return sorted(path.stem for path in (self.root / "bots.d").glob("*.yaml"))

    def chat_bot_names(self):
        """The bots that answer with text, by what `list` says of their kind."""
        bots = self.run("list", "-o", "json").expect(0).json()["bots"]
        return sorted(bot["name"] for bot in bots if bot["kind"] == "chat")

    def settings(self, **local):
        """Writes botctl.yaml with these settings of the environment `local`; JSON is YAML too."""
        (self.root / "botctl.yaml").write_text(json.dumps({"environments": {"local": local}}))

    # Commands

    def run(self, *arguments, **options):
        return program.run(*arguments, directory=self.root, **options)

    def start(self, *arguments, **options):
        return program.start(*arguments, directory=self.root, **options)

    # What is deployed

    @property
    def state(self):
        return self.root / ".botctl" / "state" / "local"

    def manifest_bytes(self):
        """The manifest as it lies there, None when there is none."""
        try:
            return (self.state / "manifest").read_bytes()
        except FileNotFoundError:
            return None

    def manifest(self):
        content = self.manifest_bytes()
        return None if content is None else json.loads(content)

    def state_files(self):
        """Every file of the state with its content, but for what gateways say of themselves, and locks."""
        if not self.state.exists():
            return {}
        return {
            path.relative_to(self.state).as_posix(): path.read_bytes()
            for path in sorted(self.state.rglob("*"))
            if path.is_file() and "replicas" not in path.parts and not path.name.endswith("lock")
            and path.name != "lease"
        }

    def assert_whole(self, content):
        """Sees that a manifest parses and that everything it names is there and undamaged."""
        manifest = json.loads(content)
        for name, bot in manifest["bots"].items():
            for digest in filter(None, (bot["digest"], bot.get("smoke"))):
                blob = (self.state / "blobs" / digest).read_bytes()
                assert hashlib.sha256(blob).hexdigest() == digest, f"{name}: blob {digest} is damaged"
        return manifest
