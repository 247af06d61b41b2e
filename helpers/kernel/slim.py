"""Imports without what nobody here uses."""

import importlib
import sys

UNUSED = "rfc3987_syntax"  # compiled at import for a second, to check IRIs, of which a notebook has none


def without_iri_checks() -> None:
    """Import jsonschema, which checks every notebook, without its check of IRIs: a run starts a second earlier."""
    if "jsonschema" in sys.modules or UNUSED in sys.modules:
        return
    sys.modules[UNUSED] = None  # type: ignore[assignment]  # jsonschema does without what can't be imported
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[UNUSED]
