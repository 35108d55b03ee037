"""`dragoman brief` drafts a brief, keeps it, and writes it in each format."""

import io
import json

import docx
import pytest

from dragoman.cli import main


def test_a_brief_goes_to_standard_output_as_markdown(project, capfdbinary):
    assert main(["brief", project, "KAR", "VEL"]) == 0
    text = capfdbinary.readouterr().out.decode()
    assert text.startswith("# Karsovia and Veldonia\n")
    assert "Karsovia is reported to have accused Veldonia of a wrong on 22 June 2026" in text
    assert "[^1]: Harbour Post, “Letters”, 23 June 2026" in text


@pytest.mark.parametrize("format", ["md", "html", "docx", "csl"])
def test_each_format_goes_to_a_file(project, tmp_path, capsys, format):
    out = tmp_path / f"brief.{format}"
    assert main(["brief", project, "KAR", "VEL", "--format", format, "--out", str(out)]) == 0
    assert f"Wrote {out}." in capsys.readouterr().err
    data = out.read_bytes()
    if format == "docx":
        assert docx.Document(io.BytesIO(data)).paragraphs[0].text == "Karsovia and Veldonia"
    else:
        assert "Letters" in data.decode()
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_only_the_time_that_is_asked_for_is_told(project, capfdbinary):
    assert main(["brief", project, "KAR", "VEL", "--since", "2027", "--until", "2027"]) == 0
    assert "has no event between Karsovia and Veldonia" in capfdbinary.readouterr().out.decode()


def test_a_brief_is_kept_edited_and_written_again(project, tmp_path, capsys):
    from pathlib import Path

    assert main(["brief", project, "KAR", "VEL", "--name", "letters", "--out", str(tmp_path / "a.md")]) == 0
    kept = Path(project) / "briefs" / "letters.json"
    assert f"Kept as {kept}." in capsys.readouterr().err
    data = json.loads(kept.read_text("utf-8"))
    data["sections"][0]["sentences"][0]["text"] = "Karsovia accused Belmark."
    kept.write_text(json.dumps(data), "utf-8")
    assert main(["brief", project, "--name", "letters", "--out", str(tmp_path / "b.md")]) == 0
    assert "1 sentence without support: marked in the brief." in capsys.readouterr().err
    text = (tmp_path / "b.md").read_text("utf-8")
    assert "- **Unsupported: “Belmark” does not stand in its evidence.** Karsovia accused Belmark." in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["KAR"], "a brief is of two"),
        ([], "a brief is of two"),
        (["KAR", "QQQ"], "'QQQ' is nobody in the record"),
        (["KAR", "VEL", "--format", "docx"], "say which with --out"),
        (["KAR", "VEL", "--format", "pdf"], "there is no 'pdf'"),
        (["KAR", "VEL", "--since", "May"], "'May' is no date"),
        (["KAR", "VEL", "--name", "../x"], "no name for a brief"),
        (["--name", "letters"], "there is no brief 'letters'"),
        (["--name", "letters", "--since", "2026"], "has its time"),
        (["KAR", "VEL", "--out", "/nowhere/brief.md"], "/nowhere/brief.md cannot be used"),
    ],
)
def test_wrong_use_is_told(project, capsys, words, message):
    assert main(["brief", project, *words]) == 2
    assert message in capsys.readouterr().err


def test_a_brief_that_is_kept_is_not_replaced_by_a_new_draft(project, tmp_path, capsys):
    given = ["brief", project, "KAR", "VEL", "--name", "letters", "--out", str(tmp_path / "a.md")]
    assert main(given) == 0
    assert main(given) == 2
    assert "is there already" in capsys.readouterr().err
