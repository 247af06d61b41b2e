"""What goes over the socket: short messages in JSON, one a line, and with the first of them open files."""

import array
import json
import os
import socket
import struct
from dataclasses import dataclass, field

LONGEST = 4_000_000  # bytes of a message: an environment and arguments are far shorter
CREDENTIALS = struct.Struct("3i")  # pid, uid, gid


@dataclass(eq=False)
class Wire:
    """One end of a connection, and what has come in of the next message."""

    socket: socket.socket
    received: bytes = b""
    files: list[int] = field(default_factory=list)

    @property
    def peer(self) -> int:
        """The user at the other end, as the system knows it."""
        return CREDENTIALS.unpack(self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size))[1]

    def fileno(self) -> int:
        """The number that a selector waits on."""
        return self.socket.fileno()

    def say(self, message: dict, files: tuple[int, ...] = ()) -> None:
        """Send one message, and copies of the open `files` with it."""
        line = json.dumps(message).encode() + b"\n"
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))] if files else []
        sent = self.socket.sendmsg([line], rights)
        if sent < len(line):
            self.socket.sendall(line[sent:])

    def hear(self, patience: float | None) -> dict:
        """The next message within `patience` seconds (None: whenever it comes); open files that came along are in `files`.

        Raises BlockingIOError or TimeoutError where none came in time, EOFError where the other end is gone, ValueError where it makes no sense.
        """
        self.socket.settimeout(patience)
        while b"\n" not in self.received:
            part, ancillary, _, _ = self.socket.recvmsg(65536, socket.CMSG_SPACE(12))
            self.files += [number for level, kind, data in ancillary if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS) for number in array.array("i", data)]
            self.received += part
            if not part:
                raise EOFError
            if len(self.received) > LONGEST:
                raise ValueError("the message has no end")
        line, self.received = self.received.split(b"\n", 1)
        return json.loads(line)

    def close_files(self) -> None:
        """Close the open files that came along."""
        while self.files:
            os.close(self.files.pop())

    def close(self) -> None:
        """Close the connection and what came along."""
        self.close_files()
        self.socket.close()
