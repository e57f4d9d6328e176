"""Prints the text of a Poe answer (server-sent events on stdin) as it arrives; exits 1 unless it ends well."""

import json
import sys

event = None
pieces = 0
error = None
done = False
for line in sys.stdin:
    name, _, value = line.rstrip("\r\n").partition(":")
    value = value.removeprefix(" ")
    if name == "event":
        event = value
    elif name == "data":
        if event == "text":
            pieces += 1
            print(json.loads(value)["text"], end="", flush=True)
        elif event == "error":
            error = json.loads(value).get("text", "the bot answered with an error")
        elif event == "done":
            done = True
print(f"\n({pieces} deltas)")
if error or not done or pieces == 0:
    sys.exit(f"print-answer: {error or 'the answer broke off'}")
