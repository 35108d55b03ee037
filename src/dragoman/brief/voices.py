"""Who says so: what the events rest on, and what people of the two sides are quoted as saying of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dragoman.analyze.demands import ALIKE
from dragoman.analyze.figures import figures
from dragoman.brief import dates
from dragoman.brief.deeds import agreeing
from dragoman.brief.english import be, called, counted, listed, quoted
from dragoman.brief.material import Material
from dragoman.brief.parts import Figure, Section, Sentence
from dragoman.brief.wording import doing, say
from dragoman.digest.utterances import utterance
from dragoman.model import Act, Form, Statement, Status
from dragoman.ontology.stems import stems

QUOTED = 3
"""Statements of each side about the other that a brief has, at most."""
_FIRST = (
    Act.THREATEN,
    Act.CONDITION,
    Act.PROMISE,
    Act.ACCUSE,
    Act.DENY,
    Act.REJECT,
    Act.PRAISE,
    Act.PREDICT,
    Act.ASSERT,
)
"""What of a statement comes first; demands have a section of their own."""


def voices(material: Material) -> Section:
    sentences = [*_ground(material), *_quoted(material, turned=False), *_quoted(material, turned=True)]
    return Section(say("section_voices"), tuple(sentences))


def _ground(material: Material) -> Iterator[Sentence]:
    done = [agreeing(event, material.names.parties) for event in material.events if event.status is Status.HAPPENED]
    found = figures(done, material.documents)
    if not done:
        return
    rows = tuple(event.id for event in done)
    numbers = {"events": found.n, "reports": found.reports, "outlets": found.outlets, "sources": found.sources}
    kinds = {"events": "event", "reports": "report", "outlets": "named outlet", "sources": "independent source"}
    fields = {name: counted(number, kinds[name]) for name, number in numbers.items()}
    counts = tuple(Figure(f"ground {name}", number, rows=rows) for name, number in numbers.items())
    template = "sources" if found.outlets else "sources_unnamed"
    wanted = [name for name in fields if name != "outlets" or found.outlets]
    verbs = {"be": be(found.n > 1), "rest": "rest" if found.n > 1 else "rests"}
    yield Sentence(say(template, **verbs, **{name: fields[name] for name in wanted}), figures=counts)
    single = tuple(event.id for event in done if len(material.project.sources(event)) == 1)
    if single and found.n > 1:
        rest = "rest" if len(single) > 1 else "rests"
        every = len(single) == found.n
        text = say("each_one_source") if every else say("one_source", events=counted(len(single), "event"), rest=rest)
        yield Sentence(text, figures=(Figure("ground single", len(single), rows=single),))
    outlets = Counter(
        called(name)
        for event in done
        for name in {material.documents[report.document].name for report in event.reports}
        if name
    )
    if len(outlets) > 1:
        most = sorted(outlets.items(), key=lambda item: (-item[1], item[0]))[:3]
        text = say("busiest", outlets=listed([f"{name} ({number})" for name, number in most]))
        yield Sentence(text, figures=tuple(Figure(f"reports of {name}", number) for name, number in most))
    if not found.outlets:
        return
    if found.state_share is None:
        yield Sentence(say("state_unknown"), figures=(Figure("reports of known ownership", 0),))
    else:
        share = round(100 * found.state_share)
        counts = (Figure("state share", share), Figure("reports of known ownership", found.reports_known))
        yield Sentence(
            say("state_share", share=str(share), reports=counted(found.reports_known, "report")), figures=counts
        )


def _quoted(material: Material, *, turned: bool) -> Iterator[Sentence]:
    speakers, whom = (material.b, material.a) if turned else (material.a, material.b)
    found: dict[str, list[Statement]] = {}
    for said in material.statements:
        about = any(one.actor in whom.ids for one in said.about)
        if (
            said.speaker.actor in speakers.ids
            and about
            and said.act in _FIRST
            and material.within(_published(said, material))
        ):
            found.setdefault(utterance(said), []).append(said)
    groups = [sorted(group, key=material.cite.place) for group in found.values()]
    groups.sort(key=lambda group: (_FIRST.index(group[0].act), -len(group), material.cite.place(group[0])))
    chosen: list[list[Statement]] = []
    for group in groups:
        if len(chosen) < QUOTED and not any(_alike(group[0], other[0]) for other in chosen):
            chosen.append(group)
    chosen.sort(key=lambda group: material.cite.place(group[0]))
    yield from (_said(group, material.names.of(whom.actor.id), material) for group in chosen)


def _alike(one: Statement, other: Statement) -> bool:
    """Whether two statements have most of their words in common."""
    words, theirs = stems(one.text), stems(other.text)
    return len(words & theirs) >= ALIKE * len(words | theirs)


def _said(group: list[Statement], whom: str, material: Material) -> Sentence:
    first, names = group[0], material.names
    date = _published(first, material)
    fields = {
        "whom": whom,
        "speaker": names.speaker(first),
        "be": be(names.speak(first)),
        "doing": doing(first.act),
        "quote": quoted(first.text),
        "where": f"{listed(material.outlets(group))}, {dates.named(date) if date else say('undated')}",
    }
    text = say("quoted" if first.form is Form.DIRECT else "reported", **fields)
    return Sentence(text, material.cite.statements(group))


def _published(said: Statement, material: Material) -> str | None:
    return material.documents[said.document].published
