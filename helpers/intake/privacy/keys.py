"""The key behind pseudonyms: random, one per user, in a file that nobody else may read, far from anything that is handed on."""

import os
import secrets
import tempfile
from pathlib import Path

LENGTH = 32
PLACE = "CASEBOOK_KEY_FILE"  # an environment variable that names another place


def key_file() -> Path:
    """Where the user's key is kept."""
    named = os.environ.get(PLACE)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(named) if named else data / "casebook" / "pseudonyms.key"


def own_key(file: Path | None = None) -> bytes:
    """The user's key, made at its first use. Where no file can be kept, a key for this run only: findings don't depend on it."""
    file = file or key_file()
    for _ in range(2):
        try:
            key = file.read_bytes()
            if len(key) >= LENGTH:
                return key
        except OSError:
            pass
        if not _made(file):
            break
    return secrets.token_bytes(LENGTH)


def _made(file: Path) -> bool:
    """Whether a key file is there now. It appears whole: of two runs that begin at once, one makes it and both read it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, draft = tempfile.mkstemp(dir=file.parent)  # readable by this user only
        with os.fdopen(number, "wb") as writing:
            writing.write(secrets.token_bytes(LENGTH))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    except OSError:
        return False
    return True
