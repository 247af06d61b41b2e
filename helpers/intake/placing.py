"""Files that are put into place in one step: nobody ever reads half of one."""

import os
import tempfile
from pathlib import Path


def place(path: Path, content: bytes) -> None:
    """The file with this content, readable by all; what was there before stays whole until then."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".partial-", delete=False) as draft:
        draft.write(content)
    os.chmod(draft.name, 0o644)  # a temporary file is its owner's alone
    os.replace(draft.name, path)
