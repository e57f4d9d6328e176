"""A stand-in of Poe's side: what a server bot and whoever deploys it call there.

It keeps what it is sent, checks it as far as Poe's documents and the official package (fastapi_poe 0.0.83) say what is
right, and answers as that package expects: settings are stored, costs are reserved and charged, files are taken.

What it does not know, because nobody outside Poe does:

- which words Poe answers a sync with, and with which status it refuses one: here 200 and a sentence, 403 for a wrong
  key, 404 for a name that there is not, 400 for settings that are no JSON object;
- whether Poe looks further into settings than that;
- whether a capture may exceed what was authorised, whether an authorisation expires, and whether the call waits while a
  person is asked: here a balance is all that counts, and nothing expires;
- which statuses a cost call is refused with: here 403 for a wrong key, with a `message` event in it, as the package
  reads one;
- where uploads go on a base URL other than www.quora.com: here the path is the same, and the files are served back.

`add_fault` makes the next calls fail with a status, or with a connection that is closed before there is an answer;
`hold` keeps calls waiting.
"""

import json
import threading
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import unquote, urlsplit

from .local_server import LocalServer

PROTOCOL_VERSIONS = {"1.0", "1.1", "1.2"}


@dataclass
class Bot:
    """A server bot as Poe knows it."""

    access_key: str
    settings: dict = None
    synced: int = 0


@dataclass
class Account:
    """What can still be spent, and what was, in thousandths of a US cent."""

    balance: int = 10**9
    authorized: list = field(default_factory=list)
    captured: list = field(default_factory=list)


class PoePlatform(LocalServer):
    """Poe's side on a port of its own."""

    def __init__(self):
        self.calls = []
        self.bots = {}
        self.account = Account()
        self.files = {}
        self.refetched = []
        self.released = threading.Event()
        self.released.set()
        self._faults = []
        self._lock = threading.Lock()
        super().__init__()

    def stop(self):
        self.released.set()
        super().stop()

    # What tests arrange

    def add_bot(self, handle, access_key):
        self.bots[handle.lower()] = Bot(access_key)

    def bot(self, handle):
        return self.bots[handle.lower()]

    def add_fault(self, status, times=1, words="try again", of=""):
        """The next calls fail whose path ends so: with a status and words, or for None with a closed connection."""
        self._faults += [(status, words, of)] * times

    def hold(self):
        """Lets no call have its answer until `released` is set."""
        self.released.clear()

    def calls_of(self, start):
        """The calls whose path begins like that."""
        with self._lock:
            return [call for call in self.calls if call.target.startswith(start)]

    # What is called

    def answer(self, call, reply):
        with self._lock:
            self.calls.append(call)
            fault = next((fault for fault in self._faults if call.target.endswith(fault[2])), None)
            if fault:
                self._faults.remove(fault)
        self.released.wait(30)
        if fault is None:
            status, content_type, body = self._handle(call)
            reply.whole(status, body, content_type)
        elif fault[0] is None:
            reply.close()
        else:
            reply.whole(fault[0], fault[1].encode(), "text/plain")

    def _handle(self, call):
        parts = [unquote(part) for part in urlsplit(call.target).path.split("/")[1:]]
        match (call.method, parts):
            case ("POST", ["bot", "update_settings" | "fetch_settings" as verb, handle, key, *version]):
                return self._sync(call, verb, handle, key, version)
            case ("POST", ["bot", "cost", query_id, "authorize" | "capture" as verb]) if query_id:
                return self._cost(call, query_id, verb)
            case ("POST", ["poe_api", "file_upload_3RD_PARTY_POST"]):
                return self._upload(call)
            case ("GET", ["files", name]) if name in self.files:
                content_type, content = self.files[name]
                return 200, content_type, content
        return 404, "text/plain", b"not found"

    def _sync(self, call, verb, handle, key, version):
        def says(status, words):
            return status, "text/plain; charset=utf-8", words.encode()

        if version and version[0] not in PROTOCOL_VERSIONS:
            return says(400, f"Unknown protocol version {version[0]}.")
        bot = self.bots.get(handle.lower())
        if bot is None:
            return says(404, f"There is no bot {handle}.")
        if bot.access_key != key:
            return says(403, "Invalid access key.")
        if verb == "fetch_settings":
            self.refetched.append(handle)
            return says(200, f"Fetched the settings of {handle}.")
        try:
            settings = call.json
        except ValueError:
            return says(400, "The settings are no JSON.")
        if not isinstance(settings, dict) or call.headers.get("content-type") != "application/json":
            return says(400, "The settings must be a JSON object.")
        with self._lock:
            bot.settings = settings
            bot.synced += 1
        return says(200, f"Updated the settings of {handle}.")

    def _cost(self, call, query_id, verb):
        def event(status, name, data):
            return status, "text/event-stream", f"event: {name}\r\ndata: {json.dumps(data)}\r\n\r\n".encode()

        try:
            body = call.json
            amounts = [item["amount_usd_milli_cents"] for item in body["amounts"]]
            descriptions = [item.get("description") for item in body["amounts"]]
            key = body["access_key"]
        except (ValueError, KeyError, TypeError, AttributeError):
            return event(400, "error", {"message": "The request is malformed."})
        if not amounts or not all(type(amount) is int and amount >= 0 for amount in amounts):
            return event(400, "error", {"message": "Amounts must be whole numbers."})
        if not all(text is None or isinstance(text, str) for text in descriptions):
            return event(400, "error", {"message": "Descriptions must be texts."})
        if key not in {bot.access_key for bot in self.bots.values()}:
            return event(403, "error", {"message": "Invalid access key."})
        with self._lock:
            if sum(amounts) > self.account.balance:
                return event(200, "result", {"status": "insufficient funds"})
            if verb == "capture":
                self.account.balance -= sum(amounts)
                self.account.captured.append((query_id, amounts))
            else:
                self.account.authorized.append((query_id, amounts))
        return event(200, "result", {"status": "success"})

    def _upload(self, call):
        if call.headers.get("authorization") not in {bot.access_key for bot in self.bots.values()}:
            return 403, "text/plain", b"Invalid access key."
        header = b"content-type: " + call.headers.get("content-type", "").encode() + b"\r\n\r\n"
        message = BytesParser(policy=HTTP).parsebytes(header + call.body)
        parts = [part for part in message.iter_parts() if part.get_param("name", header="content-disposition") == "file"]
        if len(parts) != 1 or not parts[0].get_filename():
            return 400, "text/plain", b"There must be one part 'file' with a file name."
        part = parts[0]
        name = f"{len(self.files)}-{part.get_filename()}"
        self.files[name] = (part.get_content_type(), part.get_payload(decode=True))
        answer = {"attachment_url": f"{self.url}/files/{name}", "mime_type": part.get_content_type()}
        return 200, "application/json", json.dumps(answer).encode()
