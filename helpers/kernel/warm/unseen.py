"""Widgets in a run that nobody watches: they are made and hold their values, but each one's every change isn't sent to a page that isn't there."""

import os
from typing import Any

import comm
from comm.base_comm import BaseComm

ASKED = {"CASEBOOK_WIDGETS": "unseen"}  # what is asked of the kernel, by its environment
WIDGETS, OUTPUTS = "jupyter.widget", "OutputModel"


def asked() -> bool:
    """Whether this kernel's widgets are seen by nobody."""
    return ASKED.items() <= os.environ.items()


def keep_quiet() -> None:
    """Let widgets from now on talk to nobody. Those that catch a cell's outputs do go on talking: who runs the notebook sends their outputs by it."""
    heard = comm.create_comm

    def create(*args: Any, **about: Any) -> BaseComm:
        state = (about.get("data") or {}).get("state", {})
        seen = about.get("target_name") != WIDGETS or state.get("_model_name") == OUTPUTS
        return heard(*args, **about) if seen else comm.DummyComm(*args, **about)

    comm.create_comm = create
