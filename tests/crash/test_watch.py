"""A watch that is killed with -9 at ten random moments and then finished gives the record of one that nobody disturbed."""

import io
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
from tests.run.test_watch import Site

from dragoman.exchange import export
from dragoman.record import Project
from dragoman.record.integrity import check_project
from dragoman.record.lock import holder
from dragoman.record.watching import Watching

KILLS, EACH = 10, 6
RUN = """
import sys
from dragoman.gather.fetch import Fetcher, FetchOptions
from dragoman.record import Project
from dragoman.run import Limits
from dragoman.run.watch import watch
from dragoman.run.watch_options import WatchOptions
from tests.run.test_watch import PageStub

if __name__ == "__main__":
    options = FetchOptions(pause=0, private_hosts=frozenset({"127.0.0.1"}), ports=frozenset({int(sys.argv[2])}))
    with Project(sys.argv[1]) as project, Fetcher(options) as fetcher:
        for one in watch(project, fetcher, PageStub, WatchOptions(Limits(2, 60.0), 1.0, True)):
            print(one, flush=True)
"""


@pytest.fixture
def site():
    with Site(slow=0.03) as site:
        yield site
        site.shutdown()


@pytest.fixture
def start(tmp_path, request, site):
    script = tmp_path / "run.py"
    script.write_text(RUN)
    root = request.config.rootpath
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}"}

    def start(project):
        command = [sys.executable, str(script), str(project), str(site.port)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)

    return start


def watched(folder, site):
    Project(folder).close()
    with Watching(folder) as rows:
        rows.add(site.url("/feed"), "feed", datetime.now(UTC))
        rows.add(site.url("/page"), "page", datetime.now(UTC))


def fill(site, many):
    """The feed has so many pages now, and an ETag of its own; some are gone, some cannot be read."""
    site.feed("/feed", *(f"/{n}" for n in range(many)), etag=f'"{many}"')
    for n in range(0, many, 7):
        site.put(f"/{n}", "", 404)
    for n in range(1, many, 11):
        site.put(f"/{n}", f"UNREADABLE {n}")


def state(folder):
    """What the project says of each page: when it was fetched, and whether it is kept."""
    with Watching(folder) as rows:
        return {row["url"]: tuple(row) for row in rows._rows("SELECT url, fetched, original FROM fetched")}


def exported(folder):
    with Project(folder, create=False) as project:
        out = io.BytesIO()
        export(project, "jsonl", out)
        return out.getvalue().decode().splitlines()


def test_killed_ten_times_and_finished_is_the_same_as_undisturbed(start, site, tmp_path):
    dice = random.Random()
    site.put("/page", "Anna said: we begin. Boris said: another one.")
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    watched(killed, site)
    counted, hits = {}, 0
    for kill in range(1, KILLS + 1):
        fill(site, kill * EACH)
        enough = len(site.asked) + dice.randint(1, EACH)
        process = start(killed)
        while len(site.asked) < enough and process.poll() is None:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.4))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        hits += process.returncode == -signal.SIGKILL
        assert not any(finding.wrong for finding in check_project(killed))
        assert holder(killed) is None
        done = [url for url, (_, fetched, _) in state(killed).items() if fetched]
        assert all(site.times(path(url)) == times for url, times in counted.items())
        counted = {url: site.times(path(url)) for url in done if not url.endswith("/page")}
    assert hits > 0  # the rest had finished before the signal came
    said = finish(start, killed)
    assert all(site.times(path(url)) == times for url, times in counted.items())
    assert not any(finding.wrong for finding in check_project(killed))

    watched(whole, site)
    said += finish(start, whole)
    with Watching(killed) as rows:
        assert rows.waiting() == 0
        assert rows.to_read(1) == []
    assert exported(killed) == exported(whole), said
    assert {url: row[2] for url, row in state(killed).items()} == {url: row[2] for url, row in state(whole).items()}
    with Project(killed) as project:
        sources = [one.source for one in project.documents()]
        gone = {one.source for one in project.failures()}
    assert len(sources) == len(set(sources)) == 1 + sum(n % 7 > 0 and n % 11 != 1 for n in range(KILLS * EACH))
    assert {path(one) for one in gone} == {f"/{n}" for n in range(KILLS * EACH) if n % 7 == 0 or n % 11 == 1}


def path(url):
    return "/" + url.rpartition("/")[2]


def finish(start, folder):
    """Watches undisturbed until nothing is due, from when all addresses are: one asked just now would not be asked again."""
    with Watching(folder) as rows:
        while len(rows.due(datetime.now(UTC))) < len(rows.watched()):
            time.sleep(0.05)
    process = start(folder)
    said, complaint = process.communicate(timeout=240)
    assert process.returncode == 0, said + complaint
    return said
