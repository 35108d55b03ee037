"""The cast of a document: which actor each token means, and whom a phrase names as a speaker."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from dragoman.encode import Analysis
from dragoman.encode.labels import VOICES
from dragoman.model import Actor, ActorType, Mention, Speaker, content_id
from dragoman.ontology.phrases import normalise
from dragoman.ontology.roles import find_roles
from dragoman.ontology.speakers import speaking

from .cue_syntax import subtree
from .names import MEDIA, case_of, countries_in, head_of

_WRITES = frozenset(("of", "by", "from", "in"))
_CLAUSES = ("acl", "acl:relcl", "appos", "parataxis", "conj", "advcl")
_BREAKS = frozenset(',;:"“”()—–')
_SINGULAR = frozenset(("he", "she"))
_BODY, _GROUP = frozenset(("it", "its")), frozenset(("they", "them", "their"))
_PERSONAL = frozenset(("his", "her", "my", "their", "your", "our"))
_STOPS = frozenset('.;:"“”')
REACH = 9
"""Tokens between a cue and the name beside it, at most."""
ANTECEDENT = 120
"""Tokens that "it", "they" and "the paper" look back, at most."""
VOICE = 0.5
"""Probability of a word to be in somebody's words, at least."""
NEARER = 70
"""Tokens that "he" and "she" look back for somebody without a name, at most."""
GROUPS_SPAN = 20
"""Tokens of a speaker's phrase that are kept as the name of an unnamed group, at most."""


@dataclass(slots=True)
class Cast:
    """The actors of one document by token. Built by `cast`; speakers that only a statement names are added on the way."""

    analysis: Analysis
    quoted: Set[int] = frozenset()
    """Tokens within quotation marks."""
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    _at: dict[int, str] = field(default_factory=dict)
    _places: set[int] = field(default_factory=set)
    _roles: dict[str, str] = field(default_factory=dict)
    _kinds: dict[int, str] = field(default_factory=dict)
    _described: dict[int, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _written: dict[str, Speaker] = field(default_factory=dict)
    """Who speaks in a text, by the noun for it."""

    def actor_at(self, token: int) -> tuple[str, ...]:
        """Ids of the actors whose mention covers a token; empty where none does."""
        found = self._at.get(token)
        return (found,) if found else ()

    def is_place(self, token: int) -> bool:
        """Whether a name stands for a place here and not for those who govern it."""
        return token in self._places

    def actor(self, id: str) -> Actor:
        return self.actors[id]

    def name(self, id: str) -> str:
        """The fullest name that the document itself gives an actor, else the listed one."""
        return self._names.get(id) or self.actors[id].name

    def role(self, id: str) -> str | None:
        """The first role that the document gives an actor."""
        return self._roles.get(id)

    def know(self, actor: Actor) -> None:
        """Adds an actor whom the text itself does not mention, such as the outlet of the page."""
        self.actors.setdefault(actor.id, actor)

    def add(self, actor: Actor, start: int, end: int, kind: str, *, place: bool = False) -> None:
        """Adds a mention of `actor` over tokens `[start, end)`; tokens that have a mention keep it."""
        alias = self.words(start, end)
        known = self.actors.get(actor.id)
        names = set(known.aliases if known else actor.aliases)
        if kind not in ("pronoun",):
            names.add(" ".join(alias.split()))
        base = known or actor
        self.actors[actor.id] = Actor(
            base.id, base.name, base.type, base.country, base.sector, base.qid, tuple(sorted(names))
        )
        free = [i for i in range(start, end) if i not in self._at]
        for i in free:
            self._at[i] = actor.id
            self._kinds[i] = kind
            if place:
                self._places.add(i)
        if free:
            self.mentions.append(
                Mention(self.analysis.tokens[start].start, self.analysis.tokens[end - 1].end, actor.id, kind)
            )

    def call(self, id: str, name: str) -> None:
        self._names.setdefault(id, " ".join(name.split()))

    def describe(self, id: str, start: int, end: int, role: str) -> None:
        """Notes that tokens `[start, end)`, beside the name, give an actor a role."""
        self._roles.setdefault(id, role)
        for i in range(start, end):
            self._described.setdefault(i, id)

    def speaker(self, start: int, end: int, *, surely: bool = False) -> Speaker | None:
        """The speaker whom tokens `[start, end)` name: the actor of its head, else the first person in it, else the group
        or document that the phrase describes. Unknown for a pronoun whose meaning is open; None where the phrase names
        nobody who could speak ("history has shown"), unless it is `surely` somebody who does."""
        while end < len(self.analysis.tokens) and self._is(end, ActorType.PERSON) and self._adjacent(end):
            end += 1
        head = head_of(self.analysis, start, end)
        token = self.analysis.tokens[head]
        if token.xpos in ("WP", "WDT") and (antecedent := self._antecedent(head)) is not None:
            return self.speaker(*antecedent, surely=surely)
        if token.text.lower() in _SINGULAR and (someone := self._someone(head)) is not None:
            return self.speaker(*someone, surely=True)
        if token.lemma in speaking().texts and (writer := self._writer(start, end, head)) is not None:
            return writer
        persons = [i for i in range(start, end) if self._is(i, ActorType.PERSON) and not self._apart(i, head)]
        id = self._at.get(head) or self._described.get(head)
        if self._kinds.get(head) == "role" or head in self._described:
            id = None if self._owned(start, head) else id
        if persons and (id is None or self.actors[id].type is not ActorType.PERSON):
            id = self._at[persons[0]]
        if id is None and surely and (not self._speaks(head) or self._governs(start, end)):
            id = self._owner(start, end)
        if id is None or (self._kinds.get(head) == "demonym" and token.upos == "ADJ"):
            id = self._outlet(start, end, head) or self._unnamed(start, end, head, surely=surely)
        if id is None:
            return Speaker(mention=self._span(start, end)) if token.xpos in ("PRP", "PRP$", "WP") else None
        at = [i for i in range(start, end) if self._at.get(i) == id] or [head]
        return Speaker(id, self.name(id), self._roles.get(id), self._span(min(at), max(at) + 1))

    def _someone(self, pronoun: int) -> tuple[int, int] | None:
        """The phrase without a name that "he" or "she" means: the last subject of its paragraph outside what is said, where
        that is somebody and nobody with a name is the subject of a clause after him."""
        tokens = self.analysis.tokens
        first = next(first for first, last in self.analysis.paragraphs if first <= pronoun < last)
        for i in range(pronoun - 1, max(first, pronoun - NEARER) - 1, -1):
            if not tokens[i].relation.startswith("nsubj") or (self._said(i) and not self._said(pronoun)):
                continue
            if self._is(i, ActorType.PERSON) and self._kinds[i] == "name":
                return None
            somebody = tokens[i].xpos == "NN" and (speaking().person(tokens[i].lemma) or self._role_of_person(i))
            if somebody and tokens[i].head != tokens[pronoun].head:
                start, end = subtree(self.analysis, i, stop=_CLAUSES)
                return start, end
        return None

    def _said(self, token: int) -> bool:
        """Whether a token is in somebody's words, between marks or not."""
        meant = self.analysis.meant
        voiced = meant is not None and float(meant.voices[token, VOICES.index("said")]) > VOICE
        return voiced or token in self.quoted

    def _role_of_person(self, token: int) -> bool:
        return any(role.kind == "person" for _, _, role in find_roles([self.analysis.tokens[token].lemma]))

    def _writer(self, start: int, end: int, head: int) -> Speaker | None:
        """Who speaks in a text: whose it is, by whom, of whom or in which outlet it is; of one named before ("the memo") the
        same as there."""
        tokens, lemma = self.analysis.tokens, self.analysis.tokens[head].lemma
        for child in self.analysis.children[head]:
            relation, case = tokens[child].relation, case_of(self.analysis, child)
            owner = relation == "nmod:poss" or (relation.startswith(("nmod", "obl")) and case in _WRITES)
            if not owner or child in self._places:
                continue
            first, last = subtree(self.analysis, child, stop=_CLAUSES)
            while first < child and (tokens[first].relation == "case" or tokens[first].upos == "PUNCT"):
                first += 1
            found = self.speaker(first, last, surely=case != "in")
            known = self.actors.get(found.actor or "") if found is not None else None
            if found is not None and known is not None and (case != "in" or known.type is ActorType.OUTLET):
                self._written[lemma] = found
                return found
        definite = tokens[start].text.lower() in ("the", "this", "that")
        return self._written.get(lemma) if definite else None

    def _antecedent(self, relative: int) -> tuple[int, int] | None:
        """The phrase that "who" stands for: what the relative clause hangs on, up to the clause."""
        tokens = self.analysis.tokens
        verb = tokens[relative].head
        for _ in range(4):
            if verb < 0:
                return None
            if tokens[verb].relation.startswith("acl"):
                head = tokens[verb].head
                return (head, relative) if 0 <= head < relative else None
            verb = tokens[verb].head
        return None

    def near(self, cue: tuple[int, int]) -> Speaker | None:
        """The person beside a cue that has no source: behind it ("said observer X"), else before it ("X, who leads Y, said")."""
        tokens = self.analysis.tokens
        for where in (range(cue[1], min(cue[1] + REACH, len(tokens))), range(cue[0] - 1, max(-1, cue[0] - REACH), -1)):
            for i in where:
                if self._is(i, ActorType.PERSON) and self._kinds[i] != "pronoun":
                    return self.speaker(i, i + 1)
                if tokens[i].upos in ("VERB", "AUX") or tokens[i].text in _STOPS:
                    break
        return None

    def _outlet(self, start: int, end: int, head: int) -> str | None:
        """The body that "it" or "they" means, the outlet that "the paper" means or whose commentary speaks."""
        token = self.analysis.tokens[head]
        if token.text.lower() in _BODY | _GROUP:
            return self._meant(head, ActorType.ORGANISATION if token.text.lower() in _BODY else ActorType.GROUP)
        named = [self._at[i] for i in range(start, end) if self._is(i, ActorType.OUTLET)]
        if named and token.lemma in speaking().texts:
            return named[0]
        definite = self.analysis.tokens[start].text.lower() in ("the", "this", "that", "same")
        if not definite or token.lemma not in MEDIA | speaking().texts:
            return None
        id = self._meant(head, ActorType.OUTLET)
        if id is not None:
            self.add(self.actors[id], head, head + 1, "role")
        return id

    def _meant(self, token: int, kind: ActorType) -> str | None:
        """The last subject of a kind before a token: an outlet, a group, or whatever "it" may stand for."""
        for i in range(token - 1, max(-1, token - ANTECEDENT), -1):
            id = self._at.get(i)
            foreign = i in self.quoted and token not in self.quoted
            if id is None or foreign:
                continue
            type_ = self.actors[id].type
            if kind is ActorType.OUTLET:
                if type_ is kind:
                    return id
                continue
            people = type_ is ActorType.GROUP or self.analysis.tokens[i].xpos in ("NNS", "NNPS")
            fits = type_ is not ActorType.PERSON and people == (kind is ActorType.GROUP)
            if fits and self.analysis.tokens[i].relation.startswith("nsubj"):
                return id
        return None

    def _adjacent(self, token: int) -> bool:
        """Whether a name goes on a phrase that ends before it: "the observer | Dana Oru"."""
        before = self.analysis.tokens[token - 1]
        return before.upos in ("NOUN", "PROPN", "ADJ") and (token - 1 in self._described or token - 1 in self._at)

    def _owner(self, start: int, end: int) -> str | None:
        """Whose a thing is that speaks for somebody: "Oru's contention", "its ministry", "the tables of Norway"."""
        for i in range(start, end):
            if self._is(i, ActorType.STATE) and i not in self._places and case_of(self.analysis, i) == "of":
                return self._at[i]
            if self.analysis.tokens[i].relation == "nmod:poss":
                id = self._at.get(i)
                if id is None and self.analysis.tokens[i].text.lower() in _BODY | _GROUP:
                    id = self._outlet(i, i + 1, i)
                if id is not None:
                    return id
        return None

    def _governs(self, start: int, end: int) -> bool:
        """Whether a phrase names an institution only as somebody's: "its foreign ministry"."""
        words = [token.text.lower() for token in self.analysis.tokens[start:end]]
        institution = any(role.kind == "institution" for _, _, role in find_roles(words))
        return institution and not (_BODY | _GROUP).isdisjoint(words)

    def _apart(self, token: int, head: int) -> bool:
        """Whether a name or pronoun only tells whose or of whom somebody is: "Oru's spokesman", "a person close to her"."""
        tokens = self.analysis.tokens
        for _ in range(4):
            if token == head or token < 0:
                return False
            if tokens[token].relation in ("nmod:poss", "obl", "obl:unmarked") or self._kinds.get(token) == "pronoun":
                return True
            token = tokens[token].head
        return False

    def _owned(self, start: int, head: int) -> bool:
        """Whether a phrase names a person by another one: "his deputy", "Oru's wife"."""
        owners = [
            c for c in self.analysis.children[head] if self.analysis.tokens[c].relation == "nmod:poss" and c >= start
        ]
        return any(self._is(c, ActorType.PERSON) or self.analysis.tokens[c].text.lower() in _PERSONAL for c in owners)

    def _unnamed(self, start: int, end: int, head: int, *, surely: bool) -> str | None:
        nouns = [i for i in range(start, end) if self.analysis.tokens[i].upos in ("NOUN", "PROPN")]
        if nouns and self.analysis.tokens[head].upos in ("ADJ", "DET", "ADV", "VERB", "NUM"):
            head = nouns[-1]
        token = self.analysis.tokens[head]
        if not self._speaks(head) and not (surely and token.upos in ("NOUN", "PROPN")):
            return None
        end = max(end, subtree(self.analysis, head, stop=_CLAUSES)[1])
        while start < head and self.analysis.tokens[start].upos in ("DET", "PUNCT", "ADP"):
            start += 1
        end = min(end, start + GROUPS_SPAN)
        end = next((i for i in range(head + 1, end) if self._breaks(i)), end)
        if start >= end:
            return None
        name = " ".join(self.words(start, end).split())
        countries = [n.actor.country for n in countries_in(self.analysis, start, end)]
        country = countries[0] if len(set(countries)) == 1 else None
        plural = token.xpos in ("NNS", "NNPS") or token.upos in ("PRON", "DET", "ADJ")
        somebody = speaking().person(token.lemma) or self._role_of_person(head)
        type_ = ActorType.GROUP if plural else ActorType.PERSON if somebody else ActorType.ORGANISATION
        id = content_id("group", normalise(name), country)
        self.add(Actor(id, name, type_, country), start, end, "role")
        return id

    def _breaks(self, token: int) -> bool:
        """Whether a phrase ends before a token: at a mark or a relative pronoun."""
        return self.analysis.tokens[token].text in _BREAKS or self.analysis.tokens[token].xpos in ("WDT", "WP", "WP$")

    def _speaks(self, head: int) -> bool:
        """Whether a word without a name can be somebody who speaks: no abstract noun ("history"), no mere determiner."""
        token = self.analysis.tokens[head]
        if token.upos == "PROPN":
            return True
        if token.upos in ("PRON", "DET", "ADJ", "NUM"):
            return token.lemma in speaking().some
        lemma = token.lemma.lower()
        if token.upos != "NOUN":
            return False
        listed = speaking()
        if lemma in listed.texts | listed.bodies or find_roles([lemma]):
            return True
        plural = token.xpos == "NNS" and lemma not in listed.things and not lemma.endswith(listed.abstract_endings)
        return plural or listed.person(lemma)

    def is_person(self, token: int) -> bool:
        return self._is(token, ActorType.PERSON)

    def _is(self, token: int, type_: ActorType) -> bool:
        id = self._at.get(token)
        return id is not None and self.actors[id].type is type_

    def words(self, start: int, end: int) -> str:
        """The text of tokens `[start, end)` as it stands."""
        tokens = self.analysis.tokens
        return self.analysis.text[tokens[start].start : tokens[end - 1].end]

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.analysis.tokens[start].start, self.analysis.tokens[end - 1].end
