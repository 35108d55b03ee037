"""What a network is drawn of: the options of the formats that hold one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from dragoman.errors import SettingsError

Of = Literal["events", "statements"]
Mode = Literal["one", "two"]
By = Literal["party", "actor"]
Span = Literal["week", "month", "quarter", "year"]
Stance = Literal["ignore", "combine", "subtract", "congruence", "conflict"]
OF, MODES, BY, SPANS, STANCES = (get_args(kind) for kind in (Of, Mode, By, Span, Stance))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Options after Leifeld's Discourse Network Analyzer, where they are about statements."""

    of: Of = "events"
    mode: Mode = "one"
    """"one": actors alone. "two": actors and types of events; or those who speak, and those whom they speak of."""
    by: By = "party"
    """"party": an official's dealings are his state's. "actor": everyone's are his own."""
    window: Span | None = None
    """Edges are counted in each window of time apart."""
    minimum: int = 1
    """Events, statements or, for congruence and conflict, actors spoken of, that an edge has at least."""
    stance: Stance = "ignore"
    """Of statements. "ignore": they count, whatever their polarity. "combine": an edge for each polarity. "subtract": the
    weight is those for less those against. "congruence": speakers are tied by each actor whom both speak for or both
    speak against; "conflict": by each whom one speaks for and the other against."""

    def __post_init__(self) -> None:
        ties_speakers = self.stance in ("congruence", "conflict")
        if self.of == "events" and self.stance != "ignore":
            raise SettingsError(f"events have no stance: ask for statements, or leave '{self.stance}' out")
        if ties_speakers and self.mode == "two":
            raise SettingsError(f"'{self.stance}' ties speakers with each other: that is one mode, not two")
        if self.minimum < 1:
            raise SettingsError(f"the minimum must be 1 or more, not {self.minimum}")

    @property
    def directed(self) -> bool:
        """Whether edges go from one node to the other."""
        return self.stance not in ("congruence", "conflict")
