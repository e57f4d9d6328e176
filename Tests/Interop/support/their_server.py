"""fastapi_poe's own server, with a bot that a test defines."""

import threading
from contextlib import contextmanager

import fastapi_poe as fp
import uvicorn

from .program import ACCESS_KEY, wait_until


@contextmanager
def serving(bot):
    """The URL of a server that has a bot of this class under the name `echo`."""
    app = fp.make_app(bot(path="/bots/echo", access_key=ACCESS_KEY, bot_name=None))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_until(lambda: server.started, "fastapi_poe's server", 20)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
