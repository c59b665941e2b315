"""Names of the people of the demo, put together from these: any likeness is chance. Their profiles end in
"-fictional" and a number, so that no link leads to anybody."""

from random import Random

# (given names, family names) of each region, in the order in which they are written.
NAMES = {
    "ie": (
        "Aoife Ciara Niamh Saoirse Róisín Gráinne Conor Eoin Fionn Cillian Diarmuid Tadhg",
        "Brannigan-Moss Fennelvale Gallowhan Kilbrady Lachlorn Mulvannon Tierfane Quillan Rathmoy Shanlock",
    ),
    "gb": (
        "Harriet Imogen Beatrix Florence Rupert Alistair Callum Gareth Priscilla Winifred",
        "Ashdownley Barrowick Cloverdene Hexworthing Larkhurst Penhallowby Thornmere Wickstead",
    ),
    "de": (
        "Annika Frauke Jördis Lieselotte Jürgen Matthäus Sönke Björn Käthe Ulrike",
        "Birnbächler Eschenröder Grünhagener Kieselstein Möwenthal Nußbaumer-Voß Tannheuser Wölkle",
    ),
    "pl": (
        "Agnieszka Małgorzata Zofia Łucja Wojciech Grzegorz Paweł Zdzisław",
        "Brzozowiecki Jarzębiński Kłosowicz Mchowski Rzepińska Świerczak Żurawiec",
    ),
    "pt": (
        "Beatriz Conceição Inês Joana Gonçalo João Tomás Vasco Thaís Raíssa",
        "Alfarrobeira Campaínha Figueirão Mirandela-Brás Pinhalves Sobreirão Trovoada",
    ),
    "nl": (
        "Anneke Femke Liesbeth Maartje Joost Pieter Sjoerd Willemijn",
        "van-der-Duinkerk de-Koperslager ter-Heggen van-Molenwiek Oosterbloem Windhouwers",
    ),
    "fi": (
        "Aino Eevi Kaisa Päivi Eero Jukka Väinö Ilmari",
        "Hiekkaharju Koivuranta-Lehto Lumiaho Myrskylä Pähkinälä Tuulisalo Yötähti",
    ),
    "in": (
        "Aditi Ananya Kavitha Meenakshi Priyanka Arjun Harish Karthik Rohan Venkatesh",
        "Chandravali Devanahalli Ghoshpriya Kulkarnath Meghapuri Narayanlal Ranganadi Suryavelu",
    ),
    "us": (
        "Destiny Keisha Madison Savannah Brandon Deshawn Tyler Jamal Maya Noah",
        "Applewhitt Bridgerow Carrowell Dunmoreland Fairhallow Hollinger-Page Stonebridger Whitlocke",
    ),
    "ng": (
        "Adaeze Chidinma Folasade Ngozi Babatunde Chukwuemeka Olumide Tochukwu",
        "Adeyinkade Chikelueze Folorunwale Nwokeleme Ogunbayode Okwuchidi",
    ),
    "ke": ("Achieng Makena Nyambura Wanjiru Baraka Kiprono Mwangi Otieno",
           "Chebukwa Kamaundi Muthongi Ochiengo Wekesani"),
    "br": ("Camila Luíza Antônio Caetano Flávia Zé-Maria", "Araribóia Cajueiro Jabuticaba Mandacaru Pitangueira"),
    "fr": ("Anaïs Chloé Éloïse Hélène Aurélien Benoît Gaëlle Jérôme",
           "Bruyèreval Châtelmont d’Aubépine L’Hermitain Lévêque-Roche"),
    "vi": ("Thảo-Nguyên Ngọc-Bích Tuấn-Kiệt Quỳnh", "Nguyễn-Sơn Trần-Hạ Phạm-Lộc Đặng-Vũ"),
    "jp": ("美咲 陽菜 葵 翔太 大輝 直樹", "空野 月島田 花岡崎 星川原 雪村井"),
    "cn": ("明轩 雨桐 思远 晓雯 子涵", "林 沈 顾 秦 陆"),
    "kr": ("지우 서연 민준 하윤 도현", "구 남궁 선우 황보 제갈"),
    "il": ("נועה תמר איילת יונתן אורי עידו", "אגמון-טל ברקאי-נוי גלבוע-שחר כרמלון נחלאור"),
    "ae": ("ليلى مريم نور خالد سامي ياسر", "القمري البحراني-زيد النخلاوي الواحاتي الصحراوي-نجم"),
    "gr": ("Αλεξάνδρα Δήμητρα Θεοδώρα Λεωνίδας", "Ανεμομύλου Θαλασσινός Πετροπουλάκη"),
    "ua": ("Оксана Соломія Богдан Тарас", "Вишнегора Калиновецька Степовійко"),
}  # fmt: skip
HOME = {
    "Dublin": "ie", "Cork": "ie", "London": "gb", "Berlin": "de", "Amsterdam": "nl", "Lisbon": "pt", "Warsaw": "pl",
    "Helsinki": "fi", "New York": "us", "Toronto": "us", "San Francisco": "us", "São Paulo": "br",
    "Bengaluru": "in", "Singapore": "cn", "Tokyo": "jp", "Tel Aviv": "il", "Dubai": "ae", "Nairobi": "ke",
}  # fmt: skip
FAMILY_FIRST = ("jp", "cn", "kr", "vi")
NO_SPACE = ("jp", "cn", "kr")
LONG_NAME = "María de los Ángeles Concepción Guadalupe Esperanza Fernández-Villanova y Gutiérrez de la Torre-Escondida"

# (title, kind), the likeliest first.
ROLES = (
    ("Data Analyst", "peer"),
    ("Senior Data Analyst", "peer"),
    ("Analytics Engineer", "peer"),
    ("Product Analyst", "peer"),
    ("BI Developer", "peer"),
    ("Insights Analyst", "peer"),
    ("Reporting Analyst", "peer"),
    ("Data Scientist", "peer"),
    ("Operations Analyst", "peer"),
    ("Analytics Lead", "manager"),
    ("Head of Data", "manager"),
    ("Data Team Manager", "manager"),
    ("Talent Partner", "recruiter"),
    ("Technical Recruiter", "recruiter"),
    ("Customer Insights Manager", "manager"),
    ("Software Engineer", "other"),
    ("Junior Data Analyst", "peer"),
    ("Marketing Analyst", "alum"),
    ("Senior Business Intelligence Analyst, Customer Experience and Retention (EMEA)", "peer"),
)
IN_COMMON = (
    "the Tuesday data meetup",
    "a first career in teaching",
    "long-distance swimming",
    "the Fictional University of Carrick",
    "dbt",
    "open-source mapping",
    "a physics degree",
)
NOTES = (
    "Gave a talk about dashboards that nobody reads. Fictional, like everybody here.",
    "Moved from support into analytics: ask how.",
    "Writes well. Answers in the evening.",
    "Knows the team in Berlin, too.",
    "Started in the role this spring; may remember what it took.",
)


def names(random: Random) -> dict[str, list[str]]:
    """Every name there is, by region, in a random order."""
    made: dict[str, list[str]] = {}
    for region, (given, family) in NAMES.items():
        gap = "" if region in NO_SPACE else " "
        made[region] = [
            f"{last}{gap}{first}" if region in FAMILY_FIRST else f"{first}{gap}{last}"
            for first in (name.replace("-", " ") if region == "vi" else name for name in given.split())
            for last in (name.replace("-", " ") if name[0].islower() else name for name in family.split())
        ]
        random.shuffle(made[region])
    return made
