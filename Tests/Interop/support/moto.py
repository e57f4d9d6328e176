"""moto's server with S3, STS and Secrets Manager, and the probe that calls services as the product does."""

import json
import os
import subprocess
import sys
import time
import urllib.request

from support import program

# Built for tests only, so a release build has none.
PROBE = program.REPOSITORY / ".build" / "debug" / "AWSServiceProbe"


class MotoServer:
    """A moto server on a port of its own; ends with stop()."""

    def __init__(self, directory):
        log = directory / "moto.log"
        self.log = open(log, "wb")
        # Port 0 picks a free one, which the log names.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", "0"],
            stdout=self.log,
            stderr=subprocess.STDOUT,
            # Small pages, so that few objects make several of them.
            env=os.environ | {"MOTO_S3_DEFAULT_MAX_KEYS": "20"},
        )
        deadline = time.monotonic() + program.SECONDS_TO_RUN
        while True:
            lines = log.read_text().splitlines()
            urls = [line.split()[-1] for line in lines if "Running on http://" in line]
            if urls:
                self.url = urls[0]
                break
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise AssertionError("moto does not serve:\n" + "\n".join(lines))
            time.sleep(0.05)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=program.SECONDS_TO_STOP)
        self.log.close()

    def reset(self):
        """Forgets all that was made."""
        request = urllib.request.Request(self.url + "/moto-api/reset", method="POST")
        urllib.request.urlopen(request, timeout=10).read()


class Probe:
    """A running probe; ask() sends a command and gives its answer."""

    def __init__(self, **variables):
        environment = {"PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"} | variables
        self.process = subprocess.Popen(
            [PROBE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def ask(self, what, **fields):
        self.process.stdin.write(json.dumps({"do": what} | fields) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the probe ended with {self.process.wait()}"
        return json.loads(line)

    def ok(self, what, **fields):
        """What the probe answers, after seeing that it is no error."""
        answer = self.ask(what, **fields)
        assert "ok" in answer, answer
        return answer["ok"]

    def error(self, what, **fields):
        """The error that the probe answers, after seeing that it is one."""
        answer = self.ask(what, **fields)
        assert "error" in answer, answer
        return answer["error"]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=program.SECONDS_TO_STOP)
        self.process.stdout.close()
