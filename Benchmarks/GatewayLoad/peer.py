"""The bot that people write by hand, as small as it gets: fastapi_poe in front, aiobotocore behind."""

import contextlib
import os
import sys

import fastapi_poe as fp
import uvicorn
from aiobotocore.config import AioConfig
from aiobotocore.session import get_session


class Bot(fp.PoeBot):
    """Passes on what Bedrock says."""

    client = None

    async def get_response(self, request):
        messages = [
            {"role": "assistant" if message.role == "bot" else "user", "content": [{"text": message.content}]}
            for message in request.query
        ]
        answer = await self.client.converse_stream(modelId="amazon.nova-micro-v1:0", messages=messages)
        async for event in answer["stream"]:
            if text := event.get("contentBlockDelta", {}).get("delta", {}).get("text"):
                yield fp.PartialResponse(text=text)


def main(port, upstream):
    bot = Bot(path="/bots/echo", access_key=os.environ["ACCESS_KEY"])
    app = fp.make_app(bot)

    @contextlib.asynccontextmanager
    async def lifespan(_):
        settings = AioConfig(max_pool_connections=10_000, retries={"max_attempts": 1})
        client = get_session().create_client(
            "bedrock-runtime",
            region_name="us-east-1",
            endpoint_url=upstream,
            aws_access_key_id="simulator",
            aws_secret_access_key="simulator",
            config=settings,
        )
        async with client as bot.client:
            yield

    app.router.lifespan_context = lifespan
    uvicorn.run(app, host="127.0.0.1", port=port, loop="uvloop", workers=1, access_log=False, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
