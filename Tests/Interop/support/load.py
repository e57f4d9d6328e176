"""Clients that ask without a pause."""

import threading

import httpx

from . import poe


class Load:
    """Asks bots from several threads until it is stopped, and keeps what failed."""

    def __init__(self, url, bots, clients=4):
        self.answers = 0
        self.failures = []
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, args=(url, bots[number % len(bots)])) for number in range(clients)
        ]
        for thread in self._threads:
            thread.start()

    def _run(self, url, bot):
        with httpx.Client() as client:
            while not self._stopping.is_set():
                try:
                    poe.ask(url, bot, client=client).assert_complete()
                    self.answers += 1
                except Exception as failure:
                    self.failures.append(f"{bot}: {failure!r}")

    def stop(self):
        self._stopping.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()
