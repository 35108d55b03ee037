"""A backup is one moment of a project, whole or not there; what comes back was checked first."""

import io
import json
import os
import sqlite3
import stat
import subprocess
import sys
import tarfile
import time
import zipfile
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
import samples
from backports import zstd

import dragoman
from dragoman.errors import ProjectError, SettingsError
from dragoman.exchange import export
from dragoman.record import Project
from dragoman.record import backup as module
from dragoman.record.backup import MANIFEST, backup, restore
from dragoman.record.integrity import check_project

KINDS = ["copy", "copy.tar.zst", "copy.zip"]
WRITER = Path(__file__).with_name("writer_process.py")
PATHS = os.pathsep.join([str(Path(dragoman.__file__).parents[1]), str(WRITER.parent)])


@pytest.fixture
def folder(tmp_path):
    """A project of three documents with two originals, a decision's worth of rows, and a user's own list of actors."""
    with Project(tmp_path / "project") as project:
        run = project.start_run("reader 1", {})
        for source in ("a.txt", "b.txt"):
            project.add(samples.reading(source=source), run, original=f"<p>{source}</p>".encode())
        project.add(samples.reading(samples.unrelated(1), "c.txt"), run)
        project.resolve()
        project.finish_run(run)
    (tmp_path / "project" / "actors.csv").write_text("name,type,country,sector,aliases,qid\n")
    (tmp_path / "project" / "offices.csv.7.part").write_text("half")
    (tmp_path / "project" / "briefs").mkdir()
    (tmp_path / "project" / "briefs" / "The letters.json").write_text("{}")
    (tmp_path / "project" / "briefs" / ".The letters.json.7.part").write_text("half")
    return tmp_path / "project"


def exported(folder):
    out = io.BytesIO()
    with Project(folder, create=False) as project:
        export(project, "jsonl", out)
    return out.getvalue()


def left(tmp_path):
    return sorted(item.name for item in tmp_path.iterdir() if item.name.startswith("."))


def told(folder):
    return [finding for finding in check_project(folder) if finding.wrong]


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_back_is_what_was_copied(folder, tmp_path, kind):
    made = backup(folder, tmp_path / "far" / kind)
    assert (made.documents, made.originals, made.missing) == (3, 2, ())
    back = restore(tmp_path / "far" / kind, tmp_path / "again")
    assert (back.documents, back.originals, back.missing) == (3, 2, ())
    assert exported(tmp_path / "again") == exported(folder)
    with Project(tmp_path / "again") as project:
        assert project.original(samples.document().id) == b"<p>a.txt</p>"
    assert told(tmp_path / "again") == []
    assert sorted(item.name for item in (tmp_path / "again").iterdir()) == [
        *("actors.csv", "blobs", "briefs", "project.db"),
    ]
    assert [item.name for item in (tmp_path / "again" / "briefs").iterdir()] == ["The letters.json"]
    assert left(tmp_path) == left(tmp_path / "far") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_copy_made_while_another_process_writes_is_one_moment(tmp_path, kind):
    environment = {**os.environ, "PYTHONPATH": PATHS, "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(WRITER), str(tmp_path / "project"), "0", "150"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as writer:
        writer.stdout.readline()
        made = []
        while writer.poll() is None and len(made) < 4:
            made.append(backup(tmp_path / "project", tmp_path / f"{len(made)}-{kind}"))
            time.sleep(0.02)
        assert writer.poll() is None or len(made) > 1, "the writer was too quick for this test"
        writer.stdout.read()
    assert writer.returncode == 0
    for number, one in enumerate(made):
        # Each document of this writer has an original, a statement and an event: a copy between two would lack some.
        assert one.missing == ()
        restore(one.path, tmp_path / f"again-{number}")
        with Project(tmp_path / f"again-{number}") as project:
            counts = project.counts()
            assert counts["documents"] == counts["statements"] == counts["reports"] == one.documents
            assert all(project.original(document.id) == document.text.encode() for document in project.documents())
    assert [one.documents for one in made] == sorted(one.documents for one in made)
    assert told(tmp_path / "project") == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_is_there_is_overwritten(folder, tmp_path, kind):
    (tmp_path / kind).write_text("precious")
    with pytest.raises(ProjectError, match="is there already"):
        backup(folder, tmp_path / kind)
    assert (tmp_path / kind).read_text() == "precious"
    (tmp_path / kind).unlink()
    backup(folder, tmp_path / kind)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "precious").write_text("mine")
    for place in ("full", "full/precious"):
        with pytest.raises(ProjectError, match=r"restore into a new folder|is a file"):
            restore(tmp_path / kind, tmp_path / place)
    assert [item.name for item in (tmp_path / "full").iterdir()] == ["precious"]


def test_a_new_but_empty_folder_takes_what_is_restored(folder, tmp_path):
    backup(folder, tmp_path / "copy.zip")
    (tmp_path / "again").mkdir()
    assert restore(tmp_path / "copy.zip", tmp_path / "again").documents == 3


def test_a_place_in_the_project_and_strange_archives_are_refused(folder, tmp_path):
    with pytest.raises(ProjectError, match="lies in the project itself"):
        backup(folder, folder / "copy")
    with pytest.raises(SettingsError, match=r"unknown kind: name a folder, or \.tar\.zst or \.zip"):
        backup(folder, tmp_path / "copy.tar.gz")
    with pytest.raises(ProjectError, match="there is no project"):
        backup(tmp_path, tmp_path / "copy")
    with pytest.raises(ProjectError, match="is not there"):
        restore(tmp_path / "none.zip", tmp_path / "again")
    assert left(tmp_path) == []


def test_an_original_that_is_lost_is_told_and_the_rest_is_kept(folder, tmp_path):
    first, second = sorted((folder / "blobs").rglob("*.zz"))
    first.unlink()
    second.write_bytes(b"rubbish")
    made = backup(folder, tmp_path / "copy.tar.zst")
    assert (made.originals, sorted(made.missing)) == (0, sorted([first.stem, second.stem]))
    back = restore(tmp_path / "copy.tar.zst", tmp_path / "again")
    assert back.missing == made.missing
    assert exported(tmp_path / "again") == exported(folder)


def test_a_damaged_database_gives_no_backup(folder, tmp_path):
    file = folder / "project.db"
    pages = bytearray(file.read_bytes())
    pages[4096 * 8 : 4096 * 30] = b"\xa5" * (4096 * 22)
    file.write_bytes(pages)
    with pytest.raises(ProjectError, match="damaged"):
        backup(folder, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
    assert left(tmp_path) == []


@pytest.mark.parametrize("kind", KINDS[1:])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_an_archive_that_was_cut_off_is_not_put_in_place(folder, tmp_path, kind, share):
    backup(folder, tmp_path / kind)
    content = (tmp_path / kind).read_bytes()
    (tmp_path / kind).write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ProjectError, match=r"cut off or damaged|is no backup|is not what was kept|no manifest"):
        restore(tmp_path / kind, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert left(tmp_path) == []


def test_a_copy_in_which_something_was_changed_is_not_put_in_place(folder, tmp_path):
    backup(folder, tmp_path / "copy")

    def refused(match):
        with pytest.raises(ProjectError, match=match):
            restore(tmp_path / "copy", tmp_path / "again")
        assert not (tmp_path / "again").exists()

    (tmp_path / "copy" / "actors.csv").write_text("others")
    refused(r"actors\.csv is not what was kept")
    (tmp_path / "copy" / "actors.csv").unlink()
    refused(r"actors\.csv is not what was kept")
    manifest = json.loads((tmp_path / "copy" / MANIFEST).read_text())
    del manifest["files"]["actors.csv"]
    (tmp_path / "copy" / MANIFEST).write_text(json.dumps(manifest))
    blob = sorted((tmp_path / "copy" / "blobs").rglob("*.zz"))[0]
    blob.write_bytes(b"other")
    refused("an original is damaged")
    blob.unlink()
    refused("an original is missing")
    (tmp_path / "copy" / MANIFEST).unlink()
    refused("has no manifest")


def test_a_database_that_runs_something_is_not_put_in_place(folder, tmp_path):
    with closing(sqlite3.connect(folder / "project.db")) as database:
        database.execute("CREATE TRIGGER evil AFTER INSERT ON runs BEGIN DELETE FROM documents; END")
    backup(folder, tmp_path / "copy.zip")
    with pytest.raises(ProjectError, match="trigger evil: the database has other tables"):
        restore(tmp_path / "copy.zip", tmp_path / "again")


EVIL_NAMES = [
    "../escaped",
    "/tmp/dragoman-escaped",
    "blobs/../../escaped",
    "blobs/ab/../../../escaped",
    "..\\escaped",
    "C:\\escaped",
    "C:escaped",
    "deep/actors.csv",
    "briefs/../escaped.json",
    "briefs/deep/er.json",
    "briefs/other.html",
    ".hidden",
    "project.db-wal",
    "project.db-journal",
    "blobs/ab/" + "c" * 64 + ".zz",
    "nul\x07bell",
    "",
]


@pytest.mark.parametrize("name", EVIL_NAMES)
@pytest.mark.parametrize("kind", ["tar", "zip"])
def test_names_that_lead_elsewhere_are_refused(tmp_path, kind, name):
    archive = tmp_path / "evil"
    if kind == "tar":
        archive.write_bytes(tar((tarfile.TarInfo(name), b"evil")))
    else:
        with zipfile.ZipFile(archive, "w") as packed:
            packed.writestr(zipfile.ZipInfo(name), b"evil")
    refused(archive, tmp_path, "which no backup does")


def tar(*members):
    """A .tar.zst with these headers and contents, whatever they say."""
    out = io.BytesIO()
    for info, content in members:
        info.size = info.size or len(content)
        out.write(info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512))
    return zstd.compress(out.getvalue() + bytes(1024))


def refused(archive, tmp_path, match):
    with pytest.raises(ProjectError, match=match):
        restore(archive, tmp_path / "again")
    assert {item.name for item in tmp_path.iterdir()} <= {archive.name, "precious", "project"}


@pytest.mark.parametrize(
    "type", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.XHDTYPE]
)
def test_links_devices_and_long_headers_are_refused(tmp_path, type):
    info = tarfile.TarInfo("actors.csv")
    info.type, info.linkname = type, "/etc/passwd"
    (tmp_path / "evil").write_bytes(tar((info, b"")))
    refused(tmp_path / "evil", tmp_path, "which no backup does")


def test_links_in_a_folder_and_in_a_zip_are_refused(folder, tmp_path):
    (tmp_path / "precious").write_text("mine")
    info = zipfile.ZipInfo("actors.csv")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "evil", "w") as packed:
        packed.writestr(info, "/etc/passwd")
    refused(tmp_path / "evil", tmp_path, "which no backup does")
    (tmp_path / "evil").unlink()
    backup(folder, tmp_path / "copy")
    (tmp_path / "copy" / "offices.csv").symlink_to(tmp_path / "precious")
    refused(tmp_path / "copy", tmp_path, "which no backup does")


def test_the_same_name_twice_is_refused(tmp_path):
    (tmp_path / "evil").write_bytes(tar(*((tarfile.TarInfo("actors.csv"), content) for content in (b"a", b"b"))))
    refused(tmp_path / "evil", tmp_path, r"actors\.csv twice")


def test_an_archive_that_claims_more_than_the_disk_holds_is_refused_before_it_is_unpacked(tmp_path):
    info = tarfile.TarInfo("project.db")
    info.size = 2**55
    (tmp_path / "evil").write_bytes(tar((info, b"small")))
    start = time.monotonic()
    refused(tmp_path / "evil", tmp_path, "more than the disk has space for")
    assert time.monotonic() - start < 60


def test_a_bomb_stops_where_the_disk_would_fill(tmp_path, monkeypatch):
    monkeypatch.setattr(module.shutil, "disk_usage", lambda path: SimpleNamespace(free=module.RESERVE + 10**6))
    with zipfile.ZipFile(tmp_path / "evil", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("project.db", bytes(50 * 10**6))
    assert (tmp_path / "evil").stat().st_size < 100_000
    refused(tmp_path / "evil", tmp_path, "more than the disk has space for")


@pytest.mark.parametrize("content", [b"", b"plain text", b"PK\x03\x04 and nothing", b"\x28\xb5\x2f\xfd and nothing"])
def test_what_is_no_archive_is_told(tmp_path, content):
    (tmp_path / "evil").write_bytes(content)
    refused(tmp_path / "evil", tmp_path, "is no backup|cut off or damaged")


def test_a_backup_without_a_database_is_told(tmp_path):
    manifest = b'{"format": "dragoman backup 1", "documents": 0, "originals": 0, "missing": [], "files": {}}'
    (tmp_path / "evil").write_bytes(tar((tarfile.TarInfo(MANIFEST), manifest)))
    refused(tmp_path / "evil", tmp_path, "has no project.db")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "other", "files": {}}', "[" * 100_000])
def test_a_manifest_that_says_nothing_useful_is_told(folder, tmp_path, content):
    backup(folder, tmp_path / "copy")
    (tmp_path / "copy" / MANIFEST).write_text(content)
    refused(tmp_path / "copy", tmp_path, "is damaged|another format")


LIMITED = """
import resource, signal, sys
from dragoman.errors import ProjectError
from dragoman.record.backup import backup
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    backup(sys.argv[1], sys.argv[2])
except ProjectError as error:
    print(error)
"""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("most", [50_000, 300_000])
def test_where_files_may_not_grow_there_is_no_backup_and_no_part_of_one(tmp_path, kind, most):
    with Project(tmp_path / "project") as project:
        run = project.start_run("reader 1", {})
        project.add(samples.reading(), run, original=os.urandom(500_000))
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "project"), str(tmp_path / kind), str(most)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": PATHS}, check=True)
    assert "cannot be" in done.stdout, done.stdout + done.stderr
    assert sorted(item.name for item in tmp_path.iterdir()) == ["project"]
    assert told(tmp_path / "project") == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_that_is_killed_leaves_nothing_under_its_name(folder, tmp_path, kind):
    script = (
        "import sys; from dragoman.record import backup as b; print('go', flush=True)\n"
        "for n in range(999): b.backup(sys.argv[1], sys.argv[2] + str(n) + sys.argv[3])"
    )
    suffix = kind.removeprefix("copy")
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "made-"), suffix]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": PATHS}) as process:
        process.stdout.readline()
        time.sleep(0.35)
        process.kill()
    for number, made in enumerate(sorted(tmp_path.glob("made-*"))[-3:]):
        assert restore(made, tmp_path / f"again-{number}").documents == 3
    assert told(folder) == []
