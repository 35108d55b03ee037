"""The commands and the Python of a page of the documentation, and what it says they print."""

import re
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```(console|python|toml)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    language: str
    code: str

    def commands(self) -> list[tuple[str, str]]:
        """Each command of a console block, and what the page says it prints."""
        parts = re.split(r"^\$ ", self.code, flags=re.M)[1:]
        return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in _BLOCK.findall(page.read_text("utf-8"))]


def agrees(said: str, printed: str) -> bool:
    """Whether `printed` is what the page says, where `...` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in said.strip().split("..."))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None
