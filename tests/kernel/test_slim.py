"""What nobody uses isn't imported, and can be imported by who does use it."""

import subprocess
import sys

CODE = """
import sys
from helpers.kernel.slim import UNUSED, without_iri_checks
without_iri_checks()
import jsonschema
assert UNUSED not in sys.modules
jsonschema.validate({"a": 1}, {"properties": {"a": {"type": "integer"}}})
__import__(UNUSED)
"""


def test_jsonschema_comes_without_the_check_of_iris():
    subprocess.run([sys.executable, "-c", CODE], check=True)
