"""The words of the page, in English and in Welsh.

One table: what has no Welsh is found by a test. Whoever runs a front door has the Welsh read by
somebody who speaks it at home (docs/front-door.md).
"""

from __future__ import annotations

LANGUAGES = ("en", "cy")
PATHS = {"en": "/", "cy": "/cy"}
THANKS = {"en": "/thanks", "cy": "/cy/diolch"}

WORDS: dict[str, tuple[str, str]] = {
    "title": (
        "Tell us about somebody, or about yourself",
        "Dywedwch wrthym am rywun, neu amdanoch chi eich hun",
    ),
    "lead": (
        (
            "We walk alongside people who would like a good life where they live. We listen first. "
            "It is free, and anybody may ask."
        ),
        (
            "Rydym yn cerdded ochr yn ochr â phobl sydd am gael bywyd da lle maen nhw'n byw. "
            "Rydym yn gwrando yn gyntaf. Mae am ddim, a chaiff unrhyw un ofyn."
        ),
    ),
    "exit": ("Exit this page", "Gadael y dudalen hon"),
    "exit_says": (
        "“Exit this page” goes to the weather. It does not clear what your browser remembers.",
        (
            "Mae “Gadael y dudalen hon” yn mynd i'r tywydd. Nid yw'n clirio'r hyn y mae eich "
            "porwr yn ei gofio."
        ),
    ),
    "other": ("Cymraeg", "English"),
    "skip": ("Skip to the questions", "Neidio at y cwestiynau"),
    "danger": (
        "If somebody is in danger now, ring 999.",
        "Os yw rhywun mewn perygl nawr, ffoniwch 999.",
    ),
    "unwell": (
        (
            "If somebody is unwell and it is not an emergency, ring 111. "
            "For help with mental health at any hour, ring 111 and choose 2."
        ),
        (
            "Os yw rhywun yn sâl ac nad yw'n argyfwng, ffoniwch 111. "
            "Am help gydag iechyd meddwl ar unrhyw adeg, ffoniwch 111 a dewis 2."
        ),
    ),
    "not_read_at_once": (
        "We do not read this page at once: it can be some working days until we are in touch.",
        (
            "Nid ydym yn darllen y dudalen hon ar unwaith: gall fod rhai diwrnodau gwaith cyn i ni "
            "gysylltu."
        ),
    ),
    "happens": (
        "What happens to what you write",
        "Beth sy'n digwydd i'r hyn rydych yn ei ysgrifennu",
    ),
    "happens_1": (
        "It is sealed at once. Only the coordinators of the team can open it: this website cannot.",
        "Caiff ei selio ar unwaith. Dim ond cydlynwyr y tîm all ei agor: ni all y wefan hon.",
    ),
    "happens_2": (
        "One coordinator reads it and gets in touch, in the ways you say are safe.",
        "Mae un cydlynydd yn ei ddarllen ac yn cysylltu, yn y ffyrdd a ddywedwch sy'n ddiogel.",
    ),
    "happens_3": (
        "We tell the person that we heard about them, and from whom, when we first speak to them.",
        (
            "Rydym yn dweud wrth y person ein bod wedi clywed amdanynt, a chan bwy, pan fyddwn yn "
            "siarad â nhw gyntaf."
        ),
    ),
    "happens_4": (
        (
            "We tell nobody else, not even whether somebody got in touch with us. This page "
            "keeps no cookies."
        ),
        (
            "Nid ydym yn dweud wrth neb arall, hyd yn oed a yw rhywun wedi cysylltu â ni. Nid yw'r "
            "dudalen hon yn cadw cwcis."
        ),
    ),
    "who": ("Who is it about?", "Am bwy mae hyn?"),
    "who_myself": ("Me", "Fi"),
    "who_somebody else": ("Somebody else", "Rhywun arall"),
    "called": (
        "What do you, or they, like to be called?",
        "Beth ydych chi, neu nhw, yn hoffi cael eich galw?",
    ),
    "called_hint": ("A first name is enough.", "Mae enw cyntaf yn ddigon."),
    "reach": ("How can we reach you, or them?", "Sut gallwn ni gysylltu â chi, neu â nhw?"),
    "reach_hint": (
        "A telephone number or an e-mail address. If you do not know, say below how we reach you.",
        (
            "Rhif ffôn neu gyfeiriad e-bost. Os nad ydych yn gwybod, dywedwch isod sut i "
            "gysylltu â chi."
        ),
    ),
    "place": ("Where do you, or they, live?", "Ble ydych chi, neu nhw, yn byw?"),
    "place_hint": ("A postcode, or the village.", "Cod post, neu'r pentref."),
    "safe_ring": ("Is it safe to ring?", "A yw'n ddiogel ffonio?"),
    "safe_text": ("Is it safe to text?", "A yw'n ddiogel anfon neges destun?"),
    "safe_write": ("Is it safe to write?", "A yw'n ddiogel ysgrifennu?"),
    "safe_hint": (
        "Somebody at home may see the telephone, or open the post.",
        "Gall rhywun gartref weld y ffôn, neu agor y post.",
    ),
    "yes": ("Yes", "Ydy"),
    "no": ("No", "Nac ydy"),
    "not sure": ("Not sure", "Ddim yn siŵr"),
    "safe_words": (
        "What should we take care of when we get in touch? (optional)",
        "Beth ddylem ofalu amdano wrth gysylltu? (dewisol)",
    ),
    "reason": ("What would you like us to know?", "Beth hoffech chi i ni ei wybod?"),
    "reason_hint": (
        "A few words are enough. Please leave out what we need not know yet.",
        "Mae ychydig eiriau yn ddigon. Gadewch allan yr hyn nad oes angen i ni ei wybod eto.",
    ),
    "own_reason": (
        "If it is about somebody else: what do they say themself, in their words? (optional)",
        "Os yw am rywun arall: beth maen nhw'n ei ddweud eu hunain, yn eu geiriau nhw? (dewisol)",
    ),
    "knows": (
        "If it is about somebody else: do they know that you are telling us?",
        "Os yw am rywun arall: ydyn nhw'n gwybod eich bod yn dweud wrthym?",
    ),
    "knows_hint": (
        "It is best if they do. If they do not, we tell them when we first speak.",
        "Mae'n well os ydyn nhw. Os nad ydyn nhw, byddwn yn dweud wrthynt pan siaradwn gyntaf.",
    ),
    "knows_yes": ("Yes", "Ydyn"),
    "knows_no": ("No", "Nac ydyn"),
    "you": ("About you, if it is about somebody else", "Amdanoch chi, os yw am rywun arall"),
    "by_name": ("Your name (optional)", "Eich enw (dewisol)"),
    "by_role": ("How you know them (optional)", "Sut rydych yn eu hadnabod (dewisol)"),
    "by_role_hint": (
        "For example: neighbour, librarian, nurse at their surgery.",
        "Er enghraifft: cymydog, llyfrgellydd, nyrs yn eu meddygfa.",
    ),
    "by_organisation": (
        "Where you work, if it is your work (optional)",
        "Ble rydych yn gweithio, os yw'n rhan o'ch gwaith (dewisol)",
    ),
    "by_contact": ("How we reach you", "Sut i gysylltu â chi"),
    "trap": ("Leave this empty", "Gadewch hwn yn wag"),
    "send": ("Send", "Anfon"),
    "thanks": ("We have your message", "Mae eich neges gennym"),
    "thanks_says": (
        (
            "One of us will read it, and get in touch in the ways you said are safe. You may close "
            "this page."
        ),
        (
            "Bydd un ohonom yn ei darllen, ac yn cysylltu yn y ffyrdd a ddywedoch sy'n "
            "ddiogel. Cewch gau'r dudalen hon."
        ),
    ),
    "error": ("Error:", "Gwall:"),
    "problem": ("There is a problem", "Mae problem"),
    "missing_who": ("Say who it is about", "Dywedwch am bwy mae hyn"),
    "missing_reason": (
        "Say what you would like us to know",
        "Dywedwch beth hoffech chi i ni ei wybod",
    ),
    "missing_reach": (
        "Say how we can reach you, or them",
        "Dywedwch sut i gysylltu â chi, neu â nhw",
    ),
    "missing_knows": (
        "Say whether they know that you are telling us",
        "Dywedwch a ydyn nhw'n gwybod eich bod yn dweud wrthym",
    ),
    "too long": ("That is too long: make it shorter", "Mae hynny'n rhy hir: gwnewch ef yn fyrrach"),
    "not one of these": ("Choose one of the answers", "Dewiswch un o'r atebion"),
    "wait": (
        (
            "We cannot take your message just now. What you wrote is still here: try again in "
            "a few minutes, or ring us."
        ),
        (
            "Ni allwn gymryd eich neges ar hyn o bryd. Mae'r hyn a ysgrifennoch yma o hyd: "
            "ceisiwch eto mewn ychydig funudau, neu ffoniwch ni."
        ),
    ),
    "too_large": (
        "That is more than we can take at once. Please say it in fewer words.",
        "Mae hynny'n fwy nag y gallwn ei gymryd ar unwaith. Dywedwch ef mewn llai o eiriau.",
    ),
    "not_here": ("There is no page here", "Nid oes tudalen yma"),
    "back": ("Go to the page", "Mynd i'r dudalen"),
}
"""Each sentence of the page by its name: in English, and in Welsh."""


def said(language: str, name: str) -> str:
    """Return a sentence of the page."""
    return WORDS[name][LANGUAGES.index(language)]
