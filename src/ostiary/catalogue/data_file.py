"""Reads the data files that come with the package: a line for each name, in columns with tabs between them."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

from ostiary.catalogue.errors import DataError

_FOLDER = Path(__file__).with_name("data")

_FOLDED = str.maketrans(ascii_uppercase, ascii_lowercase)


class DataFile(Mapping[str, tuple[str, ...]]):
    """The lines of a data file by their first column; the others are taken out of a line when it is asked for.

    The files hold millions of characters of which a call needs a few hundred, so the file is kept as the bytes it is,
    with the place of each line.

    Raises:
        DataError: the file cannot be read or a line is cut short; for one line, when it is asked for, that it has not
            the right number of columns.
    """

    def __init__(self, name: str, columns: int) -> None:
        self._name = name
        self._columns = columns
        try:
            self._content = (_FOLDER / name).read_bytes()
            self._places = dict(_find_lines(self._content))
        except (OSError, ValueError) as error:
            raise DataError(f"cannot read {name}") from error

    def __getitem__(self, key: str) -> tuple[str, ...]:
        start, end = self._places[key]
        try:
            _, *columns = self._content[start:end].decode("ascii").split("\t")
        except UnicodeDecodeError as error:
            raise DataError(f"{self._name}: cannot read {key}") from error
        if len(columns) != self._columns - 1:
            raise DataError(f"{self._name}: {key} has {len(columns) + 1} columns, not {self._columns}")
        return tuple(columns)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@cache
def open_data(name: str, *, columns: int) -> DataFile:
    """Return the data file `name`, which is read the first time only.

    Raises:
        DataError: the file cannot be read.
    """
    return DataFile(name, columns)


def fold(text: str) -> str:
    """Return `text` as the catalogue looks it up, where the case of ASCII letters does not count.

    Other letters stay as they are: `str.lower` turns the Kelvin sign into a plain `k`, and an action that only looks
    like another must not be found in its place.
    """
    return text.translate(_FOLDED)


def _find_lines(content: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    start = 0
    while start < len(content):
        end = content.index(b"\n", start)
        yield content[start : content.index(b"\t", start, end)].decode("ascii"), (start, end)
        start = end + 1
