"""Files that are there whole or not at all."""

import os
import tempfile
from pathlib import Path

from helpers.intake.refusal import Refusal


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file in one step: whoever looks sees the old one or the new one. Raises Refusal where the folder can't be written to."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".partial-", delete=False) as draft:
            draft.write(content)
        os.chmod(draft.name, 0o644)
        os.replace(draft.name, path)
    except OSError as fault:
        raise Refusal("it can't be written", str(path), f"choose another folder ({fault.strerror})") from None
    return path
