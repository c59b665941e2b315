"""What is said in the demo: replies, answers, what was learned, notes."""

GLAD = (
    "Hi <me>, happy to help! Twenty minutes is no problem at all. When suits you?",
    "Sure, I remember how much such talks helped me. Next week looks fine.",
    "Hello <me>, with pleasure. Mornings are best for me.",
    "Of course! Fair warning: I can talk about data quality for hours.",
    "Thanks for the kind message. Let’s find a time, I’d be glad to.",
    "Yes, gladly. I came from another field myself.",
)
LATER = (
    "Hi <me>, we are closing the quarter. Could you ask me again next month?",
    "Glad to connect! I’m travelling until the end of the month, let’s talk after that.",
    "Not this week, I’m afraid, but do remind me.",
)
NAMES_ANOTHER = (
    "I’m new here myself. You would learn more from somebody in the platform team, shall I ask?",
    "Thanks for writing! I left analytics last year; my colleague still does what you describe.",
)
RATHER_NOT = (
    "Thank you for asking, but I don’t do these talks. Good luck!",
    "Sorry, I keep LinkedIn for people whom I have met.",
    "I’d rather not, company policy. I wish you well.",
)
OUT_OF_OFFICE = "I am out of the office and will read your message when I am back."
SUITS = (
    "Tuesday morning or Thursday after lunch would both work.",
    "Any time after ten is fine, just send me a link.",
)

ANSWERS = {
    "role": (
        "Half of the week is questions from product, the other half keeping the models clean.",
        "SQL every day, Python now and then. Slides more often than the ad admits.",
        "The first half year is mostly about learning what the numbers mean here.",
        "Success is when somebody decides something differently. They do look at that.",
    ),
    "team": (
        "Six analysts in two squads; the engineers sit with us and not elsewhere.",
        "Flat, quick and a bit chaotic. Decisions are written down, which helps.",
        "Two days in the office, nobody counts. Reviews are kind and thorough.",
        "They reorganised in spring; it is calmer since.",
    ),
    "openings": (
        "They ask around first and post two or three weeks later.",
        "The one you saw is still open; the head of data decides.",
        "A second place is planned for the new year, not posted yet.",
        "Nothing now. When there is something, it is in the Friday newsletter.",
    ),
    "referral": (
        "A referral gets you past the first filter, no further. Send me your CV.",
        "Talk to our recruiter and use my name.",
        "The analytics guild would be worth a visit, I can bring you along.",
        "Ask me again when you have seen the posting, I’ll gladly say a word.",
    ),
    "other": ("They like people who taught before: explaining is half of the job.",),
}
LEARNED = {
    "role": (
        "SQL is tested with window functions; Python only talked about.",
        "dbt and version control are expected from the first day.",
        "They look for somebody who can say no to a dashboard, kindly.",
        "A portfolio with one question well answered beats five notebooks.",
        "Stakeholder talks are more than a third of the week.",
        "The title says analyst, the work is close to analytics engineering.",
    ),
    "team": (
        "Six analysts, two squads, one manager who used to code.",
        "Hybrid: Tuesdays and Thursdays in the office, the rest as you like.",
        "The data team reports to finance, and feels it.",
        "New people get a buddy and no ticket in the first two weeks.",
        "On call for data loads, one week in seven.",
    ),
    "openings": (
        "Openings are named in the analytics guild two weeks before they are posted.",
        "Hiring stops in December and starts again in the third week of January.",
        "A junior place is being planned for the new year; not posted.",
        "Applications without a referral are read by a recruiter who knows no SQL.",
    ),
    "referral": (
        "Referrals go through a form; the referrer is asked one question about you.",
        "They suggested to speak with the platform lead as well.",
    ),
}
CONTRADICTIONS = (
    ("role", "sure", "The first round is an hour of SQL, live, with a shared screen."),
    ("role", "heard", "There is no live SQL round any more: a short task to take home instead."),
    ("openings", "sure", "Two analysts will be hired in spring."),
    ("openings", "guess", "Hiring is frozen until summer, as far as they know."),
)
"""What people at one company said, side by side: (about, how sure, text)."""

FITS = {
    "Met at an event": ("found_how", "event"),
    "Through an introducer": ("found_how", "introduction"),
    "Same school": ("in_common", "the Fictional University of Carrick"),
    "They named somebody else": ("answered", "referral_only"),
    "Not now": ("answered", "later"),
    "They said yes": ("answered", "positive"),
}
"""Shipped templates that go to certain people only: by what is known of them."""
EVENT = "the Tuesday data meetup"
TOPICS = (
    "data quality",
    "product analytics",
    "dashboards that are used",
    "moving from teaching to data",
    "dbt",
)
SCHOOL = "the Fictional University of Carrick"
INTRODUCERS = ("Niamh", "Sönke", "Adaeze")
TIMES = "Tuesday 10:00, Wednesday 14:30 or Thursday 9:30"
COMPANY_NOTES = (
    "Their engineering blog is worth reading before any talk.",
    "New office near the canal. Fictional, as is all of this search.",
    "The annual report names data as one of three priorities.",
    "Met two of them at the meetup; friendly crowd.",
)
PERSON_NOTES = (
    "Liked my comment on their post about experiments.",
    "Will be at the data meetup in two weeks.",
    "Said that I may use their name.",
)
TALK_NOTES = (
    "Warm and quick. Wants to hear how it goes. Promised the link to their style guide.",
    "Bad line, good talk. They went from teaching into data as well.",
    "Ten minutes longer than agreed, and they did not mind.",
    "Careful with numbers, generous with names.",
)
OPENINGS = (
    ("Data Analyst", "posted"),
    ("Junior Data Analyst", "unposted"),
    ("Analytics Engineer", "posted"),
    ("Product Analyst", "rumoured"),
    ("Insights Analyst", "posted"),
    ("Reporting Analyst (maternity cover)", "closed"),
    ("Senior Data Analyst", "filled"),
)
SALARIES = ("€48,000 to €55,000", "", "about €60,000, says the recruiter", "€52,000", "")
SENT_WITH = "CV of one page, the portfolio piece on late buses, a letter of four sentences. All fictional."

FICTIONAL = "Fictional: part of netjob’s demo."
MET = "Met at the data meetup (fictional). Friendly; said to write any time."
HOW = "Through the form on their intranet; they need my CV and three lines."
PREPARE = "Two stories ready: the late buses, and the report that nobody needed any more."
INTERVIEWED = (
    "Good talk; they asked twice about explaining numbers to people who fear them.",
    "Half an hour, friendly, mostly about how I learned SQL.",
    "The case was about churn. I forgot to ask what a customer is, and said so afterwards.",
)
WHERE = {
    "video": "https://meet.example/fictional-room",
    "phone": "+353 20 910 0000 (fictional)",
    "in_person": "Café Meridian, by the canal (fictional)",
    "writing": "",
}
PLAIN = (
    "Thank you for your time. I would like to learn about your work: may I ask you two or three questions?"
)
PLAIN_SUBJECT = "A question about your work"
OWN_TEMPLATE = (
    "From teaching to data",
    "Hi <first name>, I taught physics for six years and am moving into analytics. Your work as a <role> is "
    "where I’d like to get to. Glad to connect!",
)
OWN_QUESTION = ("team", "Who here came from another field, and what helped them?")
BAD_QUESTION = "What do you earn?"
DELETED_COMPANY = "Deleted company “%s”"
DELETED_QUESTION = f"Deleted question “{BAD_QUESTION}”"
CONTRADICTED = "Moonpenny Bank"
