"""The words that the benchmark's people, companies and texts are made of."""


def words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = words(
    "Priya Jonas Amélie Tomasz Yuki Fatima Olu Søren Chloé Mateo Ingrid Wei Aisha Łukasz Noor Dmitri "
    "Zoë Kwame Lucía Björn Hana Ravi Eilidh Omar Jun Freya Anh Pedro Siobhán Mehmet 美咲 Αλέξανδρος"
)
LAST_NAMES = words(
    "Raman Keller Dubois Nowak Tanaka Haddad Adeyemi Lindqvist Martin García Østby Zhang Khan Wójcik "
    "Bakker Petrov O’Neill Mensah Fernández Holm Novák Patel MacLeod Farouk Li Andersen Nguyễn Silva "
    "Byrne Yılmaz 佐藤 Παπαδόπουλος"
)
COMPANY_WORDS = words(
    "North Blue Bright River Summit Quiet Silver Green Harbour Atlas Copper Stone Clear Open Second "
    "Early Field Signal Lumen Cedar Orbit Prime Polar Amber Maple Coral Ember Velvet Iron Nimbus"
)
COMPANY_FIELDS = words(
    "Analytics Labs Systems Health Energy Robotics Foods Mobility Networks Materials Insurance Learning "
    "Media Logistics Biotech Finance Water Games Software Textiles"
)
LEGAL_FORMS = ("", " GmbH", " Ltd", " Inc.", " AG", " SA", " BV", " AB", " plc", " SAS", " Oy", " KG")
INDUSTRIES = ("Software", "Health", "Energy", "Media", "Finance", "Transport", "Public sector", "")
PLACES = ("Berlin", "London", "Paris", "Warszawa", "Zürich", "New York", "Bengaluru", "")
ZONES = ("Europe/Berlin", "Europe/London", "America/New_York", "Asia/Tokyo")
ROLES = (
    "Data Analyst",
    "Analytics Lead",
    "Head of Data",
    "Senior Data Analyst",
    "People Partner",
    "Data Engineer",
    "Product Analyst",
    "Recruiter",
)
SENTENCES = (
    "I read about the way your team measures churn.",
    "Thank you for connecting with me!",
    "Would fifteen minutes next week suit you?",
    "What does a good first year in your role look like?",
    "Happy to talk; I am in the office from Tuesday.",
    "We are growing, and nothing is posted yet.",
    "Sorry for the late reply, it was quarter end.",
    "Which tools do you use every day?",
    "Let me know how it goes.",
)
