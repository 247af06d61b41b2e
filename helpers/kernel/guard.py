"""A guard against lost wake-ups, by which a run would wait for ever on a notebook with Output widgets.

nbclient answers a widget's message with a plain send on an asyncio socket of pyzmq. ZeroMQ's signal that something can be read is
edge-triggered: the send consumes it, and whoever waits to read is never woken (jupyter_client #1010, papermill #723). Asking the socket
to look again after each such send heals it. The method is private to pyzmq: where it is missing, sends stay as they are, and the time limits of the
engine end the run. Once jupyter_client does it itself, this module can go.
"""

from jupyter_client.channels import AsyncZMQSocketChannel

LOOK_AGAIN = "_schedule_remaining_events"


def guard(channel: AsyncZMQSocketChannel) -> AsyncZMQSocketChannel:
    """Let `channel` look for what can be read after each send; returns it."""
    send, look_again = channel.send, getattr(channel.socket, LOOK_AGAIN, None)

    def send_and_look(message: dict) -> None:
        send(message)
        look_again()

    if look_again:
        channel.send = send_and_look
    return channel
