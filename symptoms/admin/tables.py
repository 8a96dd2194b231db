"""Tables on pages of the clinician site, as data: a template only writes them down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a table: words, perhaps with an address, or marked with a colour that `tone` names. Links lead to
    its `anchor`.
    """

    words: str
    url: str = ""
    tone: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a title. `empty` is said when there are no rows, `note` above them, `more_url` leads to all of
    them; `is_folded`: only the title shows until one asks."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    note: str = ""
    more_url: str = ""
    is_folded: bool = False

    @property
    def labelled_rows(self) -> Iterator[Iterator[tuple[str, Cell]]]:
        """The rows, each cell with the head of its column: on a telephone a row stands as lines below each other."""
        return (zip(self.columns, row, strict=True) for row in self.rows)


def unlinked(cell: Cell) -> Cell:
    """The cell without its address, for who may read these words and nothing behind them."""
    return replace(cell, url="")


def without_links(section: Section) -> Section:
    """The table without any address."""
    return replace(section, more_url="", rows=tuple(tuple(map(unlinked, row)) for row in section.rows))
