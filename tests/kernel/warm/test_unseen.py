"""Widgets in a run that nobody watches: they work in the kernel, the notebook is the same, and their messages aren't sent."""

import pytest

from helpers.kernel.client import Client

SLIDER = "import ipywidgets as w\nslider = w.IntSlider(3)\nseen = []\nslider.observe(lambda change: seen.append(change.new), 'value')\nslider.value = 5\nseen, slider.value"
SHOWN = "from IPython.display import display\ndisplay(w.VBox([slider, w.HTML('<p>a</p>')]))"
CAUGHT = "out = w.Output()\nwith out:\n    print('caught')\nprint('free')"


@pytest.fixture
def heard(monkeypatch):
    """The kinds of messages that come from the kernel."""
    kinds, told = [], Client.process_message

    def process_message(self, message, cell, index):
        kinds.append(message["msg_type"])
        return told(self, message, cell, index)

    monkeypatch.setattr(Client, "process_message", process_message)
    return kinds


def _outputs(done):
    """The outputs of all cells, without widgets' names, which differ from run to run."""
    return [[_nameless(output) for output in cell.outputs] for cell in done.notebook.cells[1:]]


def _nameless(output):
    data = {kind: content | {"model_id": ""} if "widget" in kind else content for kind, content in output.get("data", {}).items()}
    return output.output_type, data, output.get("text")


def test_widgets_work_and_are_not_sent(warm, ran, heard, monkeypatch):
    ours = ran(SLIDER, SHOWN)
    assert ours.error is None and "([5], 5)" in str(ours.notebook.cells[1].outputs) and not {"comm_open", "comm_msg"} & set(heard)
    monkeypatch.setenv("CASEBOOK_KERNELS", "plain")
    assert _outputs(ours) == _outputs(ran(SLIDER, SHOWN)) and "comm_open" in heard


def test_what_an_output_widget_catches_stays_with_it(warm, ran, monkeypatch):
    ours = ran("import ipywidgets as w", CAUGHT)
    monkeypatch.setenv("CASEBOOK_KERNELS", "plain")
    plain = ran("import ipywidgets as w", CAUGHT)
    assert _outputs(ours) == _outputs(plain) and "caught" not in str(ours.notebook.cells[2].outputs)
