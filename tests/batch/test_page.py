"""The page of a run: what the notebook shows, whole, without code, and with the pictures that its prose brings along."""

from nbformat import v4

from helpers.batch.page import page

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def notebook():
    outputs = [v4.new_output("display_data", {"text/html": "<p>shown</p>"}), v4.new_output("stream", name="stdout", text="<b>said</b>")]
    cells = [
        v4.new_markdown_cell("# Why\n\nIt is *true* that 1 < 2.\n\n![a dot](attachment:dot.png)", attachments={"dot.png": {"image/png": DOT}}),
        v4.new_markdown_cell("![a dot](attachment:dot.png)", attachments={"dot.png": {"image/png": DOT[::-1]}}),
        v4.new_code_cell("secret_code()", outputs=outputs),
    ]
    return v4.new_notebook(cells=cells)


def test_prose_and_outputs_are_there_and_code_is_not():
    html = page(notebook(), title="a & b")
    assert "<em>true</em>" in html and "<p>shown</p>" in html and "&lt;b&gt;said" in html and "<title>a &amp; b</title>" in html and 'id="Why"' in html
    assert "secret_code" not in html


def test_the_same_prose_with_other_pictures_is_another_prose():
    html = page(notebook(), title="")
    assert DOT in html and DOT[::-1] in html


def test_a_page_is_the_same_every_time():
    given = notebook()
    assert page(given, title="x") == page(given, title="x")
