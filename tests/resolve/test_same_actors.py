"""Which persons, organisations and groups of several documents are one: on more than a surname, and as people decided."""

from itertools import permutations

from dragoman.model import Actor, ActorType, content_id
from dragoman.ontology.offices import person_id
from dragoman.resolve.same_actors import Decision, alike, same_actors


def person(name, country=None, document=None):
    key = content_id("person", name.casefold(), country, document) if document else person_id(name, country)
    return Actor(key, name, ActorType.PERSON, country)


BELMARK = Actor("state:XBE", "Belmark", ActorType.STATE, "XBE")
KARSOVIA = Actor("state:XKA", "Karsovia", ActorType.STATE, "XKA")
BANK = Actor("org-bank", "Tarn River Bank", ActorType.ORGANISATION)


def groups(*seen, decisions=()):
    """The ids that are one, whatever the order."""
    found = set()
    for order in permutations(seen) if len(seen) < 6 else [seen, seen[::-1]]:
        meant = {same.actor: same.meant for same in same_actors(order, decisions)}
        ids = {actor.id for _, actor in seen}
        found.add(
            frozenset(frozenset(id for id in ids if meant.get(id, id) == one) for one in {meant.get(i, i) for i in ids})
        )
    (only,) = found
    return only


def together(found, *actors):
    return any({actor.id for actor in actors} <= group for group in found)


def test_two_spellings_of_one_country_are_one():
    one, other = person("Dmytro Orlenko", "XKA"), person("Dmitri Orlenco", "XKA")
    assert together(groups(("a", one), ("b", other)), one, other)


def test_one_name_of_two_countries_stays_two():
    one, other = person("Dana Orlen", "XKA"), person("Dana Orlen", "XBE")
    assert not together(groups(("a", one), ("b", other), ("a", BANK), ("b", BANK)), one, other)


def test_a_full_name_without_a_country_joins_in_the_same_company_only():
    known, open_ = person("Dana Orlen", "XKA"), person("Dana Orlen")
    assert not together(groups(("a", known), ("b", open_)), known, open_)
    assert together(groups(("a", known), ("b", open_), ("a", BANK), ("b", BANK)), known, open_)


def test_one_name_in_copies_of_one_text_is_one_actor():
    one, other, elsewhere = (person("Orlen", None, document) for document in "abc")
    seen = [("a", one), ("b", other), ("c", elsewhere)]
    copies = {"a": "a", "b": "a"}
    assert {(same.actor, same.meant) for same in same_actors(seen, (), copies)} == {
        (max(one.id, other.id), min(one.id, other.id))
    }
    apart = [Decision("split", one.id, other.id, "me")]
    assert same_actors(seen, apart, copies) == []


def test_a_surname_joins_its_full_name_also_where_their_text_is_there_twice():
    bare, again = (person("Orlen", None, document) for document in "ab")
    full, once_more = (person("old Orlen", None, document) for document in "cd")
    company = [(document, other) for document in "abcd" for other in (BELMARK, KARSOVIA)]
    seen = [("a", bare), ("b", again), ("c", full), ("d", once_more), *company]
    meant = {same.meant for same in same_actors(seen, (), {"a": "a", "b": "a", "c": "c", "d": "c"})}
    assert len(meant) == 1


def test_a_surname_alone_never_joins():
    full, bare = person("Dana Orlen", "XKA"), person("Orlen", None, "b")
    other = person("Orlen", None, "c")
    found = groups(("a", full), ("b", bare), ("c", other), ("a", BELMARK), ("b", BELMARK))
    assert not together(found, full, bare)
    assert not together(found, bare, other)


def test_a_surname_joins_the_one_full_name_that_keeps_its_company():
    full, bare = person("Dana Orlen", "XKA"), person("Orlen", None, "b")
    seen = [(document, actor) for document, who in (("a", full), ("b", bare)) for actor in (who, BANK, BELMARK)]
    assert together(groups(*seen), full, bare)
    rival = person("Petra Orlen", "XBE")
    assert not together(groups(*seen, ("a", rival)), full, bare)


def test_the_one_in_office_gives_the_name():
    listed, misspelt = person("Sergey Lavrov", "RUS"), person("Sergei Lavroff", "RUS")
    (same,) = same_actors([("a", listed), ("b", misspelt)])
    assert (same.actor, same.meant) == (misspelt.id, listed.id)
    assert "spelling" in same.why


def test_bodies_of_one_name_are_one_unless_they_are_of_two_states():
    one = Actor("org-a", "Customs Board", ActorType.ORGANISATION, "XKA")
    open_ = Actor("org-b", "Customs Board", ActorType.ORGANISATION)
    other = Actor("org-c", "Customs Board", ActorType.ORGANISATION, "XBE")
    assert together(groups(("a", one), ("b", open_)), one, open_)
    assert not together(groups(("a", one), ("b", open_), ("c", other)), one, open_)


def test_what_people_decide_comes_first():
    one, other = person("Dana Orlen", "XKA"), person("Dina Urlan", "XBE")
    merged = groups(("a", one), ("b", other), decisions=[Decision("merge", one.id, other.id, "mk")])
    assert together(merged, one, other)
    spelt = person("Danna Orlen", "XKA")
    assert together(groups(("a", one), ("b", spelt)), one, spelt)
    split = groups(("a", one), ("b", spelt), decisions=[Decision("split", one.id, spelt.id, "mk")])
    assert not together(split, one, spelt)


def test_the_actor_of_one_document_can_be_split_off():
    one = person("Dana Orlen", "XKA")
    found = same_actors([("a", one), ("b", one)], [Decision("split", one.id, "", "mk", "b")])
    assert [(same.actor, same.document) for same in found] == [(one.id, "b")]
    assert found[0].meant != one.id


def test_spellings():
    assert alike("Volodymyr Zelensky", "Volodimir Zelenskyy")
    assert alike("D. Orlen", "Dana Orlen")
    assert not alike("Dana Orlen", "Petra Orlen")
    assert not alike("Orlen", "Dana Orlen")
