"""What ended a program, as plain data: for a page that says it in its own language."""

import linecache
import traceback
from pathlib import Path
from types import TracebackType
from typing import Any

HERE = Path(__file__).parent
MOST_FRAMES = 12  # of a traceback, at either end
MOST_TEXT = 2_000  # characters


def known(text: str, file: str) -> None:
    """From now on tracebacks show the lines of this program, which lies in no file."""
    lines = text.splitlines(keepends=True)
    linecache.cache[file] = (len(text), None, lines, file)


def plain(error: BaseException, file: str) -> dict[str, Any]:
    """An error of the program in `file`: type, message, line and traceback.

    line, column, end   where the program is at fault, from 1; None if no line of it is known
    trace               from the program's first line on, without those who ran it
    """
    place: dict[str, Any] = {"line": None, "column": None, "end": None}
    if isinstance(error, SyntaxError) and error.filename == file:
        place = {"line": error.lineno, "column": error.offset, "end": error.end_offset}
        message = error.msg
        trace = "".join(traceback.format_exception_only(error))
    else:
        own = of_program(error.__traceback__, file)
        lines = [number for code, number in traceback.walk_tb(own) if _is_of(code, file)]
        place["line"] = lines[-1] if lines else None
        message = said(error)
        trace = _formatted(error, own)
    return {
        "type": type(error).__name__,
        "message": message[:MOST_TEXT],
        **place,
        "trace": trace,
        "hint": hint_for(error),
    }


def said(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "(its message cannot be shown)"


def hint_for(error: BaseException) -> str | None:
    """A code for what is peculiar to the lab, that a page has a sentence for."""
    match error:
        case MemoryError():
            return "memory"
        case ModuleNotFoundError(name=str(name)):
            return "page" if name.partition(".")[0] in ("js", "pyodide_js") else "module"
        case RecursionError():
            return "recursion"
        case EOFError():
            return "input"
    return None


def of_program(trace: TracebackType | None, file: str) -> TracebackType | None:
    """The traceback from the program's first line on; None if it has none there."""
    while trace is not None and trace.tb_frame.f_code.co_filename != file:
        trace = trace.tb_next
    return trace


def _is_of(frame: Any, file: str) -> bool:
    return bool(frame.f_code.co_filename == file)


def _formatted(error: BaseException, own: TracebackType | None) -> str:
    """The error with its causes, shortened in the middle where it is long."""
    try:
        told = traceback.TracebackException(
            type(error), error, own, compact=True, limit=-MOST_FRAMES * 2
        )
        frames = [frame for frame in told.stack if Path(frame.filename).parent != HERE]
        told.stack = traceback.StackSummary.from_list(frames)
        return "".join(told.format())[-20 * MOST_TEXT :]
    except Exception:  # an error whose own methods fail
        return f"{type(error).__name__}\n"
