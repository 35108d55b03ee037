"""`dragoman backup`: a copy of a project in one file or folder, and the way back."""

from __future__ import annotations

from dragoman.cli.arguments import Parser
from dragoman.cli.report import number
from dragoman.cli.terminal import styled
from dragoman.record.backup import Backup, backup, restore


def run(arguments: list[str]) -> int:
    """Returns 1 where originals were missing, so that the copy is not complete, else 0."""
    args = parser().parse(arguments)
    if args.restore:
        return _tell(f"Restored {args.source} to {args.target}", restore(args.source, args.target))
    return _tell(f"Copied {args.source} to {args.target}", backup(args.source, args.target))


def _tell(done: str, made: Backup) -> int:
    print(f"{done}: {number(made.documents, 'document')}, {number(made.originals, 'original')}.")
    if made.missing:
        lost = (
            f"{number(len(made.missing), 'original')} missing or damaged, and not in it: 'dragoman check' names them."
        )
        print(styled(lost, "yellow"))
    return 1 if made.missing else 0


def parser() -> Parser:
    parser = Parser(
        "backup",
        "Copies a project as it stands now, also while it is being written. What is restored is checked before it is put"
        " in place; nothing that is there is overwritten.",
        [
            "dragoman backup caucasus /media/disk/caucasus-2031-05-04.tar.zst",
            "dragoman backup caucasus /media/disk/caucasus",
            "dragoman backup --restore /media/disk/caucasus-2031-05-04.tar.zst caucasus-again",
        ],
    )
    parser.add_argument(
        "--restore", action="store_true", help="the way back: SOURCE is the backup, TARGET a new folder"
    )
    parser.add_argument("source", metavar="SOURCE", help="the project's folder")
    parser.add_argument("target", metavar="TARGET", help="a new .tar.zst or .zip file, or else a new folder")
    return parser
