"""Files packed by gzip: read as what is in them."""

import gzip
import zlib
from io import BytesIO

from helpers.intake.reading.files import regular
from helpers.intake.refusal import Refusal

MARK = b"\x1f\x8b"


def unpacked(content: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The content, unpacked where it was packed, and a note where it was. Raises Refusal where it is damaged or grows beyond what memory bears."""
    if not content.startswith(MARK):
        return content, ()
    try:
        inside = gzip.GzipFile(fileobj=BytesIO(content)).read(regular.MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Refusal("the packed file is damaged or cut off", name, "pack or copy it again") from error
    regular.too_large(len(inside), name)
    return inside, ("unpacked by gzip",)
