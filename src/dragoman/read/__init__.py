"""Reading: what one document says. A pure function; it opens no file and no connection."""

from dragoman.read.material import LONGEST
from dragoman.read.reader import VERSION, DocumentReader, OwnReader, read, reader_name

__all__ = ["LONGEST", "VERSION", "DocumentReader", "OwnReader", "read", "reader_name"]
