"""Event data of others are read as they are shipped, and what cannot be read of them is counted."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.exchange.gdelt import EVENT_COLUMNS
from dragoman.exchange.incoming import read_theirs
from dragoman.exchange.incoming.days import iso_day

from .others import acled, clash, did, gdelt, icews, mentions, packed, polecat, tabbed, zipped

PAIR = ("CHL", "PER")
MEETS = did(1, "20310503", "CHL", "PER", "042")


@pytest.fixture
def read(tmp_path):
    """Reads files of these bytes, which have names that tell nothing."""

    def reading(*files, pair=PAIR):
        paths = []
        for at, data in enumerate(files):
            paths.append(tmp_path / f"download{at}")
            paths[-1].write_bytes(data)
        return read_theirs(paths, pair)

    return reading


def told(theirs):
    return [(one.source, one.target, one.date, one.type, one.quad) for one in theirs.events]


CONSULT = [("CHL", "PER", "2031-05-03", "CONSULT", 1)]


def test_gdelt_has_no_header_and_is_known_by_its_61_columns(read):
    theirs = read(gdelt(MEETS, did(2, "20310504", "PER", "BRA", "112")))
    assert told(theirs) == CONSULT
    (file,) = theirs.files
    assert (file.layout, file.rows, file.malformed) == ("GDELT events", 2, {})
    assert theirs.rows_by_day == {"2031-05-03": 1, "2031-05-04": 1}


def test_gdelt_s_older_files_have_fewer_columns(read):
    old = tuple(name for name in EVENT_COLUMNS if not name.endswith("ADM2Code"))
    assert (len(old), len(EVENT_COLUMNS)) == (58, 61)
    for columns in (old, old[:-1]):
        theirs = read(tabbed(columns, [MEETS], header=False))
        assert told(theirs) == CONSULT
        assert theirs.files[0].layout.startswith("GDELT 1.0 events")


def test_a_table_of_gdelt_with_a_header_is_known_by_it(read):
    columns = ("GLOBALEVENTID", "SQLDATE", "Actor1CountryCode", "Actor2CountryCode", "EventCode")
    row = {**dict(zip(columns, (1, "20310503", "CHL", "PER", "042"), strict=True))}
    assert told(read(tabbed(columns, [row]))) == CONSULT
    assert told(read(tabbed(columns, [row]).replace(b"\t", b","))) == CONSULT
    with pytest.raises(InputError, match="no column Day or SQLDATE"):
        read(tabbed([name for name in columns if name != "SQLDATE"], [row]))


def test_icews_names_countries_and_sectors_in_words(read):
    row = {
        "Event ID": 7,
        "Event Date": "2031-05-03",
        "Source Country": "Chile",
        "Source Sectors": "Elite,Executive Office,Government",
        "Target Country": "Peru",
        "CAMEO Code": "042",
    }
    firm = {**row, "Event ID": 8, "Source Sectors": "Business,Multinational Corporations"}
    assert told(read(icews(row, firm))) == CONSULT
    assert told(read(icews(row, {**row, "Event Date": "2031-05-04"}))) == [
        *CONSULT,
        ("CHL", "PER", "2031-05-04", "CONSULT", 1),
    ]


def test_polecat_has_several_actors_in_a_cell_and_old_modes(read):
    both = {"Event ID": "a", "Event Date": "2031-05-03", "Event Type": "CONSULT", "Actor Country": "Chile; Peru"}
    assert told(read(polecat(both))) == CONSULT
    cut = {
        **{"Event ID": "b", "Event Date": "2031-05-04", "Event Type": "ASSAULT", "Event Mode": "massacre"},
        **{"Actor Country": "CHL", "Recipient Country": "BRA; PER", "Primary Actor Sector": "MIL"},
    }
    theirs = read(polecat(cut))
    assert told(theirs) == [("CHL", "PER", "2031-05-04", "ASSAULT", 4)]
    assert theirs.events[0].severity == -9


def test_extra_tabs_and_a_stray_column_do_no_harm(read):
    row = {"Event ID": "a", "Event Date": "2031-05-03", "Event Type": "CONSULT", "Actor Country": "Chile; Peru"}
    columns = ("Headline", "Event ID", "Event Date", "Event Type", "Actor Country", "Recipient Country")
    assert told(read(tabbed(columns, [row]))) == CONSULT
    assert told(read(tabbed(columns, [row]).replace(b"Peru\t\n", b"Peru\t\t\t\n"))) == CONSULT


def test_acled_names_who_acts_for_a_state_and_when(read):
    theirs = read(
        acled(
            clash("CHL1", "03 May 2031", "Military Forces of Chile (2030-)", "Police Forces of Peru (2028-) Border"),
            clash(
                "CHL2", "2031-05-04", "Military Forces of Chile (2030-)", "Lanterns (Peru)", notes='A "raid",\nthey say'
            ),
            clash(
                "CHL3", "2031-05-05", "Mutiny of Military Forces of Chile (2030-)", "Military Forces of Peru (2028-)"
            ),
        )
    )
    assert told(theirs) == [("CHL", "PER", "2031-05-03", "ASSAULT", 4)]
    assert theirs.files[0].rows == 3


def test_what_plover_has_no_type_for_is_kept_apart_by_its_code(read):
    (statement,) = read(gdelt(did(1, "20310503", "CHL", "PER", "010"))).events
    assert (statement.code, statement.type, statement.quad, statement.severity) == ("010", None, None, None)
    quiet = clash("CHL1", "2031-05-03", "Government of Chile (2030-)", "Government of Peru (2028-)")
    (other,) = read(acled({**quiet, "event_type": "Strategic developments", "sub_event_type": "Other"})).events
    assert (other.code, other.type) == ("Other", None)


def test_who_does_not_act_for_a_state_does_not_count_for_it(read):
    rebels = did(1, "20310503", "CHL", "PER", "190", Actor1Type1Code="REB")
    soldiers = did(2, "20310503", "CHL", "PER", "190", Actor1Type1Code="MIL")
    assert [one.id for one in read(gdelt(rebels, soldiers)).events] == ["2"]


def test_files_are_read_as_they_are_packed(read):
    events = gdelt(MEETS)
    assert told(read(packed(events))) == CONSULT
    theirs = read(zipped(README_txt=b"Read me first.\n", day_CSV=events))
    assert told(theirs) == CONSULT
    assert [file.layout for file in theirs.files] == [None, "GDELT events"]


def test_a_row_that_two_files_have_counts_once(read):
    assert told(read(gdelt(MEETS), packed(gdelt(MEETS)))) == CONSULT


def test_pages_are_counted_from_mentions_where_they_are_given(read):
    def mention(id, page):
        return {"GlobalEventID": id, "MentionIdentifier": page}

    pages = [
        mention(1, "https://harbour.example/1"),
        mention(1, "https://harbour.example/1"),
        mention(1, "p2"),
        mention(9, "p3"),
    ]
    (event,) = read(mentions(*pages), gdelt(MEETS)).events
    assert event.reports == 2
    with pytest.raises(InputError, match="mentions name no actors"):
        read(mentions(*pages))


def test_rows_that_cannot_be_read_are_counted_and_the_others_read(read):
    broken = ["1\t2\t3", did(2, "20311399", "CHL", "PER", "042"), did(3, "20310503", "CHL", "PER", "---"), "\x00\xff"]
    theirs = read(gdelt(MEETS, *broken))
    assert told(theirs) == CONSULT
    (file,) = theirs.files
    assert file.malformed == {"another number of columns": 2, "no day": 1, "no CAMEO code": 1}
    assert (file.rows, file.first_malformed) == (5, 2)


def test_a_file_that_was_cut_off_is_read_as_far_as_it_goes(read):
    rows = [did(at, "20310503", "CHL", "PER", "042", SOURCEURL=f"{at * 7919}") for at in range(20_000)]
    whole = packed(gdelt(*rows))
    theirs = read(whole[: len(whole) // 2])
    assert 0 < len(theirs.events) < 20_000
    assert theirs.files[0].broken


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "known event data"),
        (b"name,age\nA,3\n", "known are GDELT events"),
        (zipped(day_CSV=gdelt(MEETS))[:-30], "cannot be opened"),
        (zipped(), "known event data"),
        (zipped(README_txt=b"Read me first."), "download0 has the columns of no known event data"),
    ],
)
def test_what_is_no_event_data_is_told(read, data, message):
    with pytest.raises(InputError, match=message):
        read(data)


def test_a_folder_and_a_file_that_is_not_there_are_told(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        read_theirs([tmp_path], PAIR)
    with pytest.raises(InputError, match="No such file"):
        read_theirs([tmp_path / "nothing"], PAIR)


def test_a_line_without_end_is_no_row(read):
    theirs = read(gdelt(MEETS) + b"1\t" * 3_000_000 + b"\n" + gdelt(did(2, "20310504", "PER", "CHL", "042")))
    assert len(theirs.events) == 2
    assert theirs.files[0].malformed.total() == 1


def test_a_long_file_is_not_held(tmp_path):
    path = tmp_path / "long"
    other = gdelt(*(did(at, "20310503", "BRA", "PER", "042", SOURCEURL="x" * 300) for at in range(1000)))
    path.write_bytes(gdelt(MEETS) + other * 40)
    tracemalloc.start()
    theirs = read_theirs([path], PAIR)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert theirs.files[0].rows == 40_001
    assert most < 10_000_000 < path.stat().st_size


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fall(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("bytes") / "file"
    path.write_bytes(gdelt(MEETS) + data)
    assert told(read_theirs([path], PAIR))[:1] == CONSULT


@pytest.mark.parametrize("written", ["20310503", "2031-05-03", "2031-05-03 00:00:00", "03 May 2031", "3-May-2031"])
def test_days_are_read_however_they_are_written(written):
    assert iso_day(written) == "2031-05-03"
