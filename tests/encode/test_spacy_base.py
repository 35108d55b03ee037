"""A spaCy pipeline in place of our own base: pipelines made here, saved, and named as a user would name them."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.training import Example

from dragoman import encode
from dragoman.encode.analysis import Analysis
from dragoman.encode.spacy_base import SpacyBase
from dragoman.errors import SettingsError

TREES = {
    "The envoy told reporters that the talks in Sedova were a failure .": """
        DT DET 1 det | NN NOUN 2 nsubj | VBD VERB 2 ROOT | NNS NOUN 2 dobj | IN SCONJ 9 mark | DT DET 6 det
        NNS NOUN 9 nsubj | IN ADP 6 prep | NNP PROPN 7 pobj | VBD AUX 2 ccomp | DT DET 11 det | NN NOUN 9 attr
        . PUNCT 2 punct""",
    "He was accused by rivals of lying .": """
        PRP PRON 2 nsubjpass | VBD AUX 2 auxpass | VBN VERB 2 ROOT | IN ADP 2 agent | NNS NOUN 3 pobj | IN ADP 2 prep
        VBG VERB 5 pcomp | . PUNCT 2 punct""",
    "She is in Sedova and wants them to leave .": """
        PRP PRON 1 nsubj | VBZ AUX 1 ROOT | IN ADP 1 prep | NNP PROPN 2 pobj | CC CCONJ 1 cc | VBZ VERB 1 conj
        PRP PRON 8 nsubj | TO PART 8 aux | VB VERB 5 ccomp | . PUNCT 1 punct""",
    "There were troops from Larnia , Sedova and Orm .": """
        EX PRON 1 expl | VBD VERB 1 ROOT | NNS NOUN 1 attr | IN ADP 2 prep | NNP PROPN 3 pobj | , PUNCT 4 punct
        NNP PROPN 4 conj | CC CCONJ 6 cc | NNP PROPN 6 conj | . PUNCT 1 punct""",
    "Mara Velden did not give it to the president .": """
        NNP PROPN 1 compound | NNP PROPN 4 nsubj | VBD AUX 4 aux | RB PART 4 neg | VB VERB 4 ROOT | PRP PRON 4 dobj
        IN ADP 4 dative | DT DET 8 det | NN NOUN 6 pobj | . PUNCT 4 punct""",
}
"""Trees in the style of spaCy's English pipelines: tag, part of speech, head and label of each word."""

LEMMAS = {"were": "be", "was": "be", "is": "be"}
NAMES = [
    {"label": "PERSON", "pattern": "Mara Velden"},
    {"label": "GPE", "pattern": "Sedova"},
    {"label": "FAC", "pattern": "Sedova Bridge"},
    {"label": "NORP", "pattern": "Larnians"},
    {"label": "ORG", "pattern": "Orm Council"},
]


class Treebank:
    """A pipeline's parser that knows the sentences above by heart; sentences end at full stops."""

    labels = ("ROOT", "dobj", "nsubj", "nsubjpass", "pobj", "prep")

    def __call__(self, doc: Doc) -> Doc:
        words = [token for token in doc if not token.is_space]
        ends = [i + 1 for i, token in enumerate(words) if token.text == "." or i + 1 == len(words)]
        sentences = [words[start:end] for start, end in zip([0, *ends], ends, strict=False)]
        for token in doc:
            token.is_sent_start = any(token == sentence[0] for sentence in sentences)
        for sentence in sentences:
            self._annotate(sentence)
        return doc

    def _annotate(self, words: list[Token]) -> None:
        tree = TREES.get(" ".join(word.text for word in words))
        rows = [row.split() for row in tree.replace("\n", "|").split("|") if row.strip()] if tree else []
        for i, word in enumerate(words):
            tag, pos, head, label = rows[i] if rows else ("NN", "NOUN", "0", "dep" if i else "ROOT")
            word.tag_, word.pos_, word.dep_, word.head = tag, pos, label, words[int(head)]
            word.lemma_ = LEMMAS.get(word.text, word.lower_)


@Language.factory("dragoman_test_treebank")
def treebank(nlp: Language, name: str) -> Treebank:
    return Treebank()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> SpacyBase:
    nlp = spacy.blank("en")
    nlp.meta["name"] = "made_here"
    nlp.add_pipe("dragoman_test_treebank")
    nlp.add_pipe("entity_ruler").add_patterns(NAMES)  # type: ignore[attr-defined]
    folder = tmp_path_factory.mktemp("pipeline")
    nlp.to_disk(folder)
    return SpacyBase(str(folder))


def tree(analysis: Analysis) -> dict[str, tuple[str, str]]:
    """Each word's relation and the word it hangs on."""
    heads = {t.text: analysis.tokens[t.head].text if t.head >= 0 else "" for t in analysis.tokens}
    return {t.text: (t.relation, heads[t.text]) for t in analysis.tokens}


def read(base: SpacyBase, sentence: str) -> dict[str, tuple[str, str]]:
    text = sentence.replace(" .", ".").replace(" ,", ",")
    assert sentence in TREES
    return tree(base.analyze(text, [(0, len(text))]))


def test_nouns_stand_over_prepositions_and_predicates_over_copulas(base: SpacyBase) -> None:
    words = read(base, "The envoy told reporters that the talks in Sedova were a failure .")
    assert words["envoy"] == ("nsubj", "told")
    assert words["told"] == ("root", "")
    assert words["reporters"] == ("obj", "told")
    assert words["failure"] == ("ccomp", "told")
    assert words["talks"] == ("nsubj", "failure")
    assert words["were"] == ("cop", "failure")
    assert words["that"] == ("mark", "failure")
    assert words["Sedova"] == ("nmod", "talks")
    assert words["in"] == ("case", "Sedova")


def test_passives_have_their_own_subjects_and_agents(base: SpacyBase) -> None:
    words = read(base, "He was accused by rivals of lying .")
    assert words["He"] == ("nsubj:pass", "accused")
    assert words["was"] == ("aux:pass", "accused")
    assert words["rivals"] == ("obl:agent", "accused")
    assert words["by"] == ("case", "rivals")
    assert words["lying"] == ("advcl", "accused")
    assert words["of"] == ("mark", "lying")


def test_a_place_can_be_the_predicate_and_who_is_to_act_is_an_object(base: SpacyBase) -> None:
    words = read(base, "She is in Sedova and wants them to leave .")
    assert words["Sedova"] == ("root", "")
    assert words["She"] == ("nsubj", "Sedova")
    assert words["is"] == ("cop", "Sedova")
    assert words["wants"] == ("conj", "Sedova")
    assert words["and"] == ("cc", "wants")
    assert words["them"] == ("obj", "wants")
    assert words["leave"] == ("xcomp", "wants")
    assert words["to"] == ("mark", "leave")


def test_lists_hang_on_their_first_member_and_there_is_keeps_its_verb(base: SpacyBase) -> None:
    words = read(base, "There were troops from Larnia , Sedova and Orm .")
    assert words["were"] == ("root", "")
    assert words["troops"] == ("nsubj", "were")
    assert words["Larnia"] == ("nmod", "troops")
    assert words["Sedova"] == ("conj", "Larnia")
    assert words["Orm"] == ("conj", "Larnia")
    assert words["and"] == ("cc", "Orm")
    assert words[","] == ("punct", "Sedova")


def test_first_names_stand_over_last_names(base: SpacyBase) -> None:
    words = read(base, "Mara Velden did not give it to the president .")
    assert words["Mara"] == ("nsubj", "give")
    assert words["Velden"] == ("flat", "Mara")
    assert words["not"] == ("advmod", "give")
    assert words["president"] == ("obl", "give")
    assert words["to"] == ("case", "president")


def test_entities_are_persons_organisations_and_places(base: SpacyBase) -> None:
    text = "Mara Velden met Larnians of the Orm Council at Sedova Bridge near Sedova."
    analysis = base.analyze(text, [(0, len(text))])
    found = [
        (text[analysis.tokens[e.start].start : analysis.tokens[e.end - 1].end], e.label) for e in analysis.entities
    ]
    assert found == [("Mara Velden", "PER"), ("Orm Council", "ORG"), ("Sedova Bridge", "LOC"), ("Sedova", "LOC")]


def test_offsets_sentences_and_paragraphs_are_those_of_the_text(base: SpacyBase) -> None:
    text = "MENU\r\n\r\nHe was  accused by rivals of lying. Mara left.\r\n \u2028Orm waits.\nFOOT"
    analysis = base.analyze(text, [(8, len(text) - 4)])
    assert [text[t.start : t.end] for t in analysis.tokens] == [t.text for t in analysis.tokens]
    lines = [[t.text for t in analysis.tokens[a:b]] for a, b in analysis.paragraphs]
    assert [line[0] for line in lines] == ["He", "Orm"]
    assert [analysis.tokens[a].text for a, _ in analysis.sentences] == ["He", "Mara", "Orm"]
    for a, b in analysis.sentences:
        heads = [token.head for token in analysis.tokens[a:b]]
        assert heads.count(-1) == 1
        assert all(head == -1 or a <= head < b for head in heads)
    assert all(analysis.tokens[kid].head == i for i, kids in enumerate(analysis.children) for kid in kids)


def test_nothing_to_read_gives_nothing(base: SpacyBase) -> None:
    assert base.analyze(" \n ", [(0, 3)]).tokens == ()
    assert base.analyze("text", []).sentences == ()


def test_a_pipeline_trained_on_universal_dependencies_passes_through(tmp_path: Path) -> None:
    words = ["Talks", "in", "Sedova", "failed", "."]
    gold = {
        "words": words,
        "tags": ["NNS", "IN", "NNP", "VBD", "."],
        "pos": ["NOUN", "ADP", "PROPN", "VERB", "PUNCT"],
        "heads": [3, 2, 0, 3, 3],
        "deps": ["nsubj", "case", "nmod", "ROOT", "punct"],
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("morphologizer")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    examples = [Example.from_dict(nlp.make_doc("Talks in Sedova failed."), gold)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(tmp_path)
    analysis = encode.load(f"spacy:{tmp_path}").analyze("Talks in Sedova failed.", [(0, 23)])
    assert [t.relation for t in analysis.tokens] == ["nsubj", "case", "nmod", "root", "punct"]
    assert [t.head for t in analysis.tokens] == [3, 2, 0, -1, 3]
    assert [t.upos for t in analysis.tokens] == gold["pos"]


def test_the_name_tells_pipeline_and_version(base: SpacyBase) -> None:
    assert base.name.startswith("spacy:en_made_here ")


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(SettingsError, match=r"'en_no_such_pipeline'.*install it"):
        SpacyBase("en_no_such_pipeline")


def test_a_pipeline_without_trees_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path)
    with pytest.raises(SettingsError, match="has no tagger"):
        SpacyBase(str(tmp_path))
