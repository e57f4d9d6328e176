"""The built binary: runs of it that end, and services that run until they are stopped."""

import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
BOTCTL = Path(os.environ.get("BOTCTL", REPOSITORY / ".build" / "debug" / "botctl")).resolve()

# Poe's access keys are 32 ASCII characters.
ACCESS_KEY = "0123456789abcdefghijklmnopqrstuv"

# Generous: they only end what hangs.
SECONDS_TO_RUN = 120
SECONDS_TO_BE_READY = 30
SECONDS_TO_STOP = 30


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    arguments: tuple
    status: int
    stdout: str
    stderr: str

    def json(self):
        """Standard output as the one JSON document that it has to be."""
        document = json.loads(self.stdout)
        assert document["format_version"] == 1, document
        return document

    def expect(self, status):
        """Itself, after seeing that it ended as it had to."""
        assert self.status == status, f"expected exit status {status}, got {self}"
        return self

    def __str__(self):
        return (
            f"{self.status} from botctl {' '.join(map(str, self.arguments))}\n"
            f"--- stdout\n{self.stdout}\n--- stderr\n{self.stderr}"
        )


def clean_environment(home, **variables):
    """An environment in which nothing of the caller's reaches the binary; None takes a variable away."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    kept.update(HOME=str(home), LANG="C.UTF-8", POE_ACCESS_KEY=ACCESS_KEY)
    kept.update(variables)
    return {name: value for name, value in kept.items() if value is not None}


def run(*arguments, directory, timeout=SECONDS_TO_RUN, **variables):
    """Runs botctl in `directory` to its end, without a terminal."""
    finished = subprocess.run(
        [BOTCTL, *arguments],
        cwd=directory,
        env=clean_environment(directory, **variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    return Outcome(arguments, finished.returncode, finished.stdout, finished.stderr)


def start(*arguments, directory, **variables):
    """Starts botctl in `directory` and gives its process, for whoever will end it."""
    return subprocess.Popen(
        [BOTCTL, *arguments],
        cwd=directory,
        env=clean_environment(directory, **variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class Service:
    """A botctl that serves on a port of its own until it is stopped."""

    _count = 0

    def __init__(self, command, *arguments, directory, **variables):
        Service._count += 1
        self.name = f"{command}-{Service._count}"
        self.log_path = Path(directory) / f"{self.name}.log"
        ready_file = Path(directory) / f"{self.name}.ready"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [BOTCTL, command, "--listen", "127.0.0.1:0", "--ready-file", ready_file, *arguments],
                cwd=directory,
                env=clean_environment(directory, **variables),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            wait_until(
                lambda: ready_file.exists() or self.process.poll() is not None,
                f"{self.name} to be ready",
                SECONDS_TO_BE_READY,
            )
            assert self.process.poll() is None, f"{self.name} ended at once:\n{self.log}"
            self.address = ready_file.read_text().strip()
        except BaseException:
            self.stop()
            raise
        self.url = f"http://{self.address}"

    @property
    def log(self):
        return self.log_path.read_text(errors="replace")

    @property
    def is_running(self):
        return self.process.poll() is None

    def resident_kilobytes(self):
        """The memory that the process holds now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        raise AssertionError(f"{self.name} has no VmRSS")

    def terminate(self):
        """Asks it to stop, without waiting."""
        self.process.send_signal(signal.SIGTERM)

    def wait(self, timeout=SECONDS_TO_STOP):
        """Its exit status, once it has ended."""
        return self.process.wait(timeout)

    def stop(self):
        """Stops it, by force where it does not stop by itself; its exit status, None if it took force."""
        if self.is_running:
            self.terminate()
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None


def wait_until(condition, what, seconds):
    """Waits for a condition, which it looks at often; an AssertionError that names `what` when it takes too long."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.02)
    return result
