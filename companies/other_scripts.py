"""Company names in other scripts, brought near enough to Latin letters to be compared. Pure.

Letters are transliterated by anyascii; trade words ("bank", "motor") are translated, for that is what
companies do with them; consonants are what survives of a name between two scripts.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from anyascii import anyascii

_SCRIPTS: Final = (
    (re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"), "abjad"),
    (re.compile("[\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af\u1100-\u11ff]"), "east"),
    (re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), "han"),
)
# What companies do and where, in words that are translated and not spelt out; folded, as names.folded does.
_VOCABULARY: Final = {
    "bank": "банк банка τραπεζα בנק مصرف بنك البنك बैंक ธนาคาร 銀行 银行 은행 บank ბანკი",
    "motor": "自動車 汽车 汽車 자동차 モーター मोटर्स มอเตอร์",
    "electronics": "전자 电子 電子 エレクトロニクス इलेक्ट्रॉनिक्स электроника",
    "electric": "電機 電気 电气 電器 电器 전기 エレクトリック",
    "heavy industry": "重工業 重工 중공업",
    "chemical": "化学 化學 화학 ケミカル 化工 химия",
    "life insurance": "생명보험 生命保険 人寿保险 人壽保險",
    "life": "생명 生命 人寿 人壽",
    "insurance": "保険 保险 保險 보험 화재",
    "securities": "証券 证券 證券 증권",
    "construction": "建設 建设 건설 建築 建筑",
    "steel": "製鉄 製鋼 钢铁 鋼鐵 제철 स्टील 鉄鋼 철강",
    "mobile": "移动 移動通信 移動 모바일 モバイル",
    "telecom": "电信 電信 텔레콤 телеком テレコム टेलीकॉम",
    "communication": "通信 通讯 通訊 통신",
    "unicom": "联通 聯通",
    "technology": "技術 技术 科技 テクノロジー テクノロジーズ 테크놀로지 технологии технолоджис",
    "industry": "工業 工业 산업 産業 产业 इंडस्ट्रीज индустрия",
    "pharmaceutical": "製薬 制药 製藥 제약 药业 薬品 фарма",
    "food": "食品 식품 フーズ",
    "air": "航空 항공 авиалинии एयरलाइंस エアライン",
    "railway": "鉄道 铁路 鐵路 철도",
    "oil": "石油 석유 нефть نفط",
    "gas": "ガス 燃气 가스 газ",
    "power": "電力 电力 전력 पावर",
    "trading": "商事 상사 物産 물산",
    "real estate": "不動産 地产 地產 부동산",
    "china": "中国 中國 중국",
    "japan": "日本 일본",
    "korea": "한국 韓国 대한",
    "taiwan": "台湾 台灣 臺灣",
    "india": "भारत",
    "manufacturing": "製作所 製造 制造 제조",
    "company": "компания شركة شرکت חברת",
    "group": "группа グループ 集团 集團 그룹 مجموعة קבוצת",
    "holding": "холдинг ホールディングス 控股 홀딩스",
}
# Places and families that Japanese and Korean companies are named after, read otherwise than a
# transliteration of the characters would have it.
_READINGS: Final = {
    "tokyo": "東京",
    "osaka": "大阪",
    "kyoto": "京都",
    "kobe": "神戸",
    "hitachi": "日立",
    "kawasaki": "川崎",
    "mitsubishi": "三菱",
    "mitsui": "三井",
    "sumitomo": "住友",
    "toyota": "豊田",
    "honda": "本田",
    "suzuki": "鈴木",
    "matsushita": "松下",
    "ito": "伊藤",
    "fuji": "富士",
    "hyundai": "현대",
}
_LATIN_VOCABULARY: Final = {
    "motors": "motor", "electronic": "electronics", "technologies": "technology", "tech": "technology",
    "industries": "industry", "chemicals": "chemical", "airlines": "air", "airways": "air",
    "pharmaceuticals": "pharmaceutical", "pharma": "pharmaceutical", "foods": "food", "holdings": "holding",
    "communications": "communication", "railways": "railway", "telecommunications": "telecom",
    "nippon": "japan", "korean": "korea", "automotive": "motor", "banka": "bank", "banco": "bank",
}  # fmt: skip
_SAYS_LITTLE: Final = frozenset({"manufacturing", "group", "holding", "technology", "company", "the", "of"})

_TRANSLATED: Final = {word: plain for plain, words in _VOCABULARY.items() for word in words.split()}
_READ: Final = {written: read for read, written in _READINGS.items()}
_TRADES: Final = frozenset(word for plain in _VOCABULARY for word in plain.split())
_SPACELESS: Final = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
_SPLIT_WORDS: Final = re.compile(
    "|".join(sorted((w for w in _TRANSLATED | _READ if _SPACELESS.search(w)), key=len, reverse=True))
)
_WEAK_LETTERS: Final = str.maketrans(
    dict.fromkeys("וייאעאاويىءأإآةؤئـ") | {"ッ": None, "っ": None, "ー": None, "ं": "न्"}
)


def script_of(text: str) -> str:
    """ "latin", "abjad", "east" (kana, hangul), "han" or "alphabet" (any other)."""
    if text.isascii():
        return "latin"
    for pattern, script in _SCRIPTS:
        if pattern.search(text):
            return script
    letters = (c for c in text if c.isalpha() and not c.isascii())
    return "latin" if all("LATIN" in unicodedata.name(c, "") for c in letters) else "alphabet"


def romanised(words: Iterable[str]) -> tuple[frozenset[str], str]:
    """The trade words, translated, and the rest in plain Latin letters without spaces."""
    trades: set[str] = set()
    rest: list[str] = []
    for word in words:
        for piece in _pieces(word):
            known = _TRANSLATED.get(piece) or (_LATIN_VOCABULARY.get(piece, piece) if piece.isascii() else "")
            if known and all(part in _TRADES for part in known.split()):
                trades.update(known.split())
            else:
                rest.append(_READ.get(piece) or romanised_word(piece))
    return frozenset(trades - _SAYS_LITTLE), "".join(rest)


def _pieces(word: str) -> Iterator[str]:
    """A word of a script without spaces, cut at the trade words in it."""
    if script_of(word) not in ("east", "han"):
        yield word
        return
    end = 0
    for match in _SPLIT_WORDS.finditer(word):
        if match.start() > end:
            yield word[end : match.start()]
        yield match[0]
        end = match.end()
    if end < len(word):
        yield word[end:]


def _hangul_stops() -> re.Pattern[str]:
    """Syllables ending in a letter that is spoken as t (s, ss, j, ch, t, h), but not before a vowel."""
    syllables = range(0xAC00, 0xD7A4)
    stopped = "".join(chr(c) for c in syllables if (c - 0xAC00) % 28 in (19, 20, 22, 23, 25, 27))
    vowel_first = "".join(chr(c) for c in syllables if (c - 0xAC00) // 588 == 11)
    return re.compile(f"[{stopped}](?![{vowel_first}])")


_HANGUL_STOPS: Final = _hangul_stops()


def romanised_word(word: str) -> str:
    """A word of any script in the letters a to z and digits; "" when nothing of it can be spelt out."""
    spoken = _HANGUL_STOPS.sub(lambda m: chr(ord(m[0]) - (ord(m[0]) - 0xAC00) % 28 + 7), word)
    latin = re.sub("[^a-z0-9]", "", anyascii(spoken.translate(_WEAK_LETTERS)).lower())
    if re.search("[\uac00-\ud7af]", word):
        # Hangul spells an English "-er" with its open o, and any two consonants with a silent eu between.
        latin = re.sub("eo$", "er", latin).replace("eu", "")
    return latin


_SOUNDS: Final = (
    (re.compile("sch|sh|ts|tz|cz"), "s"),
    (re.compile("dg(?=e)"), "j"),
    (re.compile("ph"), "f"),
    (re.compile("ck|kh|q"), "k"),
    (re.compile("c(?=[eiy])"), "s"),
    (re.compile("c(?!h)"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("zh|dj|dzh"), "j"),
    (re.compile("th"), "t"),
    (re.compile("[fw]"), "v"),
    (re.compile("z"), "s"),
)
# Sounds that kana and hangul write alike, or that Latin spellings of them mix up.
EASTERN: Final = str.maketrans("lvtkm", "rbdgn")


@lru_cache(maxsize=65_536)
def skeleton(latin: str, script: str) -> str:
    """The consonants that survive writing a name in another script (as ``script_of`` calls it) and back."""
    for sound, letter in _SOUNDS:
        latin = sound.sub(letter, latin)
    latin = latin.replace("v", "b").replace("p", "b")
    if script == "east":
        latin = latin.translate(EASTERN)
    silent = "[aeiouy]" if script == "abjad" else "[aeiouy]|(?<=.)h"
    latin = re.sub(silent, "", latin)
    return re.sub(r"(.)\1+", r"\1", latin)


_HEARD: Final = tuple(pair.split() for pair in ("ph f", "sch sh", "tch ch", "ck k", "qu kw", "x ks", "z s"))


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """Written as heard: ph is f, ck is k, x is ks, h after a vowel is mute, a letter is never double."""
    for letters, heard in _HEARD:
        text = text.replace(letters, heard)
    text = re.sub("c(?=[eiy])", "s", text)
    text = re.sub("c(?!h)", "k", text)
    text = re.sub("(?<=[aeiou])h(?=[bcdfgklmnprstvz])", "", text)
    return re.sub(r"([^ ])\1+", r"\1", text)
