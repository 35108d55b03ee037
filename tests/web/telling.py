"""A project in which outlets of both sides, and others, tell of Norway and Iceland."""

import json
from pathlib import Path

from dragoman.cli.read import read_inputs

PAGES = (
    ("NRK", "2031-05-04", "Norway accused Iceland on 3 May 2031 of closing the port of Akureyri."),
    ("NRK", "2031-05-09", "Norway expelled the Icelandic ambassador on 8 May 2031."),
    (
        "RÚV",
        "2031-05-04",
        "Norway accused Iceland on 3 May 2031 of closing the port of Akureyri, the Icelandic government said.",
    ),
    ("RÚV", "2031-05-13", "Iceland and Norway signed an agreement on fishing on 12 May 2031. Iceland praised Norway."),
    ("Harbour <Post>", "2031-05-20", "Iceland recalled its ambassador from Norway on 19 May 2031."),
)


def told_by_both_sides(folder: Path) -> Path:
    """Reads the pages into a project below the folder."""
    lines = [
        json.dumps(
            {
                "text": f"{text} It was raining in the harbour of {outlet}.",
                "outlet": outlet,
                "published": day,
                "source": f"page-{n}",
            }
        )
        for n, (outlet, day, text) in enumerate(PAGES)
    ]
    (folder / "pages.jsonl").write_text("\n".join(lines), "utf-8")
    read_inputs([folder / "pages.jsonl"], folder / "project")
    return folder / "project"
