"""A model service that does not do what the simulator does: a few lines of ConverseStream over HTTP."""

import json
import struct
import threading
import zlib

from .local_server import LocalServer


def _header(name, value):
    return bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(value)) + value.encode()


def frame(event, payload):
    """One message of application/vnd.amazon.eventstream; its JSON is compact, as the service's is."""
    headers = (
        _header(":event-type", event) + _header(":content-type", "application/json") + _header(":message-type", "event")
    )
    body = json.dumps(payload, separators=(",", ":")).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(body), len(headers))
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + body
    return message + struct.pack(">I", zlib.crc32(message))


def frames(text):
    """A whole answer that says `text`."""
    return [
        frame("messageStart", {"role": "assistant"}),
        frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": text}}),
        frame("contentBlockStop", {"contentBlockIndex": 0}),
        frame("messageStop", {"stopReason": "end_turn"}),
        frame(
            "metadata",
            {"usage": {"inputTokens": 1, "outputTokens": 1, "totalTokens": 2}, "metrics": {"latencyMs": 1}},
        ),
    ]


class Upstream(LocalServer):
    """Serves ConverseStream on a port of its own; `answer` gives what it sends.

    `answer(upstream)` yields frames; a generator that never ends models an endless answer. When the caller goes away
    meanwhile, `caller_left` is set. Whoever asks for the single word pong gets it, so that a bot passes its smoke
    case before it is asked anything else; not so with `answers_pong=False`.
    """

    def __init__(self, answer, answers_pong=True):
        self.caller_left = threading.Event()
        self.closing = threading.Event()
        self.requests = []
        self._make_answer = answer
        self._answers_pong = answers_pong
        super().__init__()

    def answer(self, request, reply):
        asks_for_pong = self._answers_pong and b"single word pong" in request.body
        self.requests.append((request.target, request.json))
        parts = frames("pong") if asks_for_pong else self._make_answer(self)
        try:
            reply.chunked(200, [("content-type", "application/vnd.amazon.eventstream")], parts)
        except ConnectionError:
            self.left()

    def left(self):
        self.caller_left.set()

    def stop(self):
        self.closing.set()
        super().stop()


def saying(text):
    """An answer that always says `text`."""
    return lambda upstream: frames(text)


def endless(upstream):
    """An answer that goes on until nobody listens."""
    yield frame("messageStart", {"role": "assistant"})
    while not upstream.closing.wait(0.05):
        yield frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "on and on "}})


def simulator_credentials(url):
    """The environment that leads a botctl with `upstream: aws` to a model service at `url`."""
    return {
        "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": url,
        "AWS_ACCESS_KEY_ID": "simulator",
        "AWS_SECRET_ACCESS_KEY": "simulator",
    }
