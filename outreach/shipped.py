"""The message templates and questions with which every account begins; the user may change all.

Plain data. The placeholders are those of `placeholders.PLACEHOLDERS`; in an introduction request
`<name>` is the person to be met, and the message goes to `<introducer>`.
"""

from typing import NamedTuple

MET_AT_EVENT = "Met at an event"
"""The template for those whom one met, whose <topic> is the event."""
MET_WHOM_THEY_NAMED = "I met the person you named"
"""The report to whoever introduced me, about <person met>."""


class ShippedTemplate(NamedTuple):
    """One template; `kind` is a kind of message, `subject` is "" where the channel has none."""

    kind: str
    name: str
    subject: str
    body: str


class ShippedQuestion(NamedTuple):
    """One question for the bank; `aim` is one of the guide's four: role, team, openings, referral."""

    aim: str
    text: str


# Source of the wording: the guide "Getting Interviews through Networking". With its placeholders
# filled it has about 258 to 310 characters, so it needs an account that may write 300.
GUIDE_REQUEST = ShippedTemplate(
    "connection_request",
    "The guide’s own request (needs 300 characters)",
    "",
    "Hi <name>, I discovered your profile because of the interesting work you do as a <role> at <company>. "
    "I’d appreciate an opportunity to ask you a few questions to learn more about what you do and what it is "
    "like to work at <company>. Thank you in advance for connecting with me!",
)

# Each fits the 200 characters of a free account, long names and titles included.
SHORT_REQUESTS = (
    ShippedTemplate(
        "connection_request",
        "Interesting work",
        "",
        "Hi <first name>, your path to <role> at <company> interests me: I’m learning about this field "
        "from people who do the work. I’d be glad to connect.",
    ),
    ShippedTemplate(
        "connection_request",
        "Same school",
        "",
        "Hi <first name>, I was at <school> too. I’d enjoy hearing how your way led to <company>, "
        "and what the work there is really like. Glad to connect!",
    ),
    ShippedTemplate(
        "connection_request",
        "Something in common",
        "",
        "Hi <first name>, we have <in common> in common. I’m curious what it is like to work "
        "at <company> and would value your view. Glad to connect!",
    ),
    ShippedTemplate(
        "connection_request",
        "Topic",
        "",
        "Hi <first name>, I’m reading up on <topic> and came across your work at <company>. "
        "I’d like to learn how you see it. Glad to connect!",
    ),
    ShippedTemplate(
        "connection_request",
        MET_AT_EVENT,
        "",
        "Hi <first name>, we were both at <topic>, and I’d like to stay in touch. I’m curious how "
        "people at <company> see the field. Glad to connect!",
    ),
    ShippedTemplate(
        "connection_request",
        "Through an introducer",
        "",
        "Hi <first name>, <introducer> suggested that I write to you. I’d like to learn about your "
        "work at <company>. I’d be glad to connect.",
    ),
)

SHIPPED_TEMPLATES = (
    GUIDE_REQUEST,
    *SHORT_REQUESTS,
    ShippedTemplate(
        "first_message",
        "After they accepted",
        "Your work at <company>",
        "Hi <first name>, thank you for connecting. I found you through your work as a <role> at "
        "<company>. I’m learning how people in your field work, and what you see there every day is "
        "in no job ad. May I ask you a few questions: 15 to 20 minutes by phone or video, or in "
        "writing if you like that better?",
    ),
    ShippedTemplate(
        "first_message",
        "After they accepted, with something in common",
        "<in common>, and a question about <company>",
        "Hi <first name>, thank you for connecting. We have <in common> in common, and your way led "
        "on to <company>, where you are now a <role>. I’d like to understand how you got there and "
        "what you have learned about the field. Would you have 15 to 20 minutes for a few questions "
        "in the next two weeks?",
    ),
    ShippedTemplate(
        "ask_for_time",
        "Three times to choose from",
        "15 to 20 minutes about your work at <company>?",
        "Hi <first name>, as a <role> at <company> you see <topic> from the inside, and I’d value "
        "your view of it. Would you have 15 to 20 minutes, by phone, video or in person, whichever "
        "you like best? I could do <times> by your clock, and can work around your week. Which would "
        "suit you?",
    ),
    ShippedTemplate(
        "introduction_request",
        "Ask for an introduction, with lines to forward",
        "Do you know <name> at <company>?",
        "Hi <introducer>, you know <name> at <company>, whose view of the work there I’d value. If "
        "you’d rather not write, that is quite all right; if you do, these lines are made to be "
        "forwarded: “Hello <name>, <my name> is looking into work as a <my role> and has a few questions "
        "about <company>: 15 to 20 minutes, whenever suits you.” Would you introduce us?",
    ),
    ShippedTemplate(
        "introduction_request",
        "Ask whom they know at a company",
        "Do you know somebody at <company>?",
        "Hi <introducer>, I’m looking into work as a <my role>, and <company> is high on my list. I’d ask for 15 "
        "to 20 minutes and a few questions, no more; if you’d rather not, that is quite all right. Is there "
        "somebody there whom you know well enough to introduce us?",
    ),
    ShippedTemplate(
        "follow_up",
        "The one follow-up",
        "A second note: your work at <company>",
        "Hi <first name>, I know how weeks fill up, so here is one short second note. Your experience "
        "as a <role> at <company> is still the view I’d most like to hear. If a talk is too much just "
        "now, two or three questions in writing would help as well. Would either be possible?",
    ),
    ShippedTemplate(
        "thanks",
        "Thank you, the same day",
        "Thank you for today",
        "Hi <first name>, thank you for your time and for speaking so openly about <company>. What "
        "you told me about <topic> is the thing I could not have read anywhere, and I have written it "
        "down. I’ll let you know what comes of it. If I can be of use to you one day, please tell "
        "me.\n\n<my name>",
    ),
    ShippedTemplate(
        "report_back",
        "What came of your advice",
        "What came of your advice",
        "Hi <first name>, when we talked you gave me advice on <topic>. I have acted on it, and it "
        "moved my search forward, so I wanted you to hear of it. Thank you again; I hope all is well "
        "at <company>.\n\n<my name>",
    ),
    ShippedTemplate(
        "report_back",
        MET_WHOM_THEY_NAMED,
        "I spoke with <person met>",
        "Hi <first name>, you pointed me to <person met>, and we have now talked. I learned a good "
        "deal, above all about <topic>. Thank you for opening that door; I have not forgotten who "
        "did.\n\n<my name>",
    ),
    ShippedTemplate(
        "reply",
        "They said yes",
        "",
        "Hi <first name>, thank you, I look forward to it. I’ll keep to 20 minutes and send my "
        "questions the day before, so that you can see where I’d like to go. Is a video call right "
        "for you, or do you prefer the phone?",
    ),
    ShippedTemplate(
        "reply",
        "They named somebody else",
        "",
        "Hi <first name>, thank you for pointing me on; that helps a great deal. I’ll write to them "
        "this week and tell you how it went. May I mention your name?",
    ),
    ShippedTemplate(
        "reply",
        "Not now",
        "",
        "Hi <first name>, thank you for telling me so kindly. I’ll leave it there for now and wish "
        "you a good time at <company>. If it suits you better later, I’d still be glad to hear about "
        "your work.",
    ),
)

# The guide's four aims, in the words that TIARA suggests: trends, insights, advice, resources,
# assignments. Open questions, about what the person knows and no website says.
SHIPPED_QUESTIONS = (
    ShippedQuestion("role", "What does a normal week look like in your role?"),
    ShippedQuestion("role", "Which skills does this role really need, and which are only in the job ad?"),
    ShippedQuestion("role", "What do people in this role find hardest in their first half year?"),
    ShippedQuestion("role", "Which projects are most common or most important in this role right now?"),
    ShippedQuestion("role", "Which trends are changing this work most, and what should I learn for them?"),
    ShippedQuestion("role", "How is success measured in this role after a year?"),
    ShippedQuestion("team", "How is the team organised, and with whom does it work most closely?"),
    ShippedQuestion("team", "What surprised you most about the company after you had joined?"),
    ShippedQuestion("team", "How are decisions made, and what happens when people disagree?"),
    ShippedQuestion("team", "What kind of person does well here, and who does not?"),
    ShippedQuestion("team", "What has changed in the team or the company over the last year?"),
    ShippedQuestion("openings", "How do openings in your team become known, inside and outside?"),
    ShippedQuestion("openings", "Are there roles being planned that are not posted yet?"),
    ShippedQuestion("openings", "Is the role that I saw posted still open, and who decides on it?"),
    ShippedQuestion("openings", "What happens to an application here, from the first reading to the offer?"),
    ShippedQuestion("openings", "What would make an application for this role stand out to your team?"),
    ShippedQuestion("openings", "In my place, what would you do next to get ready for a role like yours?"),
    ShippedQuestion("referral", "Who else would you speak with to understand this work better?"),
    ShippedQuestion("referral", "May I mention your name to them, or would you rather introduce us?"),
    ShippedQuestion("referral", "How do referrals work here, and when do they help?"),
    ShippedQuestion("referral", "Which people, groups or events in this field should I get to know?"),
    ShippedQuestion("referral", "What should I read or follow to keep up with your field?"),
    ShippedQuestion("referral", "May I come back to you and tell you what came of your advice?"),
)
