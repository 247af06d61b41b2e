"""Kernels that wait for readers: one that failed to begin, or died while it waited, is nobody's; the reader gets the next one."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from voila.app import Voila

from helpers.app.kernels import TRIES, WarmKernels, _apart
from helpers.app.server import Casebook


class Tried(WarmKernels):
    """Kernels of which it is said beforehand what becomes of each: it lives, is dead, or fails to begin."""

    def __init__(self, *fates: str):
        super().__init__()
        self.fates, self.ended = list(fates), []

    async def _begin(self) -> str:
        fate = self.fates.pop(0)
        if fate == "fails":
            raise RuntimeError("no memory")
        return f"{fate} {len(self.fates)}"

    async def lives(self, kernel_id: str) -> bool:
        return kernel_id.startswith("lives")

    async def give_back(self, kernel_id: str) -> None:
        self.ended.append(kernel_id)


def taken(*fates: str, waiting: int) -> tuple[str, Tried]:
    async def take() -> tuple[str, Tried]:
        kernels = Tried(*fates)
        kernels.warm_up(waiting)
        return await kernels.take("a reader"), kernels

    with ThreadPoolExecutor(1) as apart:  # the browser tests keep a loop running in this thread
        return apart.submit(asyncio.run, take()).result()


@pytest.mark.parametrize(("fates", "waiting"), [(("lives",), 0), (("lives",), 1), (("fails", "lives"), 1), (("fails", "fails", "dead", "lives"), 3), (("dead", "lives"), 2)])
def test_a_reader_gets_one_that_lives(fates, waiting):
    kernel, kernels = taken(*fates, waiting=waiting)
    assert kernel.startswith("lives") and kernels.owner(kernel) == "a reader"
    assert [ended.split()[0] for ended in kernels.ended] == [fate for fate in fates if fate == "dead"]


def test_where_none_can_begin_it_is_said_why():
    with pytest.raises(RuntimeError, match="no memory"):
        taken(*["fails"] * (TRIES + 1), waiting=1)


def test_one_that_dies_as_it_begins_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("helpers.app.kernels.LOOKS", 0.01)

    async def dying() -> None:
        await Tried()._while_alive("dead", asyncio.sleep(3600))

    with ThreadPoolExecutor(1) as apart, pytest.raises(RuntimeError, match="died as it began"):
        apart.submit(asyncio.run, dying()).result(timeout=10)


def test_an_app_that_ends_waits_for_no_server_that_is_just_starting():
    before, hold, answered = set(threading.enumerate()), threading.Event(), []

    async def ends() -> None:
        await asyncio.wait_for(_apart(lambda: answered.append(hold.wait(20))), 0.05)

    with ThreadPoolExecutor(1) as apart, pytest.raises(TimeoutError):
        apart.submit(asyncio.run, ends()).result()
    left = [one for one in threading.enumerate() if one not in before and one.is_alive()]
    assert answered == [] and left and all(one.daemon for one in left)
    hold.set()


def test_kernels_end_at_once_while_they_can_still_be_told(monkeypatch):
    done = []

    class Told:
        async def shutdown_all(self, now: bool = False) -> None:
            done.append("told" if now else "asked")

    monkeypatch.setattr(Voila, "stop", lambda app: done.append("files removed"))
    app = Casebook()
    app.kernel_manager = Told()
    with ThreadPoolExecutor(1) as apart:
        apart.submit(app.stop).result()
    assert done == ["told", "files removed"]
