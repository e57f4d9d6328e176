"""The gateway under what clients, operators and the network do to it."""

import json
import socket
import threading
import time

import httpx
import pytest

from support import poe
from support.load import Load
from support.program import ACCESS_KEY, wait_until
from support.upstream import endless, frame, simulator_credentials


def raw_post(body, type_of_authorization=f"Bearer {ACCESS_KEY}", path="/bots/nova-micro"):
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: {type_of_authorization}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


# Doors and errors


def test_the_first_event_is_meta_and_the_last_is_done(shipped):
    for bot in shipped.project.bot_names():
        # Those that change pictures are asked with one elsewhere.
        if "attachments" not in (shipped.project.root / "bots.d" / f"{bot}.yaml").read_text():
            poe.ask(shipped.url, bot, "What are you?").assert_complete()


def test_an_answer_carries_its_request_and_digest(shipped):
    response = poe.post(shipped.url, "nova-micro", poe.query("hi"))
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["x-request-id"]
    assert response.headers["x-bot-digest"] == shipped.project.manifest()["bots"]["nova-micro"]["digest"]
    assert response.headers["cache-control"] == "no-store"


def test_names_ignore_case(shipped):
    poe.ask(shipped.url, "Nova-Micro").assert_complete()


@pytest.mark.parametrize("header", [None, "", "Bearer", f"Basic {ACCESS_KEY}", "Bearer " + "x" * 32])
def test_a_wrong_or_missing_key_is_401(shipped, header):
    headers = {"Content-Type": "application/json"} | ({"Authorization": header} if header is not None else {})
    response = httpx.post(f"{shipped.url}/bots/nova-micro", json=poe.query("hi"), headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "detail" in response.json()


def test_the_key_comes_before_the_body(shipped):
    assert poe.post(shipped.url, "nova-micro", b"{", key="x" * 32).status_code == 401


def test_an_unknown_type_is_501(shipped):
    response = poe.post(shipped.url, "nova-micro", {"version": "1.2", "type": "dance"})
    assert response.status_code == 501
    assert "detail" in response.json()


def test_an_unknown_bot_is_404(shipped):
    assert poe.post(shipped.url, "no-such-bot", poe.query("hi")).status_code == 404


def test_a_get_says_that_the_server_runs(shipped):
    response = httpx.get(f"{shipped.url}/bots/nova-micro")
    assert response.status_code == 200


MALFORMED = {
    "nothing": b"",
    "cut off": b'{"version": "1.2", "type": "query", "query": [{"ro',
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "no type": b'{"version": "1.2"}',
    "a type that is a number": b'{"version": "1.2", "type": 7}',
    "not UTF-8": b'{"type": "\xff\xfe"}',
    "a lone surrogate": b'{"version": "1.2", "type": "query", "query": [{"role": "user", "content": "\\ud800"}]}',
    "deep nesting": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "trailing text": json.dumps(poe.query("hi")).encode() + b"}",
    "no messages": json.dumps(poe.query("hi", query=[])).encode(),
    "messages of the wrong type": json.dumps(poe.query("hi", query="hello")).encode(),
    "a message that is text": json.dumps(poe.query("hi", query=["hello"])).encode(),
    "content that is a number": json.dumps(poe.query("hi", query=[{"role": "user", "content": 7}])).encode(),
    "temperature that is text": json.dumps(poe.query("hi", temperature="hot")).encode(),
    "a NUL": json.dumps(poe.query("hi\u0000there")).encode(),
    "only a system message": json.dumps(poe.query("hi", query=[{"role": "system", "content": "x"}])).encode(),
}


@pytest.mark.parametrize("kind", MALFORMED)
def test_malformed_bodies_are_never_a_500(shipped, kind):
    response = poe.post(shipped.url, "nova-micro", MALFORMED[kind])
    assert response.status_code in (200, 400, 413, 422, 501), response.text
    if response.status_code == 200:
        names = poe.Answer.of(response.text).names
        assert names[-1] == "done" and ("error" in names or "text" in names)
    poe.ask(shipped.url, "nova-micro").assert_complete()


def test_what_a_newer_poe_may_send_is_taken(shipped):
    body = poe.query(
        "unused",
        query=[
            {"role": "conductor", "content": "All aboard"},
            {
                "role": "user",
                "content": "Reply with the single word pong",
                "content_type": "text/x-new",
                "feedback": [{"type": "wow"}],
                "reactions": None,
                "attachments": None,
                "parameters": None,
                "sender": None,
                "surprise": {"a": [1]},
            },
        ],
        tools=None,
        logit_bias=None,
        stop_sequences=None,
        users=[{"id": "u-1", "name": None}],
        version="1.9",
        language_code=None,
        extra_params={"x": 1},
    )
    response = poe.post(shipped.url, "nova-micro", body)
    assert response.status_code == 200
    assert poe.Answer.of(response.text).assert_complete().text.strip().lower() == "pong"


def test_a_body_past_the_limit_is_413(shipped):
    body = json.dumps(poe.query("x" * 80_000_000)).encode()
    address = shipped.address.split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=30) as connection:
        try:
            connection.sendall(raw_post(body))
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 "), answer[:200]
    assert shipped.resident_kilobytes() < 300_000
    poe.ask(shipped.url, "nova-micro").assert_complete()


def test_a_refused_body_is_not_read_for_ever(shipped):
    """A stranger without a key cannot keep the gateway reading: past the limit the connection is closed."""
    address = shipped.address.split(":")
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    with socket.create_connection((address[0], int(address[1])), timeout=30) as connection:
        connection.sendall(
            b"POST /bots/nova-micro HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer wrong\r\n"
            b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        try:
            while sent < 256 << 20:
                connection.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
    assert sent < 64 << 20, f"the gateway took {sent >> 20} MiB of a body that it had refused"


def test_garbage_on_the_port_is_survived(shipped):
    address = shipped.address.split(":")
    for garbage in (b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n", b"A" * 100_000, b"POST /bots/x HTTP/1.1\r\n"):
        with socket.create_connection((address[0], int(address[1])), timeout=10) as connection:
            try:
                connection.sendall(garbage)
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(5)
                connection.recv(4096)
            except OSError:
                pass
    poe.ask(shipped.url, "nova-micro").assert_complete()


@pytest.mark.parametrize(
    "path", ["/bots/../etc/passwd", "/bots/%2e%2e%2f", "/bots/", "/bots/%00", "/bots/a/b", "/", "/bots/" + "a" * 5000]
)
def test_odd_paths_are_not_found(shipped, path):
    address = shipped.address.split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=10) as connection:
        connection.sendall(raw_post(b"{}", path=path).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        answer = b""
        while part := connection.recv(65536):
            answer += part
    status = int(answer.split()[1])
    assert 400 <= status < 500, answer[:200]


# Operations


def test_a_gateway_without_a_manifest_is_healthy_but_not_ready(project, serve):
    project.echo_bot()
    gateway = serve(project)
    assert httpx.get(f"{gateway.url}/healthz").status_code == 200
    assert httpx.get(f"{gateway.url}/readyz").status_code == 503
    assert poe.post(gateway.url, "echo", poe.query("hi")).status_code in (404, 503)
    project.run("deploy", "--yes").expect(0)
    assert httpx.get(f"{gateway.url}/readyz").status_code == 200


def test_every_request_has_one_line_in_the_log(project, serve):
    project.echo_bot()
    gateway = serve(project, "--log-format", "json")
    project.run("deploy", "--yes").expect(0)
    identifiers = [poe.post(gateway.url, "echo", poe.query("hi")).headers["x-request-id"] for _ in range(3)]
    for identifier in identifiers:
        # A line is written when the answer has gone out, which the client may learn first.
        wait_until(lambda: f'"{identifier}"' in gateway.log, "the request's line", 5)
        lines = [
            json.loads(line) for line in gateway.log.splitlines() if line.startswith("{") and identifier in line
        ]
        assert len(lines) == 1, lines
        text = json.dumps(lines[0])
        assert "echo" in text and "bytes" in text


def test_a_gateway_that_starts_again_serves_what_is_deployed(project, serve):
    project.echo_bot()
    first = serve(project)
    project.run("deploy", "--yes").expect(0)
    assert first.stop() in (0, 143)
    second = serve(project)
    wait_until(lambda: httpx.get(f"{second.url}/readyz").status_code == 200, "the gateway to be ready", 5)
    poe.ask(second.url, "echo").assert_complete()


def test_a_port_that_is_taken_is_an_error_that_says_so(project, serve):
    project.echo_bot()
    gateway = serve(project)
    outcome = project.run("serve", "--listen", gateway.address, timeout=20).expect(1)
    assert gateway.address in outcome.stderr


def test_a_broken_manifest_keeps_the_last_good_generation(project, serve):
    project.echo_bot()
    gateway = serve(project)
    project.run("deploy", "--yes").expect(0)
    content = project.manifest_bytes()
    (project.state / "manifest").write_bytes(content[: len(content) // 2])

    def serves_and_has_looked():
        poe.ask(gateway.url, "echo").assert_complete()
        return "state store not readable, serving on" in gateway.log

    wait_until(serves_and_has_looked, "the gateway to find the broken manifest", 15)
    poe.ask(gateway.url, "echo").assert_complete()
    assert httpx.get(f"{gateway.url}/readyz").status_code == 200


# Streams


def open_stream(url, bot, prompt="What are you?"):
    """A client in the middle of an answer: (response, its lines), after the first text event."""
    client = httpx.Client(timeout=30)
    request = client.build_request(
        "POST", f"{url}/bots/{bot}", content=json.dumps(poe.query(prompt)), headers=poe.headers()
    )
    response = client.send(request, stream=True)
    lines = response.iter_lines()
    read = []
    for line in lines:
        read.append(line)
        if line == "event: text":
            return response, lines, read
    raise AssertionError(f"no text event: {read}")


@pytest.fixture
def paced_project(project, serve, simulate):
    project.echo_bot()
    variables = simulator_credentials(simulate("--tokens-per-second", "20").url)
    gateway = serve(project, settings={"upstream": "aws"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    return project, gateway, variables


def test_sigterm_lets_an_open_stream_finish(paced_project):
    _, gateway, _ = paced_project
    _, lines, read = open_stream(gateway.url, "echo")
    gateway.terminate()
    read += list(lines)
    poe.Answer.of("\n".join(read)).assert_complete()
    assert gateway.wait(15) in (0, 143)
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{gateway.url}/healthz")


def test_sigterm_ends_an_idle_gateway_at_once(project, serve):
    project.echo_bot()
    gateway = serve(project)
    project.run("deploy", "--yes").expect(0)
    with httpx.Client() as client:
        poe.ask(gateway.url, "echo", client=client)
        began = time.monotonic()
        gateway.terminate()
        assert gateway.wait(10) in (0, 143)
    assert time.monotonic() - began < 5, "an idle keep-alive connection held it up"


def test_a_stream_of_the_old_generation_finishes_across_a_hot_swap(paced_project):
    project, gateway, variables = paced_project
    _, lines, read = open_stream(gateway.url, "echo")
    project.echo_bot(system_prompt="Changed.")
    project.run("deploy", "--yes", **variables).expect(0)
    read += list(lines)
    poe.Answer.of("\n".join(read)).assert_complete()


def test_a_client_that_leaves_ends_the_upstream_call(project, serve, start_upstream):
    project.echo_bot("talker")
    service = start_upstream(endless)
    variables = simulator_credentials(service.url)
    gateway = serve(project, settings={"upstream": "aws"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    response, _, _ = open_stream(gateway.url, "talker")
    response.close()
    assert service.caller_left.wait(10), "the model service was still being read"
    assert gateway.is_running


def test_an_upstream_that_breaks_off_ends_in_error_and_done(project, serve, start_upstream):
    words_arrived = threading.Event()

    def breaks_off(upstream):
        yield frame("messageStart", {"role": "assistant"})
        yield frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "Once upon"}})
        assert words_arrived.wait(30), "the words never reached the reader"
        raise ConnectionResetError

    project.echo_bot("talker")
    variables = simulator_credentials(start_upstream(breaks_off).url)
    gateway = serve(project, settings={"upstream": "aws"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    _, lines, read = open_stream(gateway.url, "talker")
    words_arrived.set()
    answer = poe.Answer.of("\n".join(read + list(lines)))
    assert answer.names[0] == "meta" and answer.names[-2:] == ["error", "done"], answer.names
    assert "Once upon" in answer.text


def test_an_upstream_that_is_down_ends_in_error_and_done(project, serve, simulate):
    project.echo_bot("talker")
    simulator = simulate()
    variables = simulator_credentials(simulator.url)
    gateway = serve(project, settings={"upstream": "aws"}, **variables)
    project.run("deploy", "--yes", **variables).expect(0)
    simulator.stop()
    answer = poe.ask(gateway.url, "talker", "hi")
    assert answer.names == ["meta", "error", "done"]
    error = dict(answer.events)["error"]
    assert error["text"] and "127.0.0.1" not in json.dumps(error)


# Hot swap


def test_deploys_under_load_lose_no_request(project, serve, request):
    bots = ["one", "two"]
    for bot in bots:
        project.echo_bot(bot)
    gateway = serve(project)
    project.run("deploy", "--yes").expect(0)
    load = Load(gateway.url, bots)
    swaps = 0
    try:
        deadline = time.monotonic() + request.config.option.soak_seconds
        while time.monotonic() < deadline:
            swaps += 1
            project.echo_bot(bots[swaps % 2], system_prompt=f"Version {swaps}.")
            project.run("deploy", "--yes").expect(0)
    finally:
        load.stop()
    assert load.failures == []
    assert swaps >= 2 and load.answers >= 20
    print(f"{load.answers} answers during {swaps} deploys, {gateway.resident_kilobytes() // 1000} MB")
