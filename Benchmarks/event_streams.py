"""botocore's event-stream parser over a file in pieces; prints frames, bytes and seconds of the fastest pass."""

import sys
import time

from botocore.eventstream import EventStreamBuffer


def main(path, piece, seconds):
    stream = open(path, "rb").read()
    pieces = [stream[start : start + piece] for start in range(0, len(stream), piece)]
    fastest = float("inf")
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        buffer = EventStreamBuffer()
        frames = total = 0
        for part in pieces:
            buffer.add_data(part)
            for event in buffer:
                frames += 1
                total += len(event.payload) + len(event.headers[":event-type"])
        fastest = min(fastest, time.perf_counter() - start)
    print(frames, len(stream), fastest)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
