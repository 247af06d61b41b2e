"""Text and files fit for office programs: no character that XML forbids, and the same bytes at every writing."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOMENT = re.compile(rb"<dcterms:(?:created|modified)[^>]*>[^<]*</dcterms:(?:created|modified)>")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold


def plain(text: object) -> str:
    """The text without characters that XML forbids."""
    return FORBIDDEN.sub("", str(text))


def timeless(content: bytes) -> bytes:
    """An office file without the moment of its writing, so that the same content gives the same bytes."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(target, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = ZipInfo(name, EPOCH)
            part.external_attr, part.compress_type = 0o644 << 16, ZIP_DEFLATED
            after.writestr(part, MOMENT.sub(b"", before.read(name)) if name == "docProps/core.xml" else before.read(name))
    return target.getvalue()
