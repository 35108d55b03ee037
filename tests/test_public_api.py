"""The public names: few, guarded, and cheap to import."""

import json
import subprocess
import sys

import pytest

import dragoman

NAMES = [
    "About",
    "Act",
    "Actor",
    "ActorType",
    "Block",
    "ChainLink",
    "Decided",
    "Differing",
    "Document",
    "DragomanError",
    "Event",
    "EventReport",
    "Filter",
    "Form",
    "InputError",
    "LanguageError",
    "Mention",
    "OntologyError",
    "Project",
    "ProjectError",
    "Published",
    "Reading",
    "Relation",
    "Resolved",
    "SettingsError",
    "Speaker",
    "Statement",
    "Status",
    "WeightsError",
    "read",
    "resolve_mention",
]


def loaded_after(code: str) -> set[str]:
    script = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_public_names_are_these_and_no_others():
    assert dragoman.__all__ == NAMES
    assert dir(dragoman) == sorted([*NAMES, "__version__"])


@pytest.mark.parametrize("name", NAMES)
def test_each_public_name_is_there(name):
    assert getattr(dragoman, name) is not None


def test_a_name_that_does_not_exist_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'raed'"):
        _ = dragoman.raed


def test_importing_dragoman_imports_nothing_heavy():
    loaded = loaded_after("import dragoman")
    assert not loaded & {"numpy", "onnxruntime", "sqlite3", "tokenizers", "argparse", "dragoman.model", "dragoman.read"}


def test_read_is_a_function_whether_or_not_its_room_was_imported_first():
    for order in (
        "import dragoman, dragoman.read",
        "import dragoman.read, dragoman",
        "from dragoman.read import read; import dragoman",
    ):
        loaded_after(f"{order}\nassert callable(dragoman.read)")
