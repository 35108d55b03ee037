"""Files of event data as others ship them, with rows that are made up."""

import csv
import gzip
import io
import zipfile

from dragoman.exchange.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from dragoman.exchange.icews import COLUMNS as ICEWS
from dragoman.exchange.polecat import COLUMNS as POLECAT

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2"
    " assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 location latitude longitude notes"
).split()


def tabbed(columns, rows, header=True):
    """A tab-separated file; a row is a mapping of its cells by column, or a line as it is."""
    lines = ["\t".join(columns)] if header else []
    for row in rows:
        lines.append(row if isinstance(row, str) else "\t".join(str(row.get(name, "")) for name in columns))
    return "".join(f"{line}\n" for line in lines).encode()


def gdelt(*rows):
    return tabbed(EVENT_COLUMNS, rows, header=False)


def mentions(*rows):
    return tabbed(MENTION_COLUMNS, rows, header=False)


def icews(*rows):
    return tabbed(ICEWS, rows)


def polecat(*rows):
    return tabbed(POLECAT, rows)


def acled(*rows):
    out = io.StringIO()
    table = csv.DictWriter(out, ACLED, restval="")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode()


def did(id, day, source, target, code, **more):
    """A row of GDELT's events."""
    cells = {"GlobalEventID": id, "Day": day, "EventCode": code, "NumArticles": 1}
    return {**cells, "Actor1CountryCode": source, "Actor2CountryCode": target, **more}


def clash(id, day, one, other, **more):
    """A row of ACLED."""
    kinds = {"event_type": "Battles", "sub_event_type": "Armed clash"}
    return {"event_id_cnty": id, "event_date": day, **kinds, "actor1": one, "actor2": other, **more}


def zipped(**files):
    """An archive of files by name, of which "_" stands for the dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def packed(data):
    return gzip.compress(data)
