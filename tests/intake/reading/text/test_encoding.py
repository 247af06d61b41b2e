"""Encodings told by content, on texts as short as a log's few Chinese cells."""

import pytest

from helpers.intake.reading.text.encoding import decoded
from helpers.intake.refusal import Refusal

TEXT = "客户,次数\n王,3\n"
SIMPLIFIED = """姓名 日期 活动 负责人 开始时间 状态 类型 部门 电话 备注 金额 数量 转发 阅读 注册 标题 渠道 提交 审核 补正 退回 合同 发票 王芳 李伟 张敏 刘洋 陈静 杨磊
赵强 黄艳 周杰 徐娟 孙丽 马超 朱婷 郭靖 何洁 罗永浩 郑爽 梁静 谢娜 宋佳 唐嫣 许巍 韩红 邓超 彭于晏 肖战 田亮 北京市朝阳区 上海浦东 已完成 处理中 未开始 初审 终审 归档""".split()
TRADITIONAL = """姓名 日期 活動 負責人 開始時間 狀態 類型 部門 電話 備註 金額 數量 轉發 閱讀 註冊 標題 渠道 提交 審核 補正 退回 合約 發票 王芳 李偉 張敏 劉洋 陳靜 楊磊
趙強 黃豔 周杰 徐娟 孫麗 馬超 朱婷 郭靖 何潔 羅永浩 鄭爽 梁靜 謝娜 宋佳 唐嫣 許巍 韓紅 鄧超 彭于晏 肖戰 田亮 台北市大安區 高雄前鎮 已完成 處理中 未開始 初審 終審 歸檔""".split()
ACCENTED = "Müller Søren José García naïve café Straße Grüße François Zürich São Begründung Übergabe Prüfung Änderung élève reçu señal acción niño Blåbær Ångström Peña Núñez".split()


@pytest.mark.parametrize("codec, found", [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16"), ("utf-16-be", "utf-16-be"), ("utf-32", "utf-32")])
def test_the_same_text_in_any_encoding(codec, found):
    assert decoded(TEXT.encode(codec), "a.csv").text == TEXT.encode() and decoded(TEXT.encode(codec), "a.csv").encoding == found


@pytest.mark.parametrize("words, codec, least", [(SIMPLIFIED, "gbk", 1), (TRADITIONAL, "big5", 0.95), (ACCENTED, "cp1252", 1)])
def test_one_word_is_mostly_enough(words, codec, least):
    hits = [_reads_back(f"no,what\n1,{word}\n", codec) for word in words]
    assert sum(hits) / len(hits) >= least


@pytest.mark.parametrize("words, codec", [(SIMPLIFIED, "gbk"), (TRADITIONAL, "big5"), (ACCENTED, "cp1252")])
def test_three_words_are_enough(words, codec):
    assert all(_reads_back("no,what\n" + "".join(f"{i},{word}\n" for i, word in enumerate(words[at : at + 3])), codec) for at in range(len(words) - 2))


def _reads_back(text: str, codec: str) -> bool:
    return decoded(text.encode(codec), "a.csv").text.decode() == text


def test_a_choice_that_is_a_toss_up_is_said():
    assert "it could be big5 as well: check a few words" in decoded("曹操\n".encode("big5"), "a.csv").notes


@pytest.mark.parametrize("text", ["price\n£5\n", "said\n“hello”\n", "said\nit’s – well\n", "price\n5 €\n", "no\n№ 5 Straße\n".replace("№", "§")])
def test_signs_among_ascii(text):
    assert _reads_back(text, "cp1252")


@pytest.mark.parametrize("words, codec", [("Клиент Время Действие проверка отправлено Москва", "cp1251"), ("Πελάτης Χρόνος Αθήνα έλεγχος", "iso8859-7"), ("顧客 時間 ありがとう カタカナ", "shift_jis")])
def test_other_languages_are_refused_rather_than_garbled(words, codec):
    with pytest.raises(Refusal, match="a.csv.*name its encoding"):
        decoded("\n".join(words.split()).encode(codec) + b"\n", "a.csv")
    assert decoded("\n".join(words.split()).encode(codec), "a.csv", codec).text.decode() == "\n".join(words.split())


def test_letters_far_down_a_file_count():
    text = "no,what\n" + "1,a\n" * 50_000 + "2,负责人\n"
    assert _reads_back(text, "gbk")


def test_a_named_encoding_is_taken_at_its_word():
    assert decoded("Müller\n".encode("latin-1"), "a.csv", "latin-1").text.decode() == "Müller\n"
    with pytest.raises(Refusal, match="a.csv, line 2: a letter here isn't ascii"):
        decoded("a\nü,b\n".encode(), "a.csv", "ascii")
