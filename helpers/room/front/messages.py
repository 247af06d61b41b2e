"""Which messages from a page may reach a kernel: what widgets say, and nothing that runs code.

A message is read, judged and written anew, so that the kernel reads exactly what was judged.
"""

import json
from typing import Any

ASKS = {"kernel_info_request", "comm_info_request", "comm_msg", "comm_close"}
RESTORES = "jupyter.widget.control"  # the one kind of line that a page opens: it asks for the widgets' state
PARTS, MOST_PARTS = 4, 64  # header, parent header, metadata and content; then binary buffers
CODES = ("utf-8", "strict")


class Forbidden(Exception):
    """A message that may not reach a kernel."""


def passed(frame: str | bytes) -> str | bytes:
    """The message as it goes on to the kernel. Raises Forbidden for anything but what widgets say."""
    try:
        return _as_text(frame) if isinstance(frame, str) else _as_parts(frame)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Forbidden("no message") from error


def _as_text(frame: str) -> str:
    """The plain protocol: one JSON object."""
    message = json.loads(frame)
    _judge(message["channel"], message["header"], message["content"])
    if message.get("buffers"):
        raise Forbidden("buffers")
    return json.dumps(message)


def _as_parts(frame: bytes) -> bytes:
    """The protocol v1.kernel.websocket.jupyter.org: a count, so many offsets, the channel, then the parts."""
    count = int.from_bytes(frame[:8], "little")
    if not PARTS + 2 <= count <= MOST_PARTS or len(frame) < 8 * (count + 1):
        raise Forbidden("offsets")
    offsets = [int.from_bytes(frame[8 * place : 8 * (place + 1)], "little") for place in range(1, count + 1)]
    if offsets != sorted(offsets) or offsets[0] != 8 * (count + 1) or offsets[-1] != len(frame):
        raise Forbidden("offsets")
    channel, *parts = (frame[start:end] for start, end in zip(offsets[:-1], offsets[1:], strict=True))
    read = [json.loads(part.decode(*CODES)) for part in parts[:PARTS]]
    _judge(channel.decode(*CODES), read[0], read[3])
    return _joined([channel, *(json.dumps(part).encode() for part in read), *parts[PARTS:]])


def _joined(parts: list[bytes]) -> bytes:
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join([number.to_bytes(8, "little") for number in (len(offsets), *offsets)] + parts)


def _judge(channel: Any, header: dict[str, Any], content: dict[str, Any]) -> None:
    kind = header["msg_type"]
    restores = kind == "comm_open" and content["target_name"] == RESTORES
    if channel != "shell" or not (restores or kind in ASKS):
        raise Forbidden(str(kind)[:40])
