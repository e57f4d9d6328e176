"""Model services that cost next to nothing, so that what is measured is what stands in front of them."""

import asyncio
import contextlib
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Tests" / "Interop"))

from support.upstream import frame  # noqa: E402

DELTAS = 50
WORDS = "The quick brown fox jumps over the lazy dog. "

NGINX = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 16384; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    keepalive_requests 1000000;
    default_type application/vnd.amazon.eventstream;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        location / {{ error_page 405 =200 /answer; rewrite ^ /answer break; }}
        location = /answer {{ error_page 405 =200 $uri; }}
    }}
}}
"""


def frames():
    """An answer of 50 deltas, as Converse sends it."""
    words = WORDS.split()
    yield frame("messageStart", {"role": "assistant", "p": "abcd"})
    for number in range(DELTAS):
        delta = {"text": f"{words[number % len(words)]} "}
        yield frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": delta, "p": "abcdefghijklmno"})
    yield frame("contentBlockStop", {"contentBlockIndex": 0, "p": "abcdefgh"})
    yield frame("messageStop", {"stopReason": "end_turn", "p": "abcdefghijk"})
    usage = {"inputTokens": 12, "outputTokens": DELTAS, "totalTokens": DELTAS + 12}
    yield frame("metadata", {"usage": usage, "metrics": {"latencyMs": 300}, "p": "abc"})


@contextlib.contextmanager
def at_once(folder, port):
    """nginx, which sends the whole answer at once; gives its URL."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # As root, nginx would give itself another user's rights, who may not read the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "answer").write_bytes(b"".join(frames()))
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
    command = ["nginx", "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


async def serve_paced(port, pause):
    """Sends an answer's frames with a pause before each; with `pause` None it stops after three, and stays silent.

    Whoever asks for a pong gets the whole answer at once.
    """
    parts = [b"%x\r\n%s\r\n" % (len(part), part) for part in frames()]
    head = (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\ntransfer-encoding: chunked\r\n\r\n"
    )

    async def answer(reader, writer):
        # A client that has left is a closed transport by the time of the next write.
        with contextlib.suppress(ConnectionError, RuntimeError, asyncio.IncompleteReadError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1]) for line in request.lower().splitlines() if line.startswith(b"content-length:")
                )
                body = await reader.readexactly(length)
                writer.write(head)
                if b"pong" in body:
                    # A deploy's smoke case has no time.
                    writer.writelines([*parts, b"0\r\n\r\n"])
                    continue
                if pause is None:
                    writer.writelines(parts[:3])
                    await reader.read(1)
                    return
                for part in parts:
                    writer.write(part)
                    await asyncio.sleep(pause)
                writer.write(b"0\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", port, backlog=4096)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve_paced(int(sys.argv[1]), None if sys.argv[2] == "silent" else float(sys.argv[2])))
