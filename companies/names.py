"""Company names: what makes two of them the same, and what only makes them look alike. Pure.

Three keys, from strict to loose: ``exact_key`` (unique per owner), ``folded`` (what a search compares) and
``loose_key`` (without the legal form). Only the first decides anything; ``Proposer`` asks the user.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import OSA, Indel

SAME: Final = "same name"
LEGAL_FORM: Final = "legal form"
SPELLING: Final = "spelling"
TYPO: Final = "typo"
OTHER_SCRIPT: Final = "other script"
INITIALS: Final = "initials"

# Legal forms by the country that they are registered in. "*" are words that companies of any country use in
# their English names, EU is the Societas Europaea. Written as people write them; compared without case,
# accents, dots and spaces. From the registers' own names and the terms of the cleanco package (MIT).
_LEGAL_FORMS: Final = {
    "*": "company|co|co.|corporation|corp|& co|and company|& company|co., ltd|co ltd|company limited|"
    "& cie|et cie|cie|co. limited|compania|unlimited|cooperative|co-op|coop",
    "US CA PH TW KR JP": "inc|incorporated|co., inc",
    "US": "lp|limited partnership|lllp|pllc|pbc|pc|llc|l.l.c|llp",
    "CA": "ltee|limitee|inc|ulc|lp|enr",
    "RU UA BY KZ UZ GE AM AZ KG MD AE OM QA SA EG KW BH JO IR MN US": "llc|limited liability company",
    "RU": "ooo|oao|zao|pao|npao|ao|ип|ооо|оао|зао|пао|нпао|ао|нко|фгуп|pjsc|cjsc|ojsc|jsc",
    "UA": "tov|tzov|prat|pat|at|fop|тов|прат|пат|ат|тзов|вat|дп|pjsc|prjsc",
    "BY KZ KG UZ": "too|тоо|одо|чуп|жшс|чп|mchj|xk|aj|qk|jsc|cjsc|зат|aat|zat",
    "AE OM QA SA EG KW BH JO": "fze|fz-llc|fzco|fzc|pjsc|psc|wll|saog|saoc|sae|qpsc|qsc|ksc|kscp|bsc|"
    "dmcc|ش.م.م|ش.م.ع|ش.م.ب|ش.م.ك|ش.ذ.م.م|ذ.م.م",
    "GB IE": "ltd|limited|plc|public limited company|llp|cic|cio|clg|dac|uc|teo|teoranta|cpt|lbg|cyf|ccc",
    "GB IE NG KE LK ET MT CY HU FI BG GI": "plc|p.l.c",
    "IN PK BD LK NP": "pvt ltd|pvt. ltd|private limited|pvt|pvt limited|private ltd|limited|ltd|llp|psu|(p) ltd",
    "AU NZ ZA NA BW": "pty ltd|pty|pty limited|proprietary limited|pty. ltd|limited|ltd|nl|npc|rf|soc ltd|soc|"
    "sa soc ltd|(pty) ltd|cc",
    "SG MY BN": "pte ltd|pte|pte. limited|private limited|sdn bhd|sdn|bhd|berhad|sendirian berhad|ltd|limited|llp",
    "HK CN TW JP KR IL CH NG KE GH TH TZ UG ZW MU TR VN RU CA BM KY GG JE CY MT BD PK SA AE LI": "ltd|limited",
    "DE": "gmbh|mbh|g.m.b.h|ag|kg|ohg|ug|ug (haftungsbeschränkt)|gbr|kgaa|gmbh & co. kg|gmbh & co kgaa|"
    "ag & co. kgaa|ag & co. kg|se & co. kgaa|se & co. kg|mbh & co. kg|& co. kg|& co. kgaa|& co kg|ev|e.v|eg|"
    "e.g|e.k|ek|ggmbh|partg|partg mbb|partgmbb|vvag|aktiengesellschaft|gmbh & co ohg|"
    "gesellschaft mit beschränkter haftung|stiftung & co. kg|kommanditgesellschaft|ug & co kg",
    "AT": "gmbh|g.m.b.h|ges.m.b.h|gesmbh|ag|kg|og|eu|e.u|gmbh & co kg|aktiengesellschaft|flexkapg|reg.gen.m.b.h",
    "CH LI": "ag|sa|sarl|gmbh|sagl|s.à r.l|klg|kmg|genossenschaft|aktiengesellschaft|anstalt|kig",
    "FR": "sa|sas|sasu|sarl|s.à r.l|s.a.r.l|eurl|sca|snc|sci|scop|gie|sem|scs|ei|s.a.s|sc|scic|selarl|"
    "société anonyme|societe par actions simplifiee|s.à.r.l|sacs|sa à directoire",
    "BE": "sa|nv|bv|bvba|sprl|srl|cvba|scrl|cv|vof|vzw|asbl|comm.v|nv/sa|sa/nv|scs|snc|sca",
    "NL": "nv|bv|cv|vof|ua|coöperatie|naamloze vennootschap|besloten vennootschap|b.v. i.o|cooperatie u.a",
    "LU": "sa|sarl|s.à r.l|s.à.r.l|sca|scsp|scs|secs|se|soparfi|sicav|sif|raif",
    "EU": "se|societas europaea|sce|eeig",
    "IT": "spa|srl|srls|sapa|snc|sas|scarl|scrl|sc|società per azioni|soc. coop|scpa|s.c.p.a|s.r.l. unipersonale|"
    "scpl|onlus|società cooperativa",
    "ES": "sa|sl|slu|sau|sll|scoop|s.coop|sad|slne|sal|sccl|slp|sociedad anónima|sociedad limitada|sme sa|s.a.d|"
    "sme|sc|aie|sociedad anonima unipersonal",
    "PT": "sa|lda|limitada|unipessoal lda|sgps|sgps sa|s.g.p.s. s.a|sad|crl|sociedade anónima",
    "BR": "sa|s/a|ltda|limitada|ltda me|eireli|me|epp|slu|cia|sa me",
    "MX": "sa|sab|sa de cv|sab de cv|sapi|sapi de cv|sapib de cv|s de rl|s de rl de cv|sc|ac|sas de cv|sofom|"
    "s.n.c|sociedad anonima de capital variable|sapib",
    "AR CL PE CO EC UY PY BO VE CR PA GT DO HN SV NI HT": "sa|srl|sas|saa|sac|saci|saic|saicf|eirl|spa|ltda|"
    "limitada|sau|scpa|sgr|cxa|ca|esp|sa esp|s.a. e.s.p|sapi|scs|s en c|bic|sa bic|sacifia|cpor a|scc",
    "SE": "ab|aktiebolag|aktiebolaget|ab (publ)|publ|hb|kb|handelsbolag|kommanditbolag|ek. för|telefonab",
    "FI": "oy|oyj|ab|oy ab|oyj abp|abp|ky|ay|tmi|t:mi|osakeyhtiö|julkinen osakeyhtiö|osk",
    "DK": "a/s|aps|i/s|k/s|p/s|p/f|amba|a.m.b.a|fmba|smba|ivs|aktieselskab|aktieselskabet|anpartsselskab|fonden",
    "NO": "as|asa|ans|da|ks|nuf|sa|ba|bl|aksjeselskap|allmennaksjeselskap|kf|iks|rhf|hf|sf|enk",
    "IS": "ehf|hf|ohf|ses|slf|svf|bs",
    "EE LV LT": "as|oü|ou|osaühing|aktsiaselts|sia|ik|uab|ab|mb|všį|vsi|fie|tü|uü|a/s|ij|kub|tub|iu",
    "PL": "sp. z o.o|sp z oo|spółka z o.o|spółka z ograniczoną odpowiedzialnością|spolka akcyjna|sa|spka|sp.k|"
    "sp.j|sp.p|s.k.a|ska|sc|sp. z o.o. sp.k|sp. z o.o. s.k|psa|p.s.a|sp. z o. o|spółka akcyjna|sk|sj",
    "CZ SK": "s.r.o|spol. s r.o|a.s|as|v.o.s|k.s|akciová společnost|akciová spoločnosť|společnost s ručením omezeným|"
    "z.s|s.p|o.z|spol. s.r.o|akc. spol",
    "HU": "kft|zrt|nyrt|bt|rt|kkt|kht|korlátolt felelősségű társaság|nonprofit kft|zártkörűen működő rt|ev|kv",
    "RO MD": "srl|sa|snc|scs|pfa|srl-d|ra|ii|sca",
    "BG": "ad|ead|ood|eood|адсиц|ад|еад|оод|еоод|adsitz|adsic|et|kd|kda|ет",
    "RS BA HR SI ME MK XK": "doo|d.o.o|dd|d.d|ad|a.d|jdoo|j.d.o.o|dno|kd|doel|dooel|дoo|доо|ад|дооел|jp|ortaklar|"
    "obrt|sp|odd|k.d|jtd|zoo|so.p",
    "AL": "sha|sh.a|shpk|sh.p.k",
    "GR CY": "ae|a.e|epe|ike|oe|ee|abee|aebe|sa|μονοπρόσωπη ικε|α.ε|αε|επε|ικε|οε|εε|αβεε|αεβε|ανώνυμη εταιρεία|"
    "αεε|mike|α.ε.β.ε|μεπε",
    "TR": "as|a.ş|anonim şirketi|ltd. şti|ltd sti|limited şirketi|san. tic. ltd. şti|san. ve tic. a.ş|t.a.ş|tas|aş|"
    "a.o|ao|t.a.o|san. ve tic. ltd. şti|sanayi ve ticaret as|sti|san tic as",
    "IL": "בע\"מ|בעמ|bm|b.m|חל\"צ|ltd",
    "JP": "kk|k.k|kabushiki kaisha|kabushiki gaisha|gk|g.k|godo kaisha|yk|y.k|yugen kaisha|"
    "株式会社|有限会社|合同会社|合資会社|合名会社|株|有|一般社団法人|株式會社",
    "KR": "주식회사|유한회사|유한책임회사|주|유|chusik hoesa|jusik hoesa",
    "CN TW HK MO SG MY": "有限公司|股份有限公司|有限责任公司|有限責任公司|股份公司|公司|股份|(集团)股份有限公司",
    "ID": "pt|tbk|persero|(persero) tbk|cv|ud|fa|perum|pt tbk",
    "TH": "pcl|public company limited|public co ltd|จำกัด|มหาชน|จำกัด (มหาชน)|บริษัท|บมจ|หจก",
    "VN": "tnhh|công ty tnhh|công ty cổ phần|ctcp|jsc|cong ty|mtv|tnhh mtv|công ty",
    "IN": "लिमिटेड|प्राइवेट लिमिटेड|प्रा लि|लि",
    "IR AF": "pjs|شرکت|سهامی عام",
    "EG SA JO MA TN DZ": "sarl|sa|suarl|spa|شركة|eurl|sarl au|snc",
    "NG GH": "gte|plc|rc|ltd/gte",
}
_EU: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL NO PL PT RO SE SI SK LI IS EU".split()
)
# Forms that stand before the name. Short ones that also begin ordinary names ("SC Johnson") need their partner
# at the end, so they are not here.
_FRONT_FORMS: Final = (
    "pt|cv|ooo|oao|zao|pao|ao|too|tov|prat|pat|uab|sia|ab|as|oü|ооо|оао|зао|пао|нпао|ао|тов|прат|пат|ат|тоо|ип|ад|"
    "株式会社|有限会社|合同会社|株|有|株式會社|주식회사|유한회사|주|유|บริษัท|شركة|شرکت|công ty tnhh|"
    "công ty cổ phần|ctcp|jsc|pjsc|ojsc|cjsc|kk|a/s|oy|aktiebolaget|gmbh|sociedad anónima|cia|compania|"
    "aktieselskabet|pt tbk|tnhh|koninklijke nv"
)
# Written without a space before or after the name.
_GLUED: Final = (
    "股份有限公司|有限责任公司|有限責任公司|股份公司|有限公司|公司|株式会社|有限会社|合同会社|合資会社|株式會社|주식회사|"
    "유한회사|จำกัดมหาชน|จำกัด|บริษัท"
).split("|")
_GROUP_WORDS: Final = frozenset(
    "group groupe gruppe grupo gruppo groep gruppen grupa holding holdings группа холдинг "
    "集团 集團 グループ ホールディングス 그룹 홀딩스".split()
)
_DOMAINS: Final = frozenset("com io ai net org app dev".split())
_AND: Final = {"und": "and", "et": "and", "og": "and", "och": "and", "&": "and"}

# Letters that no decomposition takes apart.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t"}
    | {"ŋ": "n", "ĸ": "k", "ſ": "s", "ƒ": "f", "ə": "e", "ß": "ss", "ς": "σ"}
    | dict.fromkeys("’ʼ‘`´′ʹ＇", "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_EXPANDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_MARKS_OF_TRADE: Final = str.maketrans(dict.fromkeys("®™©℠℗"))
_ACCENTS: Final = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u0591-\u05c7\u064b-\u065f\u0670]")
_IGNORABLE: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


# Keys


def exact_key(name: str) -> str:
    """What is unique per owner: NFKC, case folded, spaces folded, invisible characters gone.

    Unicode's NFKC_Casefold (Standard, section 3.13) and one space for any run of them. Idempotent. May be
    longer than the name: NFKC writes some single signs out as many letters.
    """
    key = name
    for _ in range(4):
        before = key
        key = unicodedata.normalize("NFKC", _IGNORABLE.sub("", key)).casefold()
        key = " ".join(unicodedata.normalize("NFKC", key).split())
        if key == before:
            break
    return key


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Search text: as ``exact_key``, and without accents ("Żabka" finds "zabka"), one kind of hyphen and
    apostrophe. Other scripts keep their letters; Indic vowel signs and kana voicing are no accents."""
    plain = exact_key(text).translate(_PLAIN)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", plain))
    return " ".join(unicodedata.normalize("NFC", bare).translate(_PLAIN).split())


@lru_cache(maxsize=65_536)
def loose_key(name: str) -> str:
    """The name without accents, punctuation, a leading "the" and its legal form: it proposes, never decides.

    A name that is nothing but a legal form keeps it ("Corp" gives "corp", "BT" gives "bt"). "" only for a
    name without a letter or digit.
    """
    return " ".join(_base(_words(name))[0])


def _words(name: str) -> list[str]:
    """Words of letters, marks and digits; "&" and "+" are "and", dotted initials one word (S.p.A.: spa)."""
    text = folded(name.translate(_MARKS_OF_TRADE))
    text = re.sub(r"(?<![^\W_])((?:[^\W\d_]\.){1,}[^\W\d_])(?![^\W_])", lambda m: m[1].replace(".", ""), text)
    text = re.sub(r"(?<=\w)['\"״׳](?=\w)", "", text).replace("&", " and ").replace("+", " and ")
    spaced = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    return [_AND.get(word, word) for word in spaced.split()]


def _compact(form: str) -> str:
    return "".join(_words(form))


def _collect_forms() -> dict[str, frozenset[str] | None]:
    countries: dict[str, set[str]] = defaultdict(set)
    for where, forms in _LEGAL_FORMS.items():
        for form in forms.split("|"):
            countries[_compact(form)].update(where.split())
    return {
        form: None if "*" in where else frozenset(where | _EU if "EU" in where else where)
        for form, where in countries.items()
        if form
    }


# Compact form -> the countries that it may come from; None is anywhere.
_FORMS: Final = _collect_forms()
_FRONTS: Final = frozenset(_compact(form) for form in _FRONT_FORMS.split("|"))
_LONGEST_FORM: Final = 7


def _base(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without legal forms, and the compact forms that were taken off."""
    base, forms = list(words), []
    if len(base) > 1 and base[0] == "the":
        del base[0]
    found = True
    while found:
        found = False
        for size in range(min(_LONGEST_FORM, len(base) - 1), 0, -1):
            if (form := "".join(base[-size:])) in _FORMS and base[:-size] != ["and"]:
                del base[-size:]
                forms.append(form)
                found = True
                break
    while base[1:] and base[-1] == "and":
        base.pop()
    for size in range(min(_LONGEST_FORM, len(base) - 1), 0, -1):
        if (form := "".join(base[:size])) in _FRONTS:
            del base[:size]
            forms.append(form)
            break
    if base and not base[-1].isascii():
        for glued in _GLUED:
            if base[-1].endswith(glued) and base[-1] != glued:
                base[-1] = base[-1].removesuffix(glued)
                forms.append(glued)
                break
            if base[0].startswith(glued) and base[0] != glued:
                base[0] = base[0].removeprefix(glued)
                forms.append(glued)
                break
    return base, forms


def _countries(forms: Iterable[str]) -> frozenset[str] | None:
    """Where a company with these forms can be registered; None when they do not tell."""
    told: frozenset[str] | None = None
    for form in forms:
        where = _FORMS.get(form)
        if where is not None:
            told = where if told is None or not told & where else told & where
    return told


# Other scripts

_SCRIPTS: Final = (
    (re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]"), "abjad"),
    (re.compile("[\u3040-\u30ff\u31f0-\u31ff\uac00-\ud7af\u1100-\u11ff]"), "east"),
    (re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), "han"),
)
# What companies do and where, in words that are translated and not spelt out; and names that Japanese reads
# otherwise than the Chinese reading a transliteration gives. Words of many companies, no company's own name.
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
    "tokyo": "東京",
    "osaka": "大阪",
    "kyoto": "京都",
    "kobe": "神戸",
    "hitachi": "日立",
    "kawasaki": "川崎",
    "mitsubishi": "三菱",
    "mitsui": "三井",
    "sumitomo": "住友",
    "toyota": "豊田 トヨタ",
    "honda": "本田",
    "suzuki": "鈴木",
    "matsushita": "松下",
    "ito": "伊藤",
    "fuji": "富士",
    "hyundai": "현대",
    "company": "компания شركة شرکت הברת",
    "group": "группа グループ 集团 集團 그룹 مجموعة קבוצת",
    "holding": "холдинг ホールディングス 控股 홀딩스",
}
_LATIN_VOCABULARY: Final = {
    "motors": "motor", "electronic": "electronics", "technologies": "technology", "tech": "technology",
    "industries": "industry", "chemicals": "chemical", "airlines": "air", "airways": "air",
    "pharmaceuticals": "pharmaceutical", "pharma": "pharmaceutical", "foods": "food", "holdings": "holding",
    "communications": "communication", "railways": "railway", "telecommunications": "telecom",
    "nippon": "japan", "korean": "korea", "automotive": "motor", "banka": "bank", "banco": "bank",
}  # fmt: skip
_SAYS_LITTLE: Final = frozenset({"group", "holding", "technology", "company", "the", "of"})


def _collect_vocabulary() -> dict[str, str]:
    return {folded(word): plain for plain, words in _VOCABULARY.items() for word in words.split()}


_TRANSLATED: Final = _collect_vocabulary()
_TRADES: Final = frozenset(word for plain in _VOCABULARY for word in plain.split())
_SPLIT_WORDS: Final = re.compile(
    "|".join(sorted((w for w in _TRANSLATED if re.search("[\u3040-\u9fff\uac00-\ud7af]", w)), key=len, reverse=True))
)
_WEAK_LETTERS: Final = str.maketrans(
    dict.fromkeys("וייאעאاويىءأإآةؤئـ") | {"ッ": None, "っ": None, "ー": None, "ं": "न्", "ക": "ക"}
)


def _script(text: str) -> str:
    """ "latin", "abjad", "east" (kana, hangul), "han" or "alphabet" (any other)."""
    if text.isascii():
        return "latin"
    for pattern, script in _SCRIPTS:
        if pattern.search(text):
            return script
    return "latin" if all(c.isascii() or "LATIN" in unicodedata.name(c, "") for c in text if c.isalpha()) else "alphabet"


def _romanised(words: Iterable[str]) -> tuple[frozenset[str], str]:
    """The trade words, translated, and the rest in plain Latin letters without spaces."""
    trades: set[str] = set()
    rest: list[str] = []
    for word in words:
        for piece in _pieces(word):
            known = _TRANSLATED.get(piece) or (_LATIN_VOCABULARY.get(piece, piece) if piece.isascii() else "")
            if known and all(part in _TRADES for part in known.split()):
                trades.update(known.split())
            else:
                rest.append(_romanised_word(piece))
    return frozenset(trades - _SAYS_LITTLE), "".join(rest)


def _pieces(word: str) -> Iterator[str]:
    """A word of a script without spaces, cut at the trade words in it."""
    if word.isascii() or not _SCRIPTS[1][0].search(word) and not _SCRIPTS[2][0].search(word):
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


def _romanised_word(word: str) -> str:
    latin = re.sub("[^a-z0-9]", "", anyascii(word.translate(_WEAK_LETTERS)).lower())
    if re.search("[\uac00-\ud7af]", word):
        # Hangul spells an English "-er" with its open o, and any two consonants with a silent eu between.
        latin = re.sub("eo$", "er", latin).replace("eu", "")
    return latin


_SOUNDS: Final = (
    (re.compile("sch|sh|ts|tz|cz"), "s"),
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


@lru_cache(maxsize=65_536)
def _skeleton(latin: str, script: str) -> str:
    """The consonants that survive writing a name in another script and back."""
    for sound, letter in _SOUNDS:
        latin = sound.sub(letter, latin)
    latin = latin.replace("v", "b").replace("p", "b")
    if script == "east":
        latin = latin.replace("l", "r")
    latin = re.sub("[aeiouy]", "", latin[:1]) + re.sub("[aeiouy]" if script == "abjad" else "[aeiouyh]", "", latin[1:])
    return re.sub(r"(.)\1+", r"\1", latin)


# Proposals


class Proposal(NamedTuple):
    """A known name that is likely the same company: score from 0 to 1, and why in a word or two."""

    known: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    words: tuple[str, ...]
    base: tuple[str, ...]
    compacts: frozenset[str]
    core: str
    grouped: bool
    countries: frozenset[str] | None
    script: str
    trades: frozenset[str]
    latin: str

    @property
    def spaced(self) -> str:
        return " ".join(self.base)

    @property
    def spelling(self) -> str:
        """What the typing rules compare: letters of an alphabet, as Latin ones."""
        if self.script == "latin":
            return self.spaced
        return " ".join(_romanised_word(word) for word in self.base) if self.script == "alphabet" else ""


def _shape(name: str) -> _Shape:
    words = _words(name)
    base, forms = _base(words)
    compacts = {"".join(base)}
    if not name.isascii():
        expanded = exact_key(name).translate(_EXPANDED)
        compacts.add("".join(_base(_words(expanded))[0]))
    core = list(base)
    if len(core) > 1 and core[-1] in _DOMAINS and f".{core[-1]}" in folded(name):
        core.pop()
    grouped = False
    for end in (-1, 0):
        if len(core) > 1 and core[end] in _GROUP_WORDS:
            del core[end]
            grouped = True
    script = _script("".join(base))
    trades, latin = _romanised(base)
    return _Shape(
        name, tuple(words), tuple(base), frozenset(compacts), "".join(core), grouped, _countries(forms), script,
        trades, latin,
    )  # fmt: skip


class Proposer:
    """Known names, indexed once, against which new ones are held.

    About a tenth of a millisecond a name to index and to ask; memory grows with the letters of the names.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known: list[_Shape] = []
        self._index: dict[tuple[str, str], list[int]] = defaultdict(list)
        for name in dict.fromkeys(known):
            shape = _shape(name)
            for key in _blocks(shape):
                self._index[key].append(len(self._known))
            self._known.append(shape)

    def propose(self, name: str, *, limit: int = 3) -> list[Proposal]:
        """The likeliest known names for a new one, best first, at most ``limit``; [] when none is likely."""
        new = _shape(name)
        near = dict.fromkeys(i for key in _blocks(new) for i in self._index.get(key, ()))
        proposals = [p for i in near if (p := _compared(new, self._known[i])) is not None]
        return sorted(proposals, key=lambda p: (-p.score, p.known))[:limit]


def propose(names: Iterable[str], known: Iterable[str], *, limit: int = 3) -> dict[str, list[Proposal]]:
    """For each new name the known ones that likely are the same company; names without any are left out."""
    proposer = Proposer(known)
    found = {name: proposer.propose(name, limit=limit) for name in dict.fromkeys(names)}
    return {name: proposals for name, proposals in found.items() if proposals}


def _blocks(shape: _Shape) -> set[tuple[str, str]]:
    """Keys of which two names must share one to be compared at all."""
    keys = {("compact", compact) for compact in shape.compacts if compact}
    if shape.core:
        keys.add(("compact", shape.core))
    if spelling := shape.spelling:
        # Two strings one edit apart share a string with one letter taken out of either.
        keys.add(("typo", spelling))
        keys.update(("typo", spelling[:i] + spelling[i + 1 :]) for i in range(min(len(spelling), 60)))
        keys.add(("sound", _sound(spelling)))
        if len(spelling) >= 9:
            keys.add(("bones", _skeleton(spelling.replace(" ", ""), "alphabet")))
    trades = " ".join(sorted(shape.trades))
    if shape.script in ("latin", "han"):
        keys.add(("pinyin", f"{shape.latin} {trades}"))
    for script in ("abjad", "east", "alphabet"):
        if shape.script in ("latin", "han", script):
            keys.add((script, f"{_skeleton(shape.latin, script)} {trades}"))
    if initials := _initials(shape):
        keys.update(("initials", letters) for letters in initials)
    elif len("".join(shape.base)) <= 6:
        keys.add(("initials", "".join(shape.base)))
    return keys


def _compared(new: _Shape, known: _Shape) -> Proposal | None:
    """The best reason to think the two are one company, if there is any."""
    if exact_key(new.name) == exact_key(known.name):
        return Proposal(known.name, 1.0, SAME)
    if new.countries is not None and known.countries is not None and not new.countries & known.countries:
        # Metro AG and Metro Inc.: who writes the form out means that company and no other.
        return None
    if new.compacts & known.compacts:
        if "".join(new.words) == "".join(known.words):
            return Proposal(known.name, 0.98, SPELLING)
        if new.spaced == known.spaced:
            return Proposal(known.name, 0.95, LEGAL_FORM)
        return Proposal(known.name, 0.93, SPELLING)
    if new.core and new.core == known.core and not (new.grouped and known.grouped):
        return Proposal(known.name, 0.85, LEGAL_FORM if new.grouped or known.grouped else SPELLING)
    if (new.script != "latin" or known.script != "latin") and (likeness := _across_scripts(new, known)):
        return Proposal(known.name, likeness, OTHER_SCRIPT)
    if new.spelling and known.spelling and (likeness := _slip(new.spelling, known.spelling)):
        return Proposal(known.name, likeness, TYPO)
    for short, long in ((new, known), (known, new)):
        if short.name.upper() == short.name and "".join(short.base) in _initials(long):
            return Proposal(known.name, 0.6, INITIALS)
    return None


def _initials(shape: _Shape) -> set[str]:
    """First letters of a name of three words or more, or of two joined by "and" (P&G), in the ways in use."""
    if shape.script != "latin":
        return set()
    found = set()
    for words in (shape.base, tuple(word for word in shape.words if word != "the")):
        full = [word for word in words if word not in ("of", "and", "de", "do", "da", "the", "for")]
        if len(full) >= 3 and sum(len(word) > 1 for word in full) >= 3:
            found.add("".join(word[0] for word in full))
        if len(words) == 3 and words[1] == "and" and len(words[0]) > 1 and len(words[2]) > 1:
            found.add(f"{words[0][0]}and{words[2][0]}")
    return found


def _across_scripts(new: _Shape, known: _Shape) -> float:
    """Likeness of two names of which one at least is not in Latin letters; 0 when they do not match."""
    scripts = {new.script, known.script}
    if new.trades != known.trades:
        return 0
    if scripts == {"han"}:
        # Simplified and traditional characters: as many of them, sounding the same, and rarely all different.
        first, second = "".join(new.base), "".join(known.base)
        alike = len(first) == len(second) and anyascii(first) == anyascii(second)
        return 0.8 if alike and (len(first) > 2 or set(first) & set(second)) else 0
    if len(scripts) == 1:
        return 0
    if not new.latin and not known.latin:
        return 0.8 if len(new.trades) > 1 else 0
    if new.latin == known.latin:
        return 0.92 if len(new.latin) > 2 else 0
    if "han" in scripts:
        return 0
    script = next((s for s in ("abjad", "east", "alphabet") if s in scripts), "alphabet")
    bones = _skeleton(new.latin, script)
    if not bones or bones != _skeleton(known.latin, script):
        return 0
    if script == "abjad":
        return 0.75 if len(bones) > 2 else 0
    likeness = Indel.normalized_similarity(_sound(new.latin), _sound(known.latin))
    return 0.8 if likeness >= (0.55 if len(bones) > 2 else 0.65 if len(bones) == 2 else 0.9) else 0


# Slips of the pen: what tells Vodaphone from Vodafone, and Strive from Stripe

_VOWELS: Final = frozenset("aeiou")
_KEYBOARD: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE: Final = frozenset(map(frozenset, ("sz", "sc", "ck", "kq", "gj", "vw", "fv")))
_SOUND_NEAR: Final = frozenset(map(frozenset, ("iy", "dt", "bp", "mn", "kg", "td", "ey")))


def _neighbours() -> frozenset[frozenset[str]]:
    pairs = set()
    for row in _KEYBOARD:
        pairs.update(frozenset(pair) for pair in zip(row, row[1:], strict=False))
    return frozenset(pairs)


_KEYS_APART: Final = _neighbours()


@lru_cache(maxsize=65_536)
def _sound(text: str) -> str:
    """Written as heard: ph is f, ck is k, x is ks, a letter is never double."""
    for letters, heard in (("ph", "f"), ("sch", "sh"), ("tch", "ch"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("z", "s")):
        text = text.replace(letters, heard)
    text = re.sub("c(?=[eiy])", "s", text)
    text = re.sub("c(?!h)", "k", text)
    return re.sub(r"([^ ])\1+", r"\1", text)


def _slip(a: str, b: str) -> float:
    """How likely one spelling is the other with a slip of the pen; 0 when it is a name of its own.

    A brand differs from another in its first letter, its ending or a consonant, and is short; a slip keeps
    the first letter and the sound, swaps or doubles letters, or happens in the middle of a long word.
    """
    if a == b or not a or not b or a[0] != b[0] or any(c.isdigit() for c in _changed(a, b)):
        return 0
    words = _changed_words(a, b)
    if words is None:
        return 0
    one, other = words
    longest = max(len(one), len(other))
    if one[0] != other[0] and frozenset((one[0], other[0])) not in _SOUND_ALIKE:
        return 0
    if _sound(one) == _sound(other) and longest >= 5:
        return 0.85
    distance = OSA.distance(one, other, score_cutoff=2)
    if distance == 2:
        same_bones = _skeleton(one, "alphabet") == _skeleton(other, "alphabet")
        return 0.7 if same_bones and longest >= 9 and one[:2] == other[:2] else 0
    if distance != 1:
        return 0
    needed = _needed_length(one, other)
    return (0.8 if longest > needed else 0.75) if longest >= needed else 0


def _changed(a: str, b: str) -> str:
    """The letters of both that are neither in the common beginning nor in the common end."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end] + b[start : len(b) - end]


def _changed_words(a: str, b: str) -> tuple[str, str] | None:
    """The one word in which two names differ; None for several or for another number of words."""
    left, right = a.split(), b.split()
    if len(left) != len(right):
        return None
    pairs = [(one, other) for one, other in zip(left, right, strict=True) if one != other]
    return pairs[0] if len(pairs) == 1 else None


def _needed_length(one: str, other: str) -> int:
    """How long a word must be for this one edit to be a slip rather than another name."""
    short, long = sorted((one, other), key=len)
    at = next((i for i, c in enumerate(short) if c != long[i]), len(short))
    if len(short) < len(long):
        letter = long[at]
        if letter in (long[at - 1 : at], long[at + 1 : at + 2]):
            return 5
        if at == 0:
            return 99
        if at == len(long) - 1:
            return 8
        return 6 if letter in _VOWELS else 8
    if sorted(short) == sorted(long):
        return 5 if at else 8
    swap = frozenset((short[at], long[at]))
    last = at == len(short) - 1
    if swap in _SOUND_ALIKE:
        return 7
    if at == 0:
        return 99
    if swap <= _VOWELS:
        return 9 if last else 7
    if swap in _SOUND_NEAR:
        return 10 if last else 8
    if swap in _KEYS_APART and not last:
        return 8
    return 99 if last else 10
