"""Bytes to text: `read` gives one file as a RawDocument, whatever the file holds."""

from flows.read.reader import read

__all__ = ["read"]
