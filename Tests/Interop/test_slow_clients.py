"""Clients that stop reading, leave or trickle, at both doors: each costs bounded memory, files and time."""

import json
import os
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest

from support import poe
from support.program import ACCESS_KEY, Service, wait_until
from support.project import Project
from support.upstream import Upstream, frame, simulator_credentials

DOORS = ["poe", "openai", "openai, whole"]

# Shorter than what is usual, so that the tests are, too.
LIMITS = {"read_timeout": "8s", "write_timeout": "8s", "idle_timeout": "12s"}


def flood(upstream):
    """An answer that comes as fast as it is read, without an end."""
    yield frame("messageStart", {"role": "assistant"})
    while not upstream.closing.is_set():
        yield frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "on and on " * 20}})


@pytest.fixture(scope="module")
def gateway(session_services, tmp_path_factory):
    """A gateway whose bot never stops to talk, with a key for it."""
    project = Project(tmp_path_factory.mktemp("slow") / "project")
    project.echo_bot("talker")
    service = Upstream(flood)
    session_services.callback(service.stop)
    variables = simulator_credentials(service.url)
    settings = {"gateway": {"limits": LIMITS}, "environments": {"local": {"upstream": "aws"}}}
    (project.root / "botctl.yaml").write_text(json.dumps(settings))
    gateway = Service("serve", directory=project.root, **variables)
    session_services.callback(gateway.stop)
    project.settings(upstream="aws", gateway={"url": gateway.url})
    project.run("deploy", "--yes", **variables).expect(0)
    gateway.key = project.run("key", "new").expect(0).stdout.strip()
    wait_until(lambda: registry(gateway).status_code == 200, "the key to count", 20)
    return gateway


def registry(gateway):
    return httpx.get(
        f"{gateway.url}/registry/v1/bots/talker", headers={"authorization": f"Bearer {gateway.key}"}, timeout=10
    )


def open_answers(gateway):
    return registry(gateway).raise_for_status().json()["health"]["open_answers"]


def open_files(gateway):
    return len(os.listdir(f"/proc/{gateway.process.pid}/fd"))


def client_connections(gateway):
    """How many connections of clients the gateway holds; those to the model service, which it keeps, do not count."""
    port = int(gateway.address.rsplit(":", 1)[1])
    established, close_wait = "01", "08"
    lines = [line.split() for line in Path(f"/proc/{gateway.process.pid}/net/tcp").read_text().splitlines()[1:]]
    return sum(
        int(line[1].split(":")[1], 16) == port and line[3] in (established, close_wait) and line[9] != "0"
        for line in lines
    )


def request(gateway, door, body_length=None):
    """Head and body of a question through a door."""
    if door == "poe":
        path, key, body = "/bots/talker", ACCESS_KEY, poe.query("go on")
    else:
        path, key = "/v1/chat/completions", gateway.key
        body = {"model": "talker", "messages": [{"role": "user", "content": "go on"}], "stream": door == "openai"}
    content = json.dumps(body).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {key}\r\nContent-Length: {body_length or len(content)}\r\n\r\n"
    )
    return head.encode(), content


def connect(gateway, window=None):
    host, port = gateway.address.rsplit(":", 1)
    client = socket.socket()
    if window:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    client.settimeout(60)
    client.connect((host, int(port)))
    return client


class Figures:
    """What the gateway holds before and after."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.memory = gateway.resident_kilobytes()
        self.files = open_files(gateway)

    def assert_bounded(self, what, kilobytes):
        """Sees that all answers end, that all files are given back, and that memory has grown by no more than that."""
        began = time.monotonic()
        wait_until(lambda: open_answers(self.gateway) == 0, f"the answers of {what} to end", 90)
        wait_until(lambda: client_connections(self.gateway) <= 2, f"the connections of {what} to be closed", 60)
        # What is more are connections to the model service, which are kept for the next minute's requests.
        assert open_files(self.gateway) <= self.files + 64
        grown = self.gateway.resident_kilobytes() - self.memory
        print(
            f"{what}: memory {self.memory} + {grown} kB, files {self.files} -> {open_files(self.gateway)}, "
            f"open answers 0 after {time.monotonic() - began:.1f} s"
        )
        assert grown < kilobytes, f"{grown} kB for {what}"
        httpx.get(f"{self.gateway.url}/readyz").raise_for_status()


@pytest.mark.parametrize("door", DOORS)
def test_clients_that_stop_reading(gateway, door):
    figures = Figures(gateway)
    clients = [connect(gateway, window=4096) for _ in range(20)]
    try:
        for client in clients:
            client.sendall(b"".join(request(gateway, door)))
        wait_until(lambda: open_answers(gateway) > 0, "answers", 20)
        # The door's bounds end an answer that nobody reads: nobody has to leave for that.
        peak = 0
        deadline = time.monotonic() + 90
        while open_answers(gateway) > 0 and time.monotonic() < deadline:
            peak = max(peak, gateway.resident_kilobytes() - figures.memory)
            time.sleep(0.2)
        print(f"{door}: at most {peak} kB more for 20 clients that do not read")
        assert peak < 250_000
    finally:
        for client in clients:
            client.close()
    figures.assert_bounded(f"{door}: 20 clients that stop reading", 250_000)


@pytest.mark.parametrize("door", DOORS)
def test_clients_that_leave(gateway, door):
    figures = Figures(gateway)
    head, body = request(gateway, door)
    for length in (1, len(head) - 2, len(head), len(head) + 5):
        for _ in range(20):
            with connect(gateway) as client:
                client.sendall((head + body)[:length])
    for _ in range(60):
        with connect(gateway) as client:
            client.sendall(head + body)
            if door != "openai, whole":
                client.recv(64)
    figures.assert_bounded(f"{door}: 140 clients that leave", 100_000)


@pytest.mark.parametrize(("part", "limit"), [("body", 8), ("head", 12)])
def test_clients_that_send_a_byte_a_second(gateway, part, limit):
    """Ended by the clock, not by the byte."""
    figures = Figures(gateway)
    began = time.monotonic()
    took = {}

    def trickle(name, first, rest):
        with connect(gateway) as client:
            client.sendall(first)
            client.settimeout(1)
            for byte in rest:
                try:
                    client.sendall(bytes([byte]))
                    while client.recv(4096):
                        pass
                    break
                except TimeoutError:
                    continue
                except OSError:
                    break
            took[name] = time.monotonic() - began

    threads = []
    for number in range(10):
        for door in ("poe", "openai"):
            head, body = request(gateway, door, body_length=5000)
            first, rest = (head, body.ljust(5000)) if part == "body" else (head[:1], head[1:])
            threads.append(threading.Thread(target=trickle, args=(f"{door} {number}", first, rest)))
    for thread in threads:
        thread.start()
    peak = 0
    while any(thread.is_alive() for thread in threads):
        peak = max(peak, gateway.resident_kilobytes() - figures.memory)
        assert time.monotonic() - began < 150, f"still waiting for {len(threads) - len(took)}"
        time.sleep(0.5)
    print(f"{part}: ended after {min(took.values()):.0f} to {max(took.values()):.0f} s, {peak} kB more at most")
    assert limit - 1 < min(took.values()) and max(took.values()) < limit + 20
    assert peak < 50_000
    figures.assert_bounded(f"20 clients that trickle their {part}", 50_000)
