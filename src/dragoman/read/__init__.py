"""Reading: what one document says. A pure function; it opens no file and no connection."""

from dragoman.read.reader import LONGEST, VERSION, read, reader_name

__all__ = ["LONGEST", "VERSION", "read", "reader_name"]
