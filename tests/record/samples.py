"""Readings made by hand, about invented states, and a hypothesis strategy that makes strange ones."""

from hypothesis import strategies as st

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
    content_id,
)

KARSOVIA = Actor("state:XKA", "Karsovia", ActorType.STATE, "XKA", "GOV", aliases=("Karsovian", "Karsovia"))
BELMARK = Actor("state:XBE", "Belmark", ActorType.STATE, "XBE", "GOV", aliases=("Belmark",))
ORLEN = Actor("person:orlen", "Dana Örlén", ActorType.PERSON, "XKA", "GOV", aliases=("Örlén",))
HERALD = Actor("outlet:herald", "The Tarn Herald", ActorType.OUTLET)
EVERYBODY = (KARSOVIA, BELMARK, ORLEN, HERALD)

CLAUSE = "Karsovia recalled its ambassador from Belmark on 3 May 2031"
QUOTE = "“Belmark must pay,” she said"
ARTICLE = f"{CLAUSE}. {ORLEN.name} explained why. {QUOTE} in the capital.\r\nNothing else is known 🦊 so far.\n"


def document(text=ARTICLE, source="a.txt", published="2031-05-04", outlet="The Tarn Herald", **more):
    basis = "header" if published else "none"
    return Document(text, source, outlet, published=Published(published, basis), body=((0, len(text)),), **more)


def event(of, clause=CLAUSE, type="COERCE", actor=(KARSOVIA,), recipient=(BELMARK,), date="2031-05-03", **more):
    start = of.text.index(clause)
    status = more.pop("status", Status.HAPPENED)
    statement = more.pop("statement", None)
    report = EventReport(
        of.id,
        start,
        start + len(clause),
        clause,
        (ChainLink(HERALD.id, HERALD.name),),
        statement,
        more.pop("confidence", 0.75),
    )
    parties = tuple(a.id for a in actor), tuple(r.id for r in recipient)
    key = content_id("event", type, *parties, date, status)
    return Event(
        id=key,
        type=type,
        mode=more.pop("mode", None),
        context=more.pop("context", ("diplomatic",)),
        quad=more.pop("quad", 4),
        actor=parties[0],
        recipient=parties[1],
        status=status,
        date=date,
        date_basis="text" if date else None,
        place=more.pop("place", None),
        reports=(report,),
    )


def statement(of, quote=QUOTE, act=Act.DEMAND, speaker=ORLEN, about=((BELMARK, -1),)):
    start = of.text.index(quote)
    mention = (of.text.index(speaker.name), of.text.index(speaker.name) + len(speaker.name))
    cue = (start + quote.index("said"), start + quote.index("said") + 4)
    return Statement(
        id=content_id("statement", of.id, start, len(quote)),
        document=of.id,
        start=start,
        end=start + len(quote),
        text=quote,
        form=Form.MIXED,
        act=act,
        cue=cue,
        speaker=Speaker(speaker.id, speaker.name, "minister", mention),
        chain=(ChainLink(speaker.id, speaker.name, mention), ChainLink(HERALD.id, HERALD.name)),
        about=tuple(About(actor.id, polarity) for actor, polarity in about),
        confidence=0.5,
    )


def reading(text=ARTICLE, source="a.txt", reader="reader 1", **more):
    """The article with one statement, one event and one mention; other texts with neither."""
    of = document(text, source, **more)
    if QUOTE not in text or CLAUSE not in text:
        return Reading(of, reader)
    return Reading(
        document=of,
        reader=reader,
        actors=EVERYBODY,
        mentions=(Mention(0, len("Karsovia"), KARSOVIA.id, "name"),),
        statements=(statement(of),),
        events=(event(of),),
        notes=("a table was not read",),
    )


def unrelated(number, words=60):
    """A text that shares no run of words with any of another number."""
    return " ".join(f"word{number}x{place}" for place in range(words))


_STRANGE = st.text(st.characters(exclude_categories=("Cs",)), min_size=1) | st.sampled_from(
    ["\r\n\r\n\r", "e\u0301\u200f🏳️‍🌈\x00 nul", "\u2028\u2029\x85\ufeff", "=cmd|'/c calc'!A1"]
)
_NAME = st.none() | _STRANGE


@st.composite
def strange_readings(draw):
    text = draw(_STRANGE)

    def span():
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    cut = draw(st.integers(0, len(text)))
    of = Document(
        text=text,
        source=draw(_STRANGE),
        outlet=draw(_NAME),
        title=draw(_NAME),
        author=draw(_NAME),
        published=Published(draw(st.sampled_from([None, "2031", "2031-05~", "XXXX-06-23", "2031-05-03/.."]))),
        language=draw(st.sampled_from([None, "en", "tr"])),
        body=((0, cut),) if cut else (),
        boilerplate=(Block(cut, len(text), "menu"),) if cut < len(text) else (),
        parts=(Block(*span(), "headline"),) if draw(st.booleans()) else (),
    )
    actors = tuple(
        Actor(
            f"actor:{number}",
            draw(_STRANGE),
            draw(st.sampled_from(ActorType)),
            draw(_NAME),
            aliases=tuple(sorted(aliases)),
        )
        for number, aliases in enumerate(draw(st.lists(st.sets(_STRANGE, max_size=2), min_size=1, max_size=3)))
    )
    who = st.sampled_from([actor.id for actor in actors])

    def chain():
        return tuple(
            ChainLink(draw(st.none() | who), draw(_NAME), span() if draw(st.booleans()) else None)
            for _ in range(draw(st.integers(0, 2)))
        )

    statements = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = span()
        statements.append(
            Statement(
                id=content_id("statement", of.id, len(statements)),
                document=of.id,
                start=start,
                end=end,
                text=text[start:end],
                form=draw(st.sampled_from(Form)),
                act=draw(st.sampled_from(Act)),
                cue=span() if draw(st.booleans()) else None,
                speaker=Speaker(
                    draw(st.none() | who), draw(_NAME), draw(_NAME), span() if draw(st.booleans()) else None
                ),
                chain=chain(),
                about=tuple(
                    About(draw(who), draw(st.sampled_from([-1, 0, 1]))) for _ in range(draw(st.integers(0, 2)))
                ),
                confidence=draw(st.floats(0, 1)),
            )
        )
    events = []
    for _ in range(draw(st.integers(0, 2))):
        start, end = span()
        parties = draw(st.lists(who, min_size=1, max_size=2, unique=True)), draw(st.lists(who, max_size=2, unique=True))
        date = draw(st.sampled_from([None, "2031-05-03", "XXXX-05-03", "2031-05-01/2031-05-03"]))
        within = draw(st.sampled_from([None, *(statement.id for statement in statements)]))
        events.append(
            Event(
                id=content_id("event", *parties, date),
                type="CONSULT",
                mode=draw(st.sampled_from([None, "visit"])),
                context=("diplomatic",),
                quad=1,
                actor=tuple(parties[0]),
                recipient=tuple(parties[1]),
                status=draw(st.sampled_from(Status)),
                date=date,
                date_basis="text" if date else None,
                place=draw(_NAME),
                reports=(EventReport(of.id, start, end, text[start:end], chain(), within, draw(st.floats(0, 1))),),
            )
        )
    mentions = tuple(Mention(*span(), draw(who), "name") for _ in range(draw(st.integers(0, 2))))
    return Reading(of, "reader 1", actors, mentions, tuple(statements), tuple(events), ("note",))
