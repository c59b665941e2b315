"""The sixty companies of the demo, as data. None of them exists; their addresses end in `.example`.

Each has its `tale`: a letter for each person who was asked there, in the order of asking. What the letters
mean stands in `outreach.demo.story.TALES`.
"""

from typing import NamedTuple


class Row(NamedTuple):
    name: str
    industry: str
    place: str
    found_how: str
    found_from: str
    motivation: int
    posting: int
    tale: str
    others: int
    """People found there and not asked."""
    ago: int = 0
    """Business days since the last of them was asked, where the tale does not say."""
    state: str = "target"


PLACES = {
    "Dublin": "Europe/Dublin",
    "Cork": "Europe/Dublin",
    "London": "Europe/London",
    "Berlin": "Europe/Berlin",
    "Amsterdam": "Europe/Amsterdam",
    "Lisbon": "Europe/Lisbon",
    "Warsaw": "Europe/Warsaw",
    "Helsinki": "Europe/Helsinki",
    "New York": "America/New_York",
    "Toronto": "America/Toronto",
    "San Francisco": "America/Los_Angeles",
    "São Paulo": "America/Sao_Paulo",
    "Bengaluru": "Asia/Kolkata",
    "Singapore": "Asia/Singapore",
    "Tokyo": "Asia/Tokyo",
    "Tel Aviv": "Asia/Jerusalem",
    "Dubai": "Asia/Dubai",
    "Nairobi": "Africa/Nairobi",
}
"""Where they are, and what the clocks there keep."""

BOARD, KNOWN, RIVAL, NEAR = "job_board", "people_i_know", "competitor", "near_me"
LONG_NAME = (
    "The Amalgamated Lanternmakers’, Chandlers’ and Wayfinders’ Cooperative Society for Coastal and Inland "
    "Navigation Data (Fictional) Public Limited Company"
)

COMPANIES = (
    Row("Brambleworks", "Logistics software", "Dublin", BOARD, "", 3, 3, "AAssG", 5, 22),
    Row("Quillfern Analytics", "Data and analytics", "Dublin", KNOWN, "", 3, 3, "tsaasG", 4, 26),
    Row("Tidewarden", "Energy", "Cork", NEAR, "", 3, 2, "tssswG", 4, 31),
    Row("Moonpenny Bank", "Banking", "Dublin", BOARD, "", 2, 3, "teesG", 3, 38),
    Row("Larkspur Health", "Health care", "London", BOARD, "", 3, 3, "tsssnG", 5, 44),
    Row("Pebble & Thrum", "E-commerce", "Dublin", NEAR, "", 3, 2, "ssesg", 4),
    Row("Northlight Maps", "Maps and travel", "Berlin", RIVAL, "Brambleworks", 2, 3, "sasai", 3, 15),
    Row("Oatfield & Vane", "Food and drink", "Cork", NEAR, "", 2, 2, "snssj", 3, 17),
    Row("Corvid Insurance", "Insurance", "Dublin", BOARD, "", 1, 3, "sssnJ", 2, 29),
    Row("Glasswing Learning", "Education", "Amsterdam", RIVAL, "Quillfern Analytics", 3, 2, "wsswav", 4, 20),
    Row("Saltmarsh Studio", "Games", "Lisbon", KNOWN, "", 2, 1, "sansv", 3, 33),
    Row("Fennimore Rail", "Transport", "London", BOARD, "", 2, 3, "nwAsh", 3),
    Row("Ostrava Quarter Labs", "Biotech", "Warsaw", RIVAL, "Larkspur Health", 1, 2, "sssssH", 2),
    Row("Hollowpine", "Developer tools", "San Francisco", BOARD, "", 3, 3, "asAsk", 4),
    Row("Mistral Orchard", "Food and drink", "Dublin", KNOWN, "", 3, 2, "waesAl", 3),
    Row("Kestrel & Loom", "Fashion", "New York", BOARD, "", 2, 3, "ssssm", 3),
    Row("Ninebark Robotics", "Robotics", "Toronto", RIVAL, "Brambleworks", 2, 2, "sasasm", 2),
    Row("Wexcombe Water", "Utilities", "Dublin", NEAR, "", 2, 2, "esnso", 3),
    Row("Gallowglass Media", "Media", "Dublin", NEAR, "", 1, 2, "sswsx", 2),
    Row("Tamarind Pay", "Payments", "Bengaluru", RIVAL, "Moonpenny Bank", 2, 3, "ssssy", 4),
    Row("Juniper Ledger", "Accounting software", "London", RIVAL, "Moonpenny Bank", 2, 2, "AnAAP", 2),
    Row("Velvet Atlas", "Maps and travel", "Lisbon", RIVAL, "Northlight Maps", 2, 1, "ssssP", 3),
    Row("Cinderbrook", "Construction", "Cork", NEAR, "", 1, 2, "ssAsC", 2),
    Row("Zephyr Foundry", "Manufacturing", "Berlin", BOARD, "", 1, 3, "sssssN", 2),
    Row("Paper Heron", "Publishing", "Amsterdam", KNOWN, "", 2, 1, "ssssW", 3),
    Row("Sundial Commons", "Public sector", "Dublin", KNOWN, "", 2, 2, "ssssV", 2),
    Row("Rookwood Telecom", "Telecommunications", "Dublin", BOARD, "", 1, 3, "eetstD", 2, 19),
    Row("Marigold Freight", "Logistics", "Singapore", RIVAL, "Brambleworks", 1, 2, "sswstD", 3, 24),
    Row("Ashgrove Clinics", "Health care", "Dublin", NEAR, "", 2, 3, "swastD", 3, 35),
    Row("Blue Anvil", "Cybersecurity", "Tel Aviv", BOARD, "", 2, 2, "Assst", 2, 52),
    Row("Thistlecroft Homes", "Property", "Cork", NEAR, "", 1, 1, "ssswt", 1, 58),
    Row("Orrery Systems", "Space", "Helsinki", RIVAL, "Northlight Maps", 3, 1, "sasst", 3, 47),
    Row("Copperfin", "Payments", "New York", RIVAL, "Tamarind Pay", 2, 3, "wessst", 2, 41),
    Row("Lumen & Sons", "Energy", "Dublin", KNOWN, "", 1, 2, "nssst", 1, 62),
    Row("Driftwood Ventures", "Investment", "London", KNOWN, "", 1, 1, "saenfp", 1),
    Row("Halcyon Grid", "Energy", "Berlin", RIVAL, "Tidewarden", 2, 3, "asAsfp", 2),
    Row("Applecross Grocers", "Retail", "Dublin", NEAR, "", 1, 3, "snsep", 2),
    Row("Saffron Circuit", "Semiconductors", "Bengaluru", BOARD, "", 1, 2, "swssqq", 2),
    Row("Umbra Optics", "Medical devices", "Cork", NEAR, "", 2, 2, "ssssqq", 3),
    Row("Yarrow Social", "Social networks", "San Francisco", BOARD, "", 2, 2, "ssswqq", 3),
    Row("Birchbark Books", "E-commerce", "Toronto", RIVAL, "Paper Heron", 2, 1, "ssssc", 2),
    Row("Lantern Street", "Non-profit", "Nairobi", KNOWN, "", 3, 1, "asssc", 2),
    Row("Estuary AI", "Data and analytics", "London", RIVAL, "Quillfern Analytics", 2, 3, "sswsA", 3, 12),
    Row("Vinterhav Shipping", "Logistics", "Helsinki", RIVAL, "Marigold Freight", 1, 1, "Anssa", 2, 16),
    # On the list, with people whom nobody wrote to yet
    Row(LONG_NAME, "Maps and travel", "Cork", NEAR, "", 1, 1, "", 7),
    Row("株式会社そらのね", "Music", "Tokyo", KNOWN, "", 2, 2, "", 6),
    # … and with nobody yet
    Row("شركة واحة القمر", "Tourism", "Dubai", BOARD, "", 1, 2, "", 0),
    Row("Tangerine Delta", "Biotech", "Amsterdam", RIVAL, "Ostrava Quarter Labs", 1, 1, "", 0),
    Row("Pão de Vento", "Food and drink", "São Paulo", RIVAL, "Oatfield & Vane", 1, 1, "", 0),
    Row("Żółta Szprycha", "Mobility", "Warsaw", BOARD, "", 1, 2, "", 0),
    Row("O’Shaughnessy-Núñez Labs", "Research", "Dublin", NEAR, "", 2, 1, "", 0),
    Row("Grünspecht & Sørfjell", "Consulting", "Berlin", BOARD, "", 0, 1, "", 0),
    # Paused
    Row("Wisteria Cloud", "Developer tools", "Dublin", BOARD, "", 1, 1, "ssss", 2, 49, "paused"),
    Row("Foxglove Pharma", "Pharmaceuticals", "Cork", NEAR, "", 1, 2, "", 4, 0, "paused"),
    # Dropped, with a reason
    Row("Grindstone Capital", "Investment", "London", BOARD, "", 0, 2, "ssn", 1, 66, "dropped"),
    Row("Nettle & Rush", "Advertising", "Dublin", NEAR, "", 0, 1, "sss", 1, 71, "dropped"),
    Row("Basalt Defence", "Defence", "London", BOARD, "", 0, 3, "ssw", 0, 60, "dropped"),
    # Suggested, as an import brings them
    Row("Hazelmere Trust", "Non-profit", "Dublin", KNOWN, "", 0, 1, "", 2, 0, "suggested"),
    Row("Pinwheel Transit", "Transport", "London", KNOWN, "", 0, 1, "", 2, 0, "suggested"),
    Row("Redshank Forestry", "Agriculture", "Cork", KNOWN, "", 0, 1, "", 1, 0, "suggested"),
)

DROPPED_BECAUSE = (
    "They want everybody in the office on five days.",
    "Two people independently said that the data team was let go.",
    "Not what I want to work on.",
)
