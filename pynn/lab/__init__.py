"""What a Python does that runs a person's own programs: output, errors, completion, lessons.

Nothing here knows about browsers; a page's worker asks a `Lab` with plain data.
"""

from pynn.lab.desk import Lab

__all__ = ["Lab"]
