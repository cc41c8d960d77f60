"""The code books: what each code of a table means, as rows of the tables `regions` and `codes`."""

from flows.books.codes import code_rows
from flows.books.regions import region_rows

__all__ = ["code_rows", "region_rows"]
