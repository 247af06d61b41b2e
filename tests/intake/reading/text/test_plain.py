"""Which text tables are so plain that every reader cuts them alike."""

import pytest

from helpers.intake.reading.text.plain import plain_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        (b"a,b\n1,2\n", (2, 4)),
        (b"a,b\n1,2", (2, 4)),
        (b"a,b\n1,2,\n", (2, 5)),
        (b"a,b\r\n1,2\r\n", (2, 4)),
        (b'"a","b"\n"1,1",""\n', (2, 4)),
        ("王,é\n1,2\n".encode(), (2, 4)),
        (b'a,b\n"1\n1",2\n', None),
        (b'a,b\n"1""1",2\n', None),
        (b'a,b\n1"1,2\n', None),
        (b'a,b\n"1"1,2\n', None),
        (b'a,b\n "1",2\n', None),
        (b'a,b\n"1" ,2\n', None),
        (b'a,b\n"1,2\n', None),
        (b"a,b\n\n1,2\n", None),
        (b"\na,b\n1,2\n", None),
        (b"a,b\r\n\r\n1,2\r\n", None),
        (b"a,b\r\n1,2\n", None),
        (b"a,b\r1,2\r", None),
        (b"a,b\n1\r,2\n", None),
        (b"a,b\n1,\x002\n", None),
        (b"a,b\n\xef\xbb\xbf1,2\n", None),
    ],
)
def test_a_plain_text_has_its_lines_and_cells_counted(text, size):
    assert plain_size([text], b",") == size


def test_pieces_are_one_text():
    assert plain_size([b"a,b\n", b"1,2\n3,4"], b",") == (3, 6)
    assert plain_size([b"a,b\n", b"1,2\r\n"], b",") is None
    assert plain_size([b"a,b\n", b"\n1,2\n"], b",") is None


def test_other_delimiters_are_left_to_our_own_reader():
    assert plain_size([b"a;b\n1;2\n"], b";") == (2, 4) and plain_size([b"a b\n1 2\n"], b" ") is None and plain_size([b"a::b\n"], b"::") is None
