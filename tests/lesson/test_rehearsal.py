"""What the warm server goes through beforehand must leave nothing behind but what is worked out anyway."""

import os
import subprocess
import sys

from helpers.kernel.warm.reach import QUIET
from helpers.lesson.rehearsal import parts

REHEARSED = """
import os, sys
from helpers.kernel.warm.preload import preload, rehearsals
preload()
imported, done = set(sys.modules), 0
for work in rehearsals():
    work()
    done += 1
from ipywidgets.widgets.widget import _instances
from helpers.decision.paperwork.case import open_case
print(done, len(os.listdir("/proc/self/task")), len(_instances), [name for name in set(sys.modules) - imported if name.startswith("helpers.") and name != "helpers.lesson.rehearsal"])
print(all("_held" in vars(thing) for thing in (open_case({}).times, open_case({}).logged_office)))
"""


def test_every_part_runs_without_a_kernel_a_thread_or_a_widget_left():
    if sys.platform != "linux":
        return  # there is no warm server elsewhere
    done = subprocess.run([sys.executable, "-c", REHEARSED], env=os.environ | QUIET, capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    count, threads, widgets, *fresh = first.split(maxsplit=3)
    assert int(count) > 80 and (threads, widgets, fresh) == ("1", "0", ["[]"]) and second == "True"


def test_parts_are_what_a_case_alone_is_asked_for():
    found = {part.__name__ for part in parts("helpers.lesson.marketing")}
    assert {"intervals", "censoring", "flip_map", "check_report", "memo"} <= found
    assert not {"quiz", "options", "parts"} & found  # they need nothing of the case, or an answer too
