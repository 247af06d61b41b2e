"""Personal columns: told by contents and by name, ids and topics left alone."""

import pandas as pd
import pytest

from helpers.intake.privacy.guard import guarded, personal_of
from helpers.intake.privacy.personal import is_national_id, kind_of, personal_columns
from helpers.intake.privacy.pseudonyms import Pseudonyms

CITIZENS = ["11010519491231002X", "440524188001010014"]  # the standard's own examples


def _column(*cells):
    return pd.Series(cells, dtype="str")


def test_citizen_numbers_by_their_check_digit():
    assert all(map(is_national_id, CITIZENS))
    assert not is_national_id("110105194912310021") and not is_national_id("11010519491331002X") and not is_national_id("110105194912310")


@pytest.mark.parametrize(("cells", "name", "found"), [
    (["li@firm.cn", "wang.wu@mail.example.com", None], "contact", ("an e-mail address", "contents")),
    (["13800138000", "+86 139 1234 5678", "138-0013-8001"], "x", ("a phone number", "contents")),
    (["010-87654321", "(021)61234567"], "x", ("a phone number", "contents")),
    (CITIZENS, "x", ("a national id", "contents")),
    (["张伟", "王芳", "李娜", "刘洋", "欧阳娜娜", "陈静", "杨帆", "赵磊", "黄小明"], "x", ("a name", "contents")),
    (["Anna Smith", "Bob R. Jones", "Carla O'Neil", "Dan Black", "Eve White", "Fay Green", "Gus Brown", "Hal Gray"], "x", ("a name", "contents")),
    (["A", "B"], "客户姓名", ("a name", "name")),
    (["x", "y"], "手机号", ("a phone number", "name")),
    (["c00001", "c00002"], "user_id", None), (["007", "12"], "case", None), (["金融", "保险", "汽车"], "topic", None),
    (["1774937100", "1774937200"], "ts", None), (["Lease Contract", "Tax Certificate"], "document", None), ([None, None], "email", None),
    (["read", "forward"], "event name", None), (["12345678901", "22345678901"], "order", None),
])  # fmt: skip
def test_kinds(cells, name, found):
    assert kind_of(_column(*cells), name) == found


FRAME = pd.DataFrame({"person": ["13800138000", "13900139000"], "event": ["read", "read"], "topic": ["a@b.cn", "c@d.cn"], "电话": ["13800138000", "13900139000"], "备注": ["x", "y"]}, dtype="str")


def test_unmapped_ones_are_left_out_and_mapped_ones_veiled():
    shown, notes = guarded(FRAME, ("person", "salesperson"), ("event", "topic", "article"), Pseudonyms(b"k" * 32))
    assert list(shown.columns) == ["person", "event", "topic", "备注"] and not shown.isin(["13800138000", "a@b.cn"]).any().any()
    assert notes == ("pseudonyms in person, topic", "left out, since 1 column seems personal: '电话' (a phone number by its contents)")


def test_told_otherwise_everything_stays_and_it_is_said():
    shown, notes = guarded(FRAME, ("person",), ("event",), None)
    assert shown is FRAME and "as they are" in notes[0]


def test_short_lists_of_words_are_no_names():
    documents = pd.DataFrame({"document": ["Lease Contract", "Tax Certificate", "Bank Statement", "Power Attorney", "Business Licence", "Land Title", "Birth Certificate", "Annual Report"]}, dtype="str")
    assert personal_of(documents, ["document"]) == () and personal_columns(documents) != ()
