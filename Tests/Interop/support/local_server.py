"""An HTTP server on a port of its own within this process: what the stand-ins of other services stand on."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    method: str
    target: str
    fields: list
    body: bytes

    @property
    def headers(self):
        """The fields by their names in lower case."""
        return {name.lower(): value for name, value in self.fields}

    @property
    def path(self):
        return self.target.partition("?")[0]

    @property
    def json(self):
        return json.loads(self.body)

    def facts(self, *names):
        """What two clients have to agree on: method, path, body, and these headers."""
        body = self.json if self.headers.get("content-type") == "application/json" else self.body
        return self.method, unquote(self.target), body, {name: self.headers.get(name) for name in names}


class Reply:
    """The way back to one client."""

    def __init__(self, handler):
        self._handler = handler

    def whole(self, status, body, content_type=None, headers=()):
        """A body of a known length; where `headers` tell the length, they have the last word."""
        headers = list(headers)
        if content_type:
            headers.append(("content-type", content_type))
        if not any(name.lower() == "content-length" for name, _ in headers):
            headers.append(("content-length", str(len(body))))
        self._begin(status, headers)
        self._handler.wfile.write(body)

    def chunked(self, status, headers, parts):
        """A body of parts, each sent as it comes; a client that has left is a `ConnectionError`."""
        self._begin(status, [*headers, ("transfer-encoding", "chunked")])
        try:
            for part in parts:
                self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self._handler.wfile.write(b"0\r\n\r\n")
        except ConnectionError:
            self.close()
            raise

    def close(self):
        """Closes the connection, with an answer or without one."""
        self._handler.close_connection = True

    def _begin(self, status, headers):
        self._handler.send_response(status)
        for name, value in headers:
            self._handler.send_header(name, value)
        self._handler.end_headers()


class LocalServer:
    """Answers every request with `answer`, several at once, until it is stopped."""

    def __init__(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _take(self):
                length = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(length)
                reply = Reply(self)
                if len(body) < length:
                    reply.close()
                    server.left()
                    return
                server.answer(Received(self.command, self.path, self.headers.items(), body), reply)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _take

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, request, reply):
        """Answers one request, on a thread of its own."""
        raise NotImplementedError

    def left(self):
        """Told of a client that left before its request was whole."""

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
