"""A small project: two invented states, a minister, and two pages of which one reports what the other did."""

import pytest

from dragoman.model import (
    About,
    Act,
    Actor,
    ActorType,
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
from dragoman.record import Project

TEXT = 'Karsovia accused Veldonia of spying.\n"They opened our letters," Orlan Tessik said.\n'
STATES = (
    Actor("state:KAR", "Karsovia", ActorType.STATE, "KAR", "GOV", None, ("Karsovian", "Portmark")),
    Actor("state:VEL", "Veldonia", ActorType.STATE, "VEL", "GOV"),
)
TESSIK = Actor("person:tessik", "Orlan Tessik", ActorType.PERSON, "KAR", "GOV", None, ("Tessik",))
POST = Actor("outlet:post", "Harbour Post", ActorType.OUTLET)
READER = "test reader 1"


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def reading(source: str, outlet: str, published: str) -> Reading:
    document = Document(
        TEXT, source, outlet, "Letters", None, Published(published, "metadata"), "en", ((0, len(TEXT)),)
    )
    end = ChainLink("outlet:post", outlet, None)
    tessik = span("Orlan Tessik")
    speaker = Speaker("person:tessik", "Orlan Tessik", "foreign minister", tessik)
    said = Statement(
        id=f"stm-{source}",
        document=document.id,
        start=span("They opened")[0],
        end=span("our letters,")[1],
        text="They opened our letters,",
        form=Form.DIRECT,
        act=Act.ACCUSE,
        cue=span("said"),
        speaker=speaker,
        chain=(ChainLink("person:tessik", "Orlan Tessik", tessik), end),
        about=(About("state:VEL", -1),),
    )
    accused = span("Karsovia accused Veldonia of spying")
    report = EventReport(document.id, *accused, TEXT[slice(*accused)], (end,))
    event = Event(
        id="evt-letters",
        type="ACCUSE",
        mode="allege",
        context=(),
        quad=3,
        actor=("state:KAR",),
        recipient=("state:VEL",),
        status=Status.HAPPENED,
        date="2026-06-22",
        date_basis="relative",
        place=None,
        reports=(report,),
    )
    mentions = (Mention(*span("Karsovia"), "state:KAR", "name"), Mention(*tessik, "person:tessik", "name"))
    return Reading(document, READER, (POST, TESSIK, *STATES), mentions, (said,), (event,))


@pytest.fixture
def project(tmp_path) -> str:
    folder = tmp_path / "letters"
    with Project(folder) as opened:
        run = opened.start_run(READER, {})
        opened.add(reading("post.html", "Harbour Post", "2026-06-23"), run)
        opened.add(reading("wire.txt", "Harbour Wire", "2026-06-24"), run)
        opened.fail(run, "menu.pdf", "skipped", "menu.pdf has the suffix '.pdf'")
        opened.resolve()
        opened.finish_run(run)
    return str(folder)
