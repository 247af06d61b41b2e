"""Columns that hold personal values, told by what their cells look like and what they are called."""

import re
from dataclasses import dataclass

import pandas as pd

SAMPLE, FEWEST_NAMES = 2000, 8  # fewer different values than that are hardly a list of people
MOST = 0.6  # of the filled cells must look so
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
MOBILE = re.compile(r"^(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$")
PHONE = re.compile(r"^(?:\+\d{1,3}[- ]?)?(?:\(0?\d{2,4}\)|0\d{2,3})[- ]?\d{7,8}$|^\+\d{1,3}[- ]?\d{6,14}$")
NATIONAL_ID = re.compile(r"^[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
CHINESE_NAME = re.compile(rf"^(?:[{SURNAMES}]|欧阳|司马|上官|诸葛)[\u4e00-\u9fff]{{1,2}}$")
ENGLISH_NAME = re.compile(r"^[A-Z][a-z]+(?: [A-Z]\.?)?(?: [A-Z][a-z'-]+){1,2}$")
NAME_WORDS = re.compile(r"(?:^|[\W_])(?:(?:first|last|full|real|user|client|customer|contact|staff|clerk)[\W_]?name|nickname|surname)(?:$|[\W_])|姓名|名字|昵称|联系人|真实姓名", re.IGNORECASE)
CALLED = {
    "a phone number": re.compile(r"phone|mobile|tel(?:$|[\W_])|手机|电话|联系方式", re.IGNORECASE),
    "an e-mail address": re.compile(r"e[\W_]?mail|邮箱|邮件地址", re.IGNORECASE),
    "a national id": re.compile(r"身份证|national[\W_]?id|id[\W_]?card|passport|护照", re.IGNORECASE),
    "a name": NAME_WORDS,
    "an address": re.compile(r"(?:home|street|postal)[\W_]?address|住址|家庭地址|联系地址|通讯地址", re.IGNORECASE),
}


@dataclass(frozen=True)
class Personal:
    """A column that seems to hold personal values. column: its name; kind: what they seem to be; by: "contents" or "name"."""

    column: str
    kind: str
    by: str


def personal_columns(frame: pd.DataFrame) -> tuple[Personal, ...]:
    """The columns of a text table that look like names, phones, e-mail addresses, national ids or addresses, or are called so."""
    found = ((str(column), kind_of(frame[column], str(column))) for column in frame.columns)
    return tuple(Personal(column, *kind) for column, kind in found if kind)


def kind_of(cells: pd.Series, name: str = "") -> tuple[str, str] | None:
    """What the cells of a column seem to be, and by what it shows; None where they are nothing personal."""
    sample = cells.dropna().drop_duplicates().head(SAMPLE).astype(str).str.strip()
    for kind, looks in TESTS.items():
        if len(sample) >= (FEWEST_NAMES if kind == "a name" else 1) and sum(map(looks, sample)) >= MOST * len(sample):
            return kind, "contents"
    called = next((kind for kind, words in CALLED.items() if words.search(name)), None)
    return (called, "name") if called and len(sample) else None


def is_national_id(text: str) -> bool:
    """Whether a text is a Chinese citizen number: 18 signs of which 7 to 14 are a date and the last one checks the others (GB 11643)."""
    if not NATIONAL_ID.match(text):
        return False
    return CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text)) % 11] == text[17].upper()


TESTS = {
    "an e-mail address": lambda text: bool(EMAIL.match(text)),
    "a national id": is_national_id,
    "a phone number": lambda text: bool(MOBILE.match(text) or PHONE.match(text)),
    "a name": lambda text: bool(CHINESE_NAME.match(text) or ENGLISH_NAME.match(text)),
}
