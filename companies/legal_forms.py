"""Legal forms of companies the world over, as data: what ``companies.names`` takes off a name.

Written as people write them, "|" between them; they are compared without case, accents, dots and spaces.
From the registers' own names and the terms of the cleanco package (MIT). Forms that are also ordinary last
words of names ("EU", "ME", "AT") are left out.
"""

from typing import Final

# By the countries of their registers, in ISO 3166 codes. "*": words that companies of any country use in
# their English names; EU: the Societas Europaea, registered in any of EU_COUNTRIES.
LEGAL_FORMS: Final = {
    "*": (
        "company|co|co.|corporation|corp|& co|and company|& company|co., ltd|co ltd|"
        "company limited|& cie|et cie|cie|co. limited|compania|unlimited|cooperative|co-op|coop"
    ),
    "US CA PH TW KR JP": "inc|incorporated|co., inc",
    "US": "lp|limited partnership|lllp|pllc|pbc|pc|llc|l.l.c|llp",
    "CA": "ltee|limitee|inc|ulc|enr",
    "RU UA BY KZ UZ GE AM AZ KG MD AE OM QA SA EG KW BH JO IR MN US": "llc|limited liability company",
    "RU": "ooo|oao|zao|pao|npao|ao|ип|ооо|оао|зао|пао|нпао|ао|нко|фгуп|pjsc|cjsc|ojsc|jsc",
    "UA": "tov|tzov|prat|pat|fop|тов|прат|пат|ат|тзов|вat|дп|pjsc|prjsc",
    "BY KZ KG UZ": "too|тоо|одо|чуп|жшс|чп|mchj|xk|aj|qk|jsc|cjsc|зат|aat|zat",
    "AE OM QA SA EG KW BH JO": (
        "fze|fz-llc|llc-fz|fzco|fzc|pjsc|psc|wll|saog|saoc|sae|qpsc|qsc|ksc|kscp|bsc|dmcc|ش.م.م|ش.م.ع|"
        "ش.م.ب|ش.م.ك|ش.ذ.م.م|ذ.م.م"
    ),
    "GB IE": (
        "ltd|limited|plc|public limited company|llp|cic|cio|clg|dac|uc|teo|teoranta|cpt|lbg|cyf|ccc|"
        "company limited by guarantee"
    ),
    "GB IE NG KE LK ET MT CY HU FI BG GI": "plc|p.l.c",
    "IN PK BD LK NP": (
        "pvt ltd|pvt. ltd|private limited|pvt|pvt limited|private ltd|limited|ltd|llp|psu|(p) ltd|"
        "opc pvt ltd|opc private limited"
    ),
    "AU NZ ZA NA BW": (
        "pty ltd|pty|pty limited|proprietary limited|pty. ltd|limited|ltd|nl|npc|rf|soc ltd|soc|"
        "sa soc ltd|(pty) ltd|cc"
    ),
    "SG MY BN": (
        "pte ltd|pte|pte. limited|private limited|sdn bhd|sdn|bhd|berhad|sendirian berhad|ltd|limited|llp"
    ),
    "HK CN TW JP KR IL CH NG KE GH TH TZ UG ZW MU TR VN RU CA BM KY GG JE CY MT BD PK SA AE LI": (
        "ltd|limited"
    ),
    "DE": (
        "gmbh|mbh|g.m.b.h|ag|kg|ohg|ug|ug (haftungsbeschränkt)|gbr|kgaa|gmbh & co. kg|"
        "gmbh & co kgaa|ag & co. kgaa|ag & co. kg|se & co. kgaa|se & co. kg|mbh & co. kg|& co. kg|"
        "& co. kgaa|& co kg|ev|e.v|ggmbh|partg|partg mbb|partgmbb|vvag|aktiengesellschaft|"
        "gmbh & co ohg|gesellschaft mit beschränkter haftung|stiftung & co. kg|"
        "kommanditgesellschaft|ug & co kg|e.k|e.kfm|e.kfr|eingetragener kaufmann|eingetragene kauffrau|e.g|"
        "eingetragene genossenschaft|aör|anstalt des öffentlichen rechts|gmbh i.l|gmbh i.g|ag i.l|ug i.g"
    ),
    "AT": (
        "gmbh|g.m.b.h|ges.m.b.h|gesmbh|ag|kg|og|gmbh & co kg|aktiengesellschaft|flexkapg|flexco|reg.gen.m.b.h"
    ),
    "CH LI": "ag|sa|sarl|sagl|s.à r.l|klg|kmg|genossenschaft|aktiengesellschaft|anstalt|kig",
    "FR": (
        "sa|sas|sasu|sarl|s.à r.l|s.a.r.l|eurl|sca|snc|sci|scop|gie|scs|s.a.s|sc|scic|selarl|"
        "société anonyme|societe par actions simplifiee|s.à.r.l|sacs|sa à directoire"
    ),
    "BE": "sa|nv|bv|bvba|sprl|srl|cvba|scrl|cv|vof|vzw|asbl|comm.v|nv/sa|sa/nv|scs|snc|sca",
    "NL": ("nv|bv|cv|vof|ua|coöperatie|naamloze vennootschap|besloten vennootschap|b.v. i.o|cooperatie u.a"),
    "LU": "sa|sarl|s.à r.l|s.à.r.l|sca|scsp|scs|secs|se|soparfi|sicav|raif",
    "EU": "se|societas europaea|sce|eeig",
    "IT": (
        "spa|srl|srls|sapa|snc|sas|scarl|scrl|sc|società per azioni|soc. coop|scpa|s.c.p.a|"
        "s.r.l. unipersonale|scpl|onlus|società cooperativa|società benefit|srl società benefit"
    ),
    "ES": (
        "sa|sl|slu|sau|sll|scoop|s.coop|sad|slne|sal|sccl|slp|sociedad anónima|sociedad limitada|"
        "sme sa|s.a.d|sme|sc|aie|sociedad anonima unipersonal"
    ),
    "PT": "sa|lda|limitada|unipessoal lda|sgps|sgps sa|s.g.p.s. s.a|sad|crl|sociedade anónima",
    "BR": "sa|s/a|ltda|limitada|ltda me|eireli|epp|slu|cia|sa me",
    "MX": (
        "sa|sab|sa de cv|sab de cv|sapi|sapi de cv|sapib de cv|s de rl|s de rl de cv|sc|sas de cv|"
        "sofom|s.n.c|sociedad anonima de capital variable|sapib"
    ),
    "AR CL PE CO EC UY PY BO VE CR PA GT DO HN SV NI HT": (
        "sa|srl|sas|saa|sac|saci|saic|saicf|eirl|spa|ltda|limitada|sau|scpa|sgr|cxa|esp|sa esp|"
        "s.a. e.s.p|sapi|scs|s en c|bic|sa bic|sacifia|cpor a|scc"
    ),
    "SE": ("ab|aktiebolag|aktiebolaget|ab (publ)|publ|hb|kb|handelsbolag|kommanditbolag|ek. för|telefonab"),
    "FI": "oy|oyj|ab|oy ab|oyj abp|abp|ky|ay|tmi|t:mi|osakeyhtiö|julkinen osakeyhtiö|osk",
    "DK": (
        "a/s|aps|i/s|k/s|p/s|p/f|amba|a.m.b.a|fmba|smba|ivs|aktieselskab|aktieselskabet|anpartsselskab|fonden"
    ),
    "NO": "as|asa|ans|ks|nuf|sa|aksjeselskap|allmennaksjeselskap|kf|iks|rhf|hf|sf|enk",
    "IS": "ehf|hf|ohf|slf|svf",
    "EE LV LT": "as|oü|ou|osaühing|aktsiaselts|sia|uab|ab|mb|všį|vsi|fie|tü|uü|a/s|kub|tub|iu",
    "PL": (
        "sp. z o.o|sp z oo|spółka z o.o|spółka z ograniczoną odpowiedzialnością|spolka akcyjna|sa|"
        "spka|sp.k|sp.j|sp.p|s.k.a|ska|sc|sp. z o.o. sp.k|sp. z o.o. s.k|psa|p.s.a|sp. z o. o|"
        "spółka akcyjna|sk|sj"
    ),
    "CZ SK": (
        "s.r.o|spol. s r.o|a.s|as|v.o.s|k.s|akciová společnost|akciová spoločnosť|"
        "společnost s ručením omezeným|z.s|s.p|o.z|spol. s.r.o|akc. spol"
    ),
    "HU": (
        "kft|zrt|nyrt|bt|rt|kkt|kht|korlátolt felelősségű társaság|nonprofit kft|zártkörűen működő rt|ev|kv"
    ),
    "RO MD": "srl|sa|snc|scs|pfa|srl-d|sca",
    "BG": "ad|ead|ood|eood|адсиц|ад|еад|оод|еоод|adsitz|adsic|kd|kda|ет",
    "RS BA HR SI ME MK XK": (
        "doo|d.o.o|dd|d.d|ad|a.d|jdoo|j.d.o.o|dno|kd|doel|dooel|дoo|доо|ад|дооел|jp|ortaklar|obrt|"
        "odd|k.d|jtd|zoo|so.p"
    ),
    "AL": "sha|sh.a|shpk|sh.p.k",
    "GR CY": (
        "ae|a.e|epe|ike|oe|abee|aebe|sa|μονοπρόσωπη ικε|α.ε|αε|επε|ικε|οε|εε|αβεε|αεβε|"
        "ανώνυμη εταιρεία|αεε|mike|α.ε.β.ε|μεπε"
    ),
    "TR": (
        "as|a.ş|anonim şirketi|ltd. şti|ltd sti|limited şirketi|san. tic. ltd. şti|"
        "san. ve tic. a.ş|t.a.ş|tas|aş|a.o|ao|t.a.o|san. ve tic. ltd. şti|sanayi ve ticaret as|"
        "sti|san tic as"
    ),
    "IL": 'בע"מ|בעמ|bm|b.m|חל"צ|ltd',
    "JP": (
        "kk|k.k|kabushiki kaisha|kabushiki gaisha|gk|g.k|godo kaisha|yk|y.k|yugen kaisha|株式会社|"
        "有限会社|合同会社|合資会社|合名会社|株|有|一般社団法人|株式會社"
    ),
    "KR": "주식회사|유한회사|유한책임회사|주|유|chusik hoesa|jusik hoesa",
    "CN TW HK MO SG MY": (
        "有限公司|股份有限公司|有限责任公司|有限責任公司|股份公司|公司|股份|(集团)股份有限公司"
    ),
    "ID": "pt|tbk|persero|(persero) tbk|cv|perum|pt tbk",
    "TH": "pcl|public company limited|public co ltd|จำกัด|มหาชน|จำกัด (มหาชน)|บริษัท|บมจ|หจก",
    "VN": "tnhh|công ty tnhh|công ty cổ phần|ctcp|jsc|cong ty|mtv|tnhh mtv|công ty",
    "IN": "लिमिटेड|प्राइवेट लिमिटेड|प्रा लि|लि",
    "IR AF": "pjs|شرکت|سهامی عام",
    "EG SA JO MA TN DZ": "sarl|sa|suarl|spa|شركة|eurl|sarl au|snc",
    "NG GH": "gte|plc|ltd/gte",
}
EU_COUNTRIES: Final = (
    "AT BE BG CY CZ DE DK EE ES EU FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
)
# Forms that stand before the name.
FRONT_FORMS: Final = (
    "pt|cv|ooo|oao|zao|pao|ao|too|tov|prat|pat|uab|sia|ab|as|oü|ооо|оао|зао|пао|нпао|ао|тов|"
    "прат|пат|ат|тоо|ип|ад|株式会社|有限会社|合同会社|株|有|株式會社|주식회사|유한회사|주|유|"
    "บริษัท|شركة|شرکت|công ty tnhh|công ty cổ phần|ctcp|jsc|pjsc|ojsc|cjsc|kk|a/s|oy|"
    "aktiebolaget|gmbh|sociedad anónima|cia|compania|aktieselskabet|pt tbk|tnhh|"
    "koninklijke nv"
)
# Written without a space before or after the name; the longest first.
GLUED_FORMS: Final = (
    "股份有限公司|有限责任公司|有限責任公司|股份公司|有限公司|公司|株式会社|有限会社|"
    "合同会社|合資会社|株式會社|주식회사|유한회사|จำกัดมหาชน|จำกัด|บริษัท"
)
# Words that a group adds to its name; not part of the form, for there may be a company beside the group.
GROUP_WORDS: Final = (
    "group|groupe|gruppe|grupo|gruppo|groep|gruppen|grupa|holding|holdings|группа|холдинг|"
    "集团|集團|グループ|ホールディングス|그룹|홀딩스"
)
