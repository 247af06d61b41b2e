"""The app behind a room's front door, which starts it: `python -m helpers.app.behind`.

It says {"address": …} once it serves and {"warm": true} once its kernels are ready, a line each, and ends when its standard input does.
"""

import asyncio
import json
import os
import sys
import threading

import click
from tornado.ioloop import IOLoop

from helpers.app.recognise import by_front_door
from helpers.app.server import Casebook, serve
from helpers.room.mine import STORE
from helpers.room.pages_server import SECRET


@click.command()
@click.option("--ready", default=2, show_default=True, help="Kernels that wait for teams.")
def main(ready: int) -> None:
    """Serve the cases to the teams that the front door names."""

    def recognise(app: Casebook):
        loop = IOLoop.current()
        threading.Thread(target=_end_with_the_door, args=(loop,), daemon=True).start()
        loop.add_callback(_tell_warm, app)
        return by_front_door(os.environ.pop(SECRET))  # before any kernel could inherit it

    serve(recognise, os.environ[STORE], lambda address: _tell(address=address), port=0, ready=ready)


def _end_with_the_door(loop: IOLoop) -> None:
    """However the front door ends, its end of our standard input is closed then."""
    sys.stdin.buffer.read()
    loop.add_callback_from_signal(loop.stop)


async def _tell_warm(app: Casebook) -> None:
    await app.kernel_manager.all_warm()
    _tell(warm=True)


def _tell(**words: object) -> None:
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main()
