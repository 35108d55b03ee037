"""A language base made of an installed spaCy pipeline, for whoever has a better one for their texts than ours.

Pipelines trained on Universal Dependencies pass through. The English pipelines of spaCy speak the CLEAR style (Choi and
Palmer 2012), in which function words are heads; `to_universal` turns their trees into Universal Dependencies, where
content words are: nouns over prepositions, predicates over copulas, first conjuncts over others, first names over last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.encode.analysis import Analysis, Entity, Token
from dragoman.encode.tokens import paragraphs
from dragoman.errors import SettingsError
from dragoman.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST = 50_000
"""Characters that the pipeline is given at once; a longer line is cut at a blank."""

CLEAR = frozenset({"dobj", "pobj", "nsubjpass", "auxpass"})
"""Labels by which a CLEAR-style parser is known."""

ENTITIES = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}

_RENAMED = {
    "ROOT": "root",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "prep": "obl",
    "pobj": "obl",
    "pcomp": "advcl",
    "agent": "obl:agent",
    "poss": "nmod:poss",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "neg": "advmod",
    "relcl": "acl:relcl",
    "intj": "discourse",
    "meta": "dep",
}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
_NONFINITE = frozenset({"VB", "VBG", "VBN", "JJ", "NN", "NNS", "NNP", "NNPS"})
_NONFINITE_AUX = frozenset({"TO", "VB", "VBG", "VBN"})


@dataclass(slots=True)
class Node:
    """A word of a sentence while its tree is turned. `head` is an index within the sentence, -1 for the root."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a pipeline says about a stretch of text: sentences, and entities as spans of characters with a label."""

    sentences: list[list[Node]]
    entities: list[tuple[int, int, str]]


class SpacyBase:
    """Analyzes text with the installed spaCy pipeline called `pipeline`, which must give tags and trees."""

    def __init__(self, pipeline: str | None) -> None:
        if pipeline is None:
            raise SettingsError("name an installed spaCy pipeline, e.g. spacy:en_core_web_sm")
        try:
            import spacy
        except ModuleNotFoundError as error:
            raise SettingsError(f"pipeline '{pipeline}' needs spaCy: run 'pip install spacy'") from error
        try:
            self._pipeline: Language = spacy.load(pipeline)
        except (OSError, ValueError, ImportError) as error:
            message = (
                f"cannot load the spaCy pipeline '{pipeline}': install it, or name another in the settings ({error})"
            )
            raise SettingsError(message) from error
        doc = self._pipeline("They met.")
        needs = {"POS": "tagger", "DEP": "dependency parser", "SENT_START": "sentence splitter"}
        for attribute, component in needs.items():
            if not doc.has_annotation(attribute):
                message = f"the spaCy pipeline '{pipeline}' has no {component}: name one with a tagger and a parser"
                raise SettingsError(message)
        meta = self._pipeline.meta
        self._name = f"spacy:{meta['lang']}_{meta['name']} {meta['version']}"
        self._clear = any(CLEAR & set(labels) for labels in self._pipeline.pipe_labels.values())

    @property
    def name(self) -> str:
        return self._name

    def analyze(self, text: str, spans: Sequence[Span]) -> Analysis:
        """See `LanguageBase.analyze`."""
        lines = [(start + a, start + b) for start, end in spans for a, b in paragraphs(text[start:end])]
        parts = [part for line in lines for part in _parts(text, *line)]
        docs = self._pipeline.pipe(text[start:end] for start, end in parts)
        parsed = [_parsed(doc, start) for doc, (start, _) in zip(docs, parts, strict=True)]
        return assemble(text, lines, parsed, clear=self._clear)


def assemble(text: str, lines: Iterable[Span], parsed: Iterable[Parsed], *, clear: bool) -> Analysis:
    """The analysis of `text` from what a pipeline said about its lines; `clear`: its labels are CLEAR style."""
    tokens: list[Token] = []
    sentences: list[tuple[int, int]] = []
    entities: list[Entity] = []
    for part in parsed:
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for nodes in part.sentences:
            offset = len(tokens)
            first.update({node.start: offset + k for k, node in enumerate(nodes)})
            last.update({node.end: offset + k + 1 for k, node in enumerate(nodes)})
            _single_root(nodes)
            if clear:
                inside = nodes[0].start, nodes[-1].end
                people = [(s, e) for s, e, label in part.entities if label in ("PERSON", "PER") and inside[0] <= s]
                to_universal(nodes, [(first[s] - offset, last[e] - offset) for s, e in people if e <= inside[1]])
            for n in nodes:
                head = n.head + offset if n.head >= 0 else -1
                relation = "root" if n.relation == "ROOT" else n.relation
                tokens.append(Token(n.start, n.end, n.text, n.lemma, n.upos, n.xpos, head, relation))
            sentences.append((offset, len(tokens)))
        entities += [Entity(first[s], last[e], ENTITIES[k]) for s, e, k in part.entities if k in ENTITIES]
    children: list[list[int]] = [[] for _ in tokens]
    for i, token in enumerate(tokens):
        if token.head >= 0:
            children[token.head].append(i)
    ranges = tuple(_ranges(lines, tokens))
    return Analysis(
        text, tuple(tokens), tuple(sentences), ranges, tuple(entities), children=tuple(map(tuple, children))
    )


def to_universal(nodes: list[Node], people: Iterable[tuple[int, int]] = ()) -> None:
    """Turns the CLEAR-style tree of a sentence into Universal Dependencies; `people` are ranges of personal names."""
    _lift_objects_of_prepositions(nodes)
    _lower_subjects_of_infinitives(nodes)
    _lift_predicates(nodes)
    for node in nodes:
        node.relation = _renamed(node, nodes)
    _attach_to_first_conjunct(nodes)
    for start, end in people:
        _lift_first_name(nodes, start, end)


def _lift_objects_of_prepositions(nodes: list[Node]) -> None:
    """ "met in <- Sedova" becomes "met <- Sedova", the preposition its case; a clause behind one gets it as a mark."""
    kids = _children(nodes)
    lifted: dict[int, int] = {}
    for i in reversed(_top_down(nodes, kids)):
        preposition = nodes[i]
        objects = [k for k in kids[i] if nodes[k].relation in ("pobj", "pcomp") and nodes[k].head == i]
        if not objects and preposition.relation in ("prep", "agent", "dative", "pcomp"):
            objects = [lifted[k] for k in kids[i] if k in lifted and nodes[lifted[k]].head == i]
        if not objects:
            continue
        found = nodes[objects[0]]
        clause = found.relation == "pcomp" and found.upos in ("VERB", "AUX")
        found.relation = _relation_of_object(preposition, nodes, clause)
        found.head = preposition.head
        for k in kids[i]:
            kid = nodes[lifted.get(k, k)]
            if kid.head == i:
                kid.head = objects[0]
        preposition.head, preposition.relation = objects[0], "mark" if clause else "case"
        lifted[i] = objects[0]


def _relation_of_object(preposition: Node, nodes: list[Node], clause: bool) -> str:
    if preposition.relation not in ("prep", "agent", "dative"):
        return preposition.relation
    nominal = preposition.head >= 0 and nodes[preposition.head].upos in _NOMINAL
    if clause:
        return "acl" if nominal else "advcl"
    if preposition.relation == "agent":
        return "obl:agent"
    return "nmod" if nominal else "obl"


def _lower_subjects_of_infinitives(nodes: list[Node]) -> None:
    """In "urged them to leave" they are the object of the urging, and the leaving is its open complement."""
    kids = _children(nodes)
    for i, clause in enumerate(nodes):
        if clause.relation != "ccomp" or clause.head > i or clause.xpos not in _NONFINITE:
            continue
        helpers = [nodes[k].xpos for k in kids[i] if nodes[k].relation in ("aux", "auxpass")]
        if any(nodes[k].relation == "mark" for k in kids[i]) or not _NONFINITE_AUX.issuperset(helpers):
            continue
        for k in kids[i]:
            if nodes[k].relation in ("nsubj", "nsubjpass") and clause.head < k < i:
                nodes[k].head, nodes[k].relation, clause.relation = clause.head, "dobj", "xcomp"
                break


def _lift_predicates(nodes: list[Node]) -> None:
    """ "talks <- were -> failure" becomes "failure -> talks", the verb its copula; "there is" keeps its verb."""
    kids = _children(nodes)
    for i in _top_down(nodes, kids):
        verb = nodes[i]
        if verb.lemma != "be" or verb.relation in ("aux", "auxpass"):
            continue
        if any(nodes[k].relation == "expl" and nodes[k].xpos == "EX" for k in kids[i]):
            for k in kids[i]:
                if nodes[k].relation == "attr":
                    nodes[k].relation = "nsubj"
            continue
        predicate = _predicate(i, kids[i], nodes)
        if predicate is None:
            continue
        nodes[predicate].head, nodes[predicate].relation = verb.head, verb.relation
        verb.head, verb.relation = predicate, "cop"
        moved = [k for k in kids[i] if k != predicate]
        for k in moved:
            nodes[k].head = predicate
        kids[predicate] += moved
        kids[i] = []


def _predicate(verb: int, kids: list[int], nodes: list[Node]) -> int | None:
    relations = {nodes[k].relation for k in kids}
    for k in kids:
        if nodes[k].relation in ("attr", "acomp"):
            return k
    if relations & {"xcomp", "ccomp", "dobj", "oprd"} or not relations & {"nsubj", "csubj"}:
        return None
    return next((k for k in kids if k > verb and nodes[k].relation == "obl"), None)


def _renamed(node: Node, nodes: list[Node]) -> str:
    relation = node.relation
    nominal = node.head >= 0 and nodes[node.head].upos in _NOMINAL
    if relation == "aux" and node.xpos == "TO":
        return "mark"
    if relation == "neg" and node.xpos == "DT":
        return "det"
    if relation == "prep" and node.upos != "ADP":
        return "advmod"
    if relation == "npadvmod":
        return "nmod:unmarked" if nominal else "obl:unmarked"
    if relation == "nmod" and node.head >= 0 and node.start < nodes[node.head].start:
        return "compound"
    return _RENAMED.get(relation, relation)


def _attach_to_first_conjunct(nodes: list[Node]) -> None:
    first: dict[int, int] = {}
    for i in _top_down(nodes, _children(nodes)):
        if nodes[i].relation == "conj":
            first[i] = first.get(nodes[i].head, nodes[i].head)
    conjuncts: dict[int, list[int]] = {}
    for i, head in sorted(first.items()):
        nodes[i].head = head
        conjuncts.setdefault(head, []).append(i)
    for i, node in enumerate(nodes):
        if node.relation == "cc" or (node.xpos == "," and node.head < i):
            following = conjuncts.get(first.get(node.head, node.head), ())
            node.head = next((k for k in following if k > i), node.head)


def _lift_first_name(nodes: list[Node], start: int, end: int) -> None:
    """ "Mara <- Velden" becomes "Mara -> Velden", flat."""
    last = end - 1
    if last <= start or any(nodes[k].head != last or nodes[k].relation != "compound" for k in range(start, last)):
        return
    nodes[start].head, nodes[start].relation = nodes[last].head, nodes[last].relation
    for k, node in enumerate(nodes):
        if node.head == last:
            node.head = start
        if start < k < end:
            node.head, node.relation = start, "flat"


def _children(nodes: list[Node]) -> list[list[int]]:
    kids: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        if node.head >= 0:
            kids[node.head].append(i)
    return kids


def _top_down(nodes: list[Node], kids: list[list[int]]) -> list[int]:
    order = [i for i, node in enumerate(nodes) if node.head < 0]
    for i in order:
        order += kids[i]
    return order


def _single_root(nodes: list[Node]) -> None:
    """A root beside the first, left where a blank headed the sentence, is made to depend on the first."""
    roots = [i for i, node in enumerate(nodes) if node.head < 0]
    for i in roots[1:]:
        nodes[i].head, nodes[i].relation = roots[0], "dep"
    nodes[roots[0]].relation = "ROOT"


def _parts(text: str, start: int, end: int) -> Iterator[Span]:
    """`[start, end)` in parts of at most LONGEST characters, cut at blanks where there are any."""
    while end - start > LONGEST:
        blank = text.rfind(" ", start + 1, start + LONGEST)
        cut = blank if blank > start else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def _parsed(doc: Doc, offset: int) -> Parsed:
    """Sentences and entities of `doc`, which begins at `offset` of the text, without spaCy's tokens for blanks."""
    sentences = []
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        index = {token.i: k for k, token in enumerate(words)}
        nodes = []
        for token in words:
            head = token.head
            while head.is_space and head.head is not head and head.head.i != head.i:
                head = head.head
            root = token.head.i == token.i or head.i not in index
            nodes.append(
                Node(
                    offset + token.idx,
                    offset + token.idx + len(token),
                    token.text,
                    token.lemma_ or token.lower_,
                    token.pos_ or "X",
                    token.tag_,
                    -1 if root else index[head.i],
                    token.dep_,
                )
            )
        if nodes:
            sentences.append(nodes)
    entities = []
    for entity in doc.ents:
        words = [token for token in entity if not token.is_space]
        if words:
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            entities.append((offset + start, offset + end, entity.label_))
    return Parsed(sentences, entities)


def _ranges(lines: Iterable[Span], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The token ranges of lines, given as spans of characters."""
    k = 0
    for _, end in lines:
        first = k
        while k < len(tokens) and tokens[k].end <= end:
            k += 1
        yield first, k
