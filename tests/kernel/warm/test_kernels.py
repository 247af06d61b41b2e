"""Kernels from the warm server do what plain ones do, byte for byte, and end with whoever asked for them."""

import os
import signal
import subprocess
import sys
import time
from ast import literal_eval

import nbformat
import psutil
import pytest

from helpers.kernel.execution import execute

FIGURE = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('a')"
TABLE = "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', '中']})"
CHATTER = "import sys\nprint('out')\nprint('err', file=sys.stderr)\nplt.hist([1, 1, 2]);"
SELF = "import __main__, os, sys\nsys.path, sys.argv[1:2], os.getcwd(), __name__, threading.active_count() if 'threading' in dir() else 0"


def test_our_first_notebook_comes_out_as_committed(warm, root, outputs_of):
    """The cases' notebooks are held to it where they are run anyway: tests/notebooks."""
    path = root / "notebooks" / "0_start_here.ipynb"
    done = execute(str(path), {}, cell_timeout=120)
    assert (done.error, done.how) == (None, "a warm kernel")
    assert outputs_of(done.notebook) == outputs_of(nbformat.read(path, as_version=4))


def test_figures_tables_and_chatter_as_from_a_plain_kernel(warm, ran, monkeypatch, outputs_of):
    sources = (FIGURE, TABLE, CHATTER, SELF, "input()")
    ours = ran(*sources)
    monkeypatch.setenv("CASEBOOK_KERNELS", "plain")
    plain = ran(*sources)
    assert (ours.how, plain.how) == ("a warm kernel", "a plain kernel: CASEBOOK_KERNELS=plain")
    assert outputs_of(ours.notebook) == outputs_of(plain.notebook) and "image/png" in outputs_of(ours.notebook)
    assert ours.error.name == plain.error.name == "StdinNotImplementedError"


def test_no_two_kernels_draw_the_same_numbers(warm, ran):
    source = "import random, uuid, tempfile\nimport numpy as np\nrandom.random(), np.random.random(), np.random.default_rng().random(), str(uuid.uuid4()), tempfile.mktemp()"
    one, other = (ran(source).notebook.cells[1].outputs[0].data["text/plain"].strip("()").split(",\n ") for _ in range(2))
    assert len(one) == 5 and not set(one) & set(other)


def test_a_kernel_has_its_callers_folder_environment_and_threads(warm, ran, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path), monkeypatch.setenv("TOLD", "me")
    source = "import os, numpy as np\na = np.random.rand(700, 700) @ np.random.rand(700, 700)\nos.getcwd(), os.environ['TOLD'], 'SECRET' in os.environ, os.getsid(0) == os.getpid()"
    assert literal_eval(ran(source).notebook.cells[1].outputs[0].data["text/plain"]) == (str(tmp_path), "me", False, True)


def test_linear_algebra_has_one_thread_unless_the_environment_asks_for_more(warm, ran, monkeypatch):
    source = "import os, numpy as np\nnp.random.rand(700, 700) @ np.random.rand(700, 700)\nlen(os.listdir('/proc/self/task'))"
    told = lambda: int(ran(source).notebook.cells[1].outputs[0].data["text/plain"])
    by_default = told()
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    one = told()
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    assert by_default == one < told()


CLIENT = """
import sys
import nbformat
from helpers.kernel.execution import execute
execute(nbformat.read(sys.argv[1], as_version=4), {})
"""


@pytest.fixture
def asleep(warm, notebook, tmp_path):
    """A process that runs a sleeping notebook, and the number of its kernel."""
    told = tmp_path / "kernel"
    nbformat.write(notebook(f"import os, time\nopen({str(told)!r}, 'w').write(str(os.getpid()))\ntime.sleep(100)"), tmp_path / "sleeps.ipynb")
    client = subprocess.Popen([sys.executable, "-c", CLIENT, str(tmp_path / "sleeps.ipynb")])
    while not (told.exists() and told.read_text()):
        assert client.poll() is None
        time.sleep(0.05)
    yield client, int(told.read_text())
    client.kill()
    client.wait()


def test_a_kernel_ends_with_its_client(asleep, gone):
    client, kernel = asleep
    assert psutil.pid_exists(kernel)
    os.kill(client.pid, signal.SIGKILL)
    assert gone(kernel)


def test_a_run_whose_server_is_killed_may_be_tried_again_with_another(doomed, asleep, server, gone, ran):
    before = server().pid
    done = ran("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nimport time; time.sleep(50)")
    assert (done.error.name, done.error.may_pass, done.cell) == ("DeadKernelError", True, 1)
    assert gone(asleep[1])  # the others' kernels ended with it
    again = ran("1 + 1")
    assert (again.error, again.how) == (None, "a warm kernel") and server().pid != before
