"""Plain HTTP over the Poe protocol, for what the official client cannot be made to do."""

import json
from dataclasses import dataclass, field

import httpx

from .program import ACCESS_KEY

TIMEOUT = httpx.Timeout(30)


def query(prompt, **changes):
    """The body of a query with one message."""
    body = {
        "version": "1.2",
        "type": "query",
        "query": [{"role": "user", "content": prompt, "content_type": "text/markdown"}],
        "user_id": "u-00000000000000000000000000000000",
        "conversation_id": "c-00000000000000000000000000000000",
        "message_id": "m-00000000000000000000000000000000",
    }
    body.update(changes)
    return body


def headers(key=ACCESS_KEY):
    return {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}


def post(url, bot, body, key=ACCESS_KEY, **options):
    """Posts a body, JSON unless it is bytes, and gives the whole answer."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return httpx.post(f"{url}/bots/{bot}", content=content, headers=headers(key), timeout=TIMEOUT, **options)


@dataclass
class Answer:
    """The events of an answer, in order."""

    events: list = field(default_factory=list)

    @classmethod
    def of(cls, text):
        answer = cls()
        name = None
        for line in text.splitlines():
            key, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if key == "event":
                name = value
            elif key == "data":
                answer.events.append((name, json.loads(value)))
        return answer

    @property
    def names(self):
        return [name for name, _ in self.events]

    @property
    def text(self):
        return "".join(data["text"] for name, data in self.events if name == "text")

    def assert_complete(self):
        """Sees that the answer is a whole and good one."""
        names = self.names
        assert names[:1] == ["meta"] and names[-1:] == ["done"] and names.count("done") == 1, names
        assert "error" not in names, self.events
        assert self.text or "file" in names, self.events
        return self


def ask(url, bot, prompt="Reply with the single word pong", client=httpx, key=ACCESS_KEY):
    """Asks a bot and gives its whole answer, after seeing that the status is 200."""
    content = json.dumps(query(prompt)).encode()
    response = client.post(f"{url}/bots/{bot}", content=content, headers=headers(key), timeout=TIMEOUT)
    assert response.status_code == 200, (response.status_code, response.text)
    return Answer.of(response.text)
