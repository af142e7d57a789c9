"""What can go wrong in the catalogue.

CatalogueError
├── DataError      a data file is missing, or is not what the scripts in `tools/` write
└── PatternError   an action pattern is longer than any that could be meant
"""


class CatalogueError(Exception):
    """Base of all errors of the catalogue."""


class DataError(CatalogueError):
    """A data file that comes with the package is missing or damaged."""


class PatternError(CatalogueError):
    """An action pattern is out of bounds."""
