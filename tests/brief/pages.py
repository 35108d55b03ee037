"""Invented pages about two states, told the same whichever two they are."""

from dataclasses import replace

from tests.analyze.test_network import CHILE, ENVOY, MINISTER, NORWAY, PERU, keep, page, rare, said, told

from dragoman.model import Act, Form, Status

__all__ = ["CHILE", "ENVOY", "MINISTER", "NORWAY", "PERU", "keep", "page", "quarrel", "rare", "said", "told"]


def quarrel(x=NORWAY, y=CHILE, spokesman=MINISTER, envoy=ENVOY):
    """Pages of a quarrel between two states: a seizure, an answer, a demand, a denial, a plan and talks."""
    seizure = f"{x.name} seized a trawler of {y.name} on 3 May 2031"
    expulsion = f"{y.name} expelled two diplomats of {x.name} on 5 May 2031"
    want = f"{x.name} must pay for the nets"
    denial = f"{x.name} seized no trawler of {y.name}"
    talks = f"{x.name} and {y.name} will meet in June"
    herald = page(
        f"{seizure}. In retaliation {expulsion}.\n\n{rare('h')}",
        [
            told(seizure, x, y, "COERCE", "2031-05-03", mode="seize"),
            told(expulsion, y, x, "SANCTION", "2031-05-05", mode="expel"),
        ],
        source="herald.txt",
        published="2031-05-06",
    )
    post = page(
        f"{envoy.name} said: “{want}”. {seizure}.\n\n{rare('p')}",
        [told(seizure, x, y, "COERCE", "2031-05-03", mode="seize")],
        [said(want, envoy, Act.DEMAND, x, form=Form.DIRECT)],
        source="post.txt",
        published="2031-05-07",
        outlet="Harbour Post",
    )
    mail = page(
        f"{spokesman.name} said that {denial}. {talks}.\n\n{rare('m')}",
        [
            told(denial, x, y, "COERCE", "2031-05-03", Status.DENIED, "seize", within=denial),
            told(talks, (x, y), None, "CONSULT", "2031-06", Status.PLANNED),
        ],
        [said(denial, spokesman, Act.DENY, y)],
        source="https://mail.example/quarrel",
        published="2031-05-08",
        outlet="Northern Mail",
    )
    return [titled(herald, "Trawler"), titled(post, "Nets"), titled(mail, "No trawler")]


def titled(reading, title, author="Ada Quill"):
    return replace(reading, document=replace(reading.document, title=title, author=author))


def texts(brief):
    return [sentence.text for _, _, sentence in brief.sentences()]


def saying(brief, *words):
    """The one sentence of a brief that has all the words."""
    (found,) = (sentence for _, _, sentence in brief.sentences() if all(word in sentence.text for word in words))
    return found
