"""llmock: a faulty OpenAI-compatible service that judges its clients."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

SECONDS_TO_BE_READY = 30


class Llmock:
    """A server on a port of its own, whose next faults a test chooses."""

    def __init__(self, directory):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._process = subprocess.Popen(
            [Path(sys.executable).parent / "llmock", "serve", "--host", "127.0.0.1", "--port", str(port)]
            + ["--response-style", "echo"],
            cwd=directory,
            env={"PATH": os.environ["PATH"], "HOME": str(directory)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + SECONDS_TO_BE_READY
        while True:
            try:
                if httpx.get(f"{self.url}/health").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            assert time.monotonic() < deadline and self._process.poll() is None, "llmock does not answer"
            time.sleep(0.1)

    def plan(self, **behaviour):
        """What happens to the next request that it fits."""
        httpx.post(f"{self.url}/_llmock/scenario", json={"behaviors": [behaviour]}).raise_for_status()

    def verdict(self):
        """What it thinks of its clients since the last reset."""
        return httpx.get(f"{self.url}/_llmock/verdict").json()

    def reset(self):
        httpx.post(f"{self.url}/_llmock/reset").raise_for_status()

    def stop(self):
        self._process.terminate()
        self._process.wait()
