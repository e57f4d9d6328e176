"""Measures the gateway beside a bot written by hand, prints a table for each question, and judges the bars.

Questions: CPU for each stream of 50 deltas sent at once; latency that the gateway adds to the first word; memory of
streams that stay open; streams with a word every 20 ms. Both sides answer at the Poe protocol and ask the same model
service over plain HTTP.
"""

import argparse
import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import upstreams  # noqa: E402

ACCESS_KEY = "0123456789abcdefghijklmnopqrstuv"
QUERY = json.dumps(
    {
        "version": "1.2",
        "type": "query",
        "query": [{"role": "user", "content": "Tell me a story", "content_type": "text/markdown"}],
        "user_id": "u-00000000000000000000000000000000",
        "conversation_id": "c-00000000000000000000000000000000",
        "message_id": "m-00000000000000000000000000000000",
    }
)
# How many streams are open at the same time, and how many of them the bot written by hand can take.
AT_ONCE = (1, 64, 1_000, 5_000)
THEIR_MOST = 1_000
PACED = (1, 64, 1_000, 5_000)
THEIR_MOST_PACED = 64
TICKS = os.sysconf("SC_CLK_TCK")
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "simulator", "AWS_SECRET_ACCESS_KEY": "simulator", "AWS_REGION": "us-east-1"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if process.poll() is not None:
            raise SystemExit(f"{process.args} ended at once")
        time.sleep(0.05)
    raise SystemExit(f"nothing answers at port {port}")


@dataclass
class Server:
    """A process that serves the bot."""

    name: str
    port: int
    process: subprocess.Popen

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_kilobytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


@contextlib.contextmanager
def stopping(process):
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def gateway(binary, folder, upstream):
    """`botctl serve` with one deployed bot over a model service."""
    folder.mkdir(parents=True)
    (folder / "bots.d").mkdir()
    limits = "limits: {max_concurrent: 10000, requests_per_minute: 1000000, first_token_timeout: 5m, idle_timeout: 5m}\n"
    (folder / "bots.d" / "echo.yaml").write_text(
        "model: amazon.nova-micro-v1:0\npoe: {access_key: '${env:POE_ACCESS_KEY}'}\n"
        "smoke: [{name: pong, prompt: pong, expect: {contains: fox}}]\n" + limits
    )
    (folder / "templates").mkdir()
    (folder / "templates" / "DEFAULT_CHAT_CONFIG.yaml").write_text("model: {region: us-east-1}\n")
    port = free_port()
    (folder / "botctl.yaml").write_text(
        f"environments: {{bench: {{upstream: aws, state: state, gateway: {{url: 'http://127.0.0.1:{port}'}}}}}}\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "POE_ACCESS_KEY": ACCESS_KEY,
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": upstream,
        **CREDENTIALS,
    }
    with open(folder / "serve.log", "wb") as log:
        process = subprocess.Popen(
            [binary, "serve", "--listen", f"127.0.0.1:{port}", "--log-level", "error"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )
    with stopping(process):
        wait_for(port, process)
        deploy = subprocess.run(
            [binary, "deploy", "--yes"], cwd=folder, env=environment, capture_output=True, text=True
        )
        if deploy.returncode != 0:
            raise SystemExit(deploy.stdout + deploy.stderr)
        yield Server("botctl", port, process)


@contextlib.contextmanager
def peer(upstream):
    """The bot written by hand."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "peer.py"), str(port), upstream],
        env={**os.environ, "ACCESS_KEY": ACCESS_KEY},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with stopping(process):
        wait_for(port, process)
        yield Server("fastapi_poe + aiobotocore", port, process)


@contextlib.contextmanager
def paced(pause):
    """A model service that takes its time; gives its URL."""
    port = free_port()
    process = subprocess.Popen([sys.executable, str(HERE / "upstreams.py"), str(port), str(pause)])
    with stopping(process):
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"


def request(path):
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ACCESS_KEY}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(QUERY)}\r\n\r\n"
    )
    return (head + QUERY).encode()


def wrk(server, connections, seconds):
    """Asks without a pause; gives the answers and the seconds that it took."""
    finished = subprocess.run(
        [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--timeout",
            "60s",
            "-s",
            str(HERE / "query.lua"),
            f"http://127.0.0.1:{server.port}",
        ],
        env={**os.environ, "BOT_PATH": "/bots/echo", "ACCESS_KEY": ACCESS_KEY, "QUERY": QUERY},
        capture_output=True,
        text=True,
        check=True,
    )
    count, took = re.search(r"(\d+) requests in ([\d.]+)s", finished.stdout).groups()
    if re.search(r"Non-2xx|Socket errors", finished.stdout):
        print(f"  {server.name}: {finished.stdout}", file=sys.stderr)
    return int(count), float(took)


def check_answer(server):
    """Sees that the whole answer comes, before anything is measured."""
    body = ask(server.port, "/bots/echo", b"event: done")[1].decode()
    texts = re.findall(r"event: text\r?\ndata: (.*)", body)
    said = "".join(json.loads(text)["text"] for text in texts)
    if said.count(" ") != upstreams.DELTAS:
        raise SystemExit(f"{server.name} did not pass on the answer: {body}")


def ask(port, path, until, connection=None):
    """One request; seconds to the bytes `until`, and all that came by then."""
    own = connection or socket.create_connection(("127.0.0.1", port))
    own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    start = time.perf_counter()
    own.sendall(request(path))
    received = b""
    while until not in received:
        part = own.recv(65536)
        if not part:
            raise SystemExit(f"port {port} closed the connection after {received!r}")
        received += part
    took = time.perf_counter() - start
    if connection is None:
        own.close()
    return took, received


class Caller:
    """One kept connection, asked again and again."""

    def __init__(self, port, path, until, end):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.arguments = (port, path, until, self.socket)
        self.end = end

    def seconds(self):
        took, received = ask(*self.arguments)
        while self.end not in received:
            received = received[-64:] + self.socket.recv(65536)
        return took


def percentile(values, share):
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


class Judge:
    """Bars, and which of them were missed."""

    def __init__(self):
        self.missed = []

    def hold(self, what, value, bar, at_least=False):
        good = value >= bar if at_least else value <= bar
        sign = ">=" if at_least else "<="
        print(f"  bar: {what} {value:.2f}, {sign} {bar:g}{'' if good else '  MISSED'}")
        if not good:
            self.missed.append(what)


def measure_latency(ours, theirs, url, judge):
    print("\nTime to the first word over one kept connection, 1,000 answers in turn\n")
    print(f"{'':28}{'p50':>12}{'p99':>12}")
    callers = {
        "nginx, asked directly": Caller(int(url.rsplit(":", 1)[1]), "/answer", b"contentBlockDelta", b"metadata"),
        ours.name: Caller(ours.port, "/bots/echo", b"event: text", b"event: done"),
        theirs.name: Caller(theirs.port, "/bots/echo", b"event: text", b"event: done"),
    }
    times = {name: [] for name in callers}
    for number in range(1100):
        for name, caller in callers.items():
            taken = caller.seconds()
            if number >= 100:
                times[name].append(taken * 1000)
    for name, values in times.items():
        print(f"{name:28}{percentile(values, 0.5):>9.2f} ms{percentile(values, 0.99):>9.2f} ms")
    direct, through = times["nginx, asked directly"], times[ours.name]
    judge.hold("added ms at p50", percentile(through, 0.5) - percentile(direct, 0.5), 0.5)
    judge.hold("added ms at p99", percentile(through, 0.99) - percentile(direct, 0.99), 2)


def measure_cpu(binary, work, judge, rounds, seconds):
    with upstreams.at_once(work / "nginx", free_port()) as url, gateway(binary, work / "cpu", url) as ours, peer(
        url
    ) as theirs:
        for server in (ours, theirs):
            check_answer(server)
        # First, as thousands of connections that were left open keep the machine busy for a while.
        measure_latency(ours, theirs, url, judge)
        print(f"\n50 deltas, sent at once over plain HTTP by nginx; best of {rounds} rounds of {seconds} s each\n")
        print(f"{'':28}{'connections':>12}{'streams/s':>12}{'CPU/stream':>12}")
        best = {}
        for connections in AT_ONCE:
            for _ in range(rounds):
                for server in (ours, theirs):
                    if server is theirs and connections > THEIR_MOST:
                        continue
                    before = server.cpu_seconds()
                    count, took = wrk(server, connections, seconds)
                    # What is cut off at the end has cost something, too, so this is rather too much than too little.
                    found = ((server.cpu_seconds() - before) / count, count / took)
                    key = (server.name, connections)
                    best[key] = min(best.get(key, found), found)
            for server in (ours, theirs):
                if (server.name, connections) not in best:
                    continue
                cpu, rate = best[server.name, connections]
                print(f"{server.name:28}{connections:>12,}{rate:>12.0f}{cpu * 1e6:>9.0f} µs")
        for connections in AT_ONCE:
            if connections > THEIR_MOST:
                continue
            ratio = best[theirs.name, connections][0] / best[ours.name, connections][0]
            judge.hold(f"times less CPU at {connections:,} connections", ratio, 25, at_least=True)


def hold_open(port, count, until):
    """Connections on each of which an answer has begun."""
    opened = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.sendall(request("/bots/echo"))
        opened.append(connection)
    for connection in opened:
        connection.settimeout(120)
        received = b""
        while until not in received:
            part = connection.recv(65536)
            if not part:
                raise SystemExit(f"a stream was closed: {received!r}")
            received += part
    return opened


def measure_memory(binary, work, judge):
    print("\nMemory of streams that stay open, over a model service that falls silent after a word\n")
    print(f"{'':28}{'streams':>12}{'resident':>12}{'each':>12}")
    with paced("silent") as url, gateway(binary, work / "memory", url) as ours, peer(url) as theirs:
        for server in (ours, theirs):
            counts = [count for count in AT_ONCE if server is ours or count <= THEIR_MOST]
            idle = None
            opened = []
            for count in counts:
                opened += hold_open(server.port, count - len(opened), b"event: text")
                resident = server.resident_kilobytes()
                idle = idle or resident
                each = (resident - idle) / (count - 1) if count > 1 else 0
                print(f"{server.name:28}{count:>12,}{resident / 1024:>9.1f} MB" + (f"{each:>9.1f} KB" if each else ""))
                if server is ours and count == counts[-1]:
                    judge.hold(f"KB for each of {count:,} streams", each, 40)
            for connection in opened:
                connection.close()


def measure_pace(binary, work, seconds):
    print("\nA word every 20 ms, 50 of them: a bit more than a second for each answer if nothing is late\n")
    print(f"{'':28}{'streams':>12}{'answers/s':>12}{'CPU/stream':>12}{'resident':>12}")
    with paced(0.02) as url, gateway(binary, work / "pace", url) as ours, peer(url) as theirs:
        for count in PACED:
            for server in (ours, theirs):
                if server is theirs and count > THEIR_MOST_PACED:
                    continue
                before = server.cpu_seconds()
                answers, took = wrk(server, count, seconds)
                cpu = (server.cpu_seconds() - before) / max(answers, 1)
                memory = server.resident_kilobytes() / 1024
                print(
                    f"{server.name:28}{count:>12,}{answers / took:>12.1f}{cpu * 1e6:>9.0f} µs{memory:>9.1f} MB",
                    flush=True,
                )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("work", type=Path)
    parser.add_argument("--only", choices=["cpu", "memory", "pace"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=8)
    options = parser.parse_args()
    judge = Judge()
    if options.only in (None, "cpu"):
        measure_cpu(options.binary, options.work, judge, options.rounds, options.seconds)
    if options.only in (None, "memory"):
        measure_memory(options.binary, options.work, judge)
    if options.only in (None, "pace"):
        measure_pace(options.binary, options.work, options.seconds)
    if judge.missed:
        sys.exit(f"\nmissed: {', '.join(judge.missed)}")
    print("\nall bars hold")


if __name__ == "__main__":
    main()
