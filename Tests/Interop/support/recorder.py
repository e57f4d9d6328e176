"""A proxy that passes requests on as they are, and keeps them: what really goes over the wire."""

import http.client
from urllib.parse import urlsplit

from .local_server import LocalServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding"}


class Recorder(LocalServer):
    """Stands before a server on a port of its own; `requests` holds what came."""

    def __init__(self, url):
        self.requests = []
        self._behind = urlsplit(url)
        super().__init__()

    def answer(self, request, reply):
        self.requests.append(request)
        connection = http.client.HTTPConnection(self._behind.hostname, self._behind.port, timeout=60)
        try:
            connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
            for name, value in request.fields:
                connection.putheader(name, value)
            connection.endheaders(request.body or None)
            self._give_back(connection.getresponse(), reply)
        finally:
            connection.close()

    @staticmethod
    def _give_back(response, reply):
        headers = [(name, value) for name, value in response.getheaders() if name.lower() not in HOP_BY_HOP]
        if response.getheader("Content-Length") is None:
            reply.chunked(response.status, headers, iter(lambda: response.read1(65536), b""))
        else:
            reply.whole(response.status, response.read(), headers=headers)
