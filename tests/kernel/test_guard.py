"""No reply is lost on a notebook with Output widgets, which nbclient answers with a plain send."""

from types import SimpleNamespace

import pytest

from helpers.kernel.guard import LOOK_AGAIN, guard


def _channel(socket):
    sent = []
    return SimpleNamespace(socket=socket, send=sent.append), sent


def test_after_each_send_the_socket_looks_again():
    looked = []
    channel, sent = _channel(SimpleNamespace(**{LOOK_AGAIN: lambda: looked.append(len(sent))}))
    guard(channel).send("a"), channel.send("b")
    assert (sent, looked) == (["a", "b"], [1, 2])


def test_without_the_private_method_a_send_is_a_send():
    channel, sent = _channel(SimpleNamespace())
    guard(channel).send("a")
    assert sent == ["a"]


def test_pyzmq_still_has_what_the_guard_calls():
    from zmq.asyncio import Socket

    assert hasattr(Socket, LOOK_AGAIN)


@pytest.mark.usefixtures("plainly")
def test_hundreds_of_cells_with_output_widgets_never_stall(ran):
    cell = "out = Output()\nwith out: print('here')"
    done = ran("from ipywidgets import Output", *[cell] * 200, cell_timeout=60)
    assert done.error is None
