"""What is printed fits the screen and obeys nobody but us."""

import io

from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli import terminal
from dragoman.cli.progress import Progress, bar, clock


@given(st.text())
def test_text_from_a_page_cannot_command_the_terminal(text):
    shown = terminal.plain(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(), st.integers(2, 100))
def test_cut_text_is_never_wider_than_asked(text, columns):
    assert terminal.cells(terminal.short(text, columns)) <= columns


def test_text_is_cut_at_a_word():
    assert terminal.short("The minister said that the talks would go on", 20) == "The minister said…"


def test_a_table_fits_its_columns_with_wide_letters_too():
    rows = [("外交部发言人", "said something long enough to be cut somewhere"), ("Ministry", "short")]
    lines = terminal.table(("who", "what"), rows, 40)
    assert all(terminal.cells(line) <= 40 for line in lines)
    assert lines[2].index("short") == lines[0].index("what")


def test_colours_are_for_terminals_that_want_them(monkeypatch):
    class Screen(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.styled("x", "bold", Screen()) == "\x1b[1mx\x1b[0m"
    assert terminal.styled("x", "bold", io.StringIO()) == "x"
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.styled("x", "bold", Screen()) == "x"


def test_the_bar_tells_rate_and_time_left():
    assert bar(12, 24, 4.0) == "[############------------]  12/24  3.0/s  0:04 left"
    assert bar(0, 24, 0.0).endswith("0/24")
    assert bar(7, None, 2.0) == "7 done  3.5/s"
    assert clock(3723) == "1:02:03"


def test_progress_is_silent_where_nobody_looks():
    stream = io.StringIO()
    with Progress(3, stream) as progress:
        progress.advance("a.txt")
    assert stream.getvalue() == ""
