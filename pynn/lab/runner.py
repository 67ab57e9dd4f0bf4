"""Runs a program's text as `python FILE` would, and tells how it ended."""

import ast
import contextvars
import sys
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import CodeType, ModuleType
from typing import Any

from pynn.lab import errors
from pynn.lab.console import Console
from pynn.show.stage import Stage


class NoInput:
    """The standard input of a program that nobody can answer."""

    encoding, closed = "utf-8", False

    def readline(self, *_: Any) -> str:
        raise EOFError("input: nobody can be asked here; write the value into the program")

    read = readlines = __next__ = readline

    def __iter__(self) -> Iterator[str]:
        return self

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise OSError("input: nobody can be asked here")


def run(
    text: str,
    file: str,
    console: Console,
    module: ModuleType | None = None,
    settings: Mapping[str, Any] | None = None,
    first_line: int = 1,
) -> dict[str, Any]:
    """The outcome: status "finished" or "failed", the error if any, seconds, and the module.

    module      of an earlier run, to go on with its names; the value of a last expression
                is then written, as at a prompt. Without it the program begins with none
    settings    what `show.setting` gives, by name
    first_line  of the text, in the program that it is a part of
    """
    errors.known("\n" * (first_line - 1) + text, file)
    began = time.perf_counter()
    prompt = module is not None
    module = module or ModuleType("__main__")
    vars(module)["__file__"] = file
    error: BaseException | None = None
    try:
        parts = compiled(text, file, prompt=prompt, first_line=first_line)
        context = contextvars.copy_context()  # so that np.errstate and the like end with it
        with standing_in(module, console):
            context.run(_execute, parts, module, Stage(console, settings))
    except SystemExit as exit:
        if exit.code not in (None, 0):
            console.write("err", f"{exit.code}\n" if isinstance(exit.code, str) else "")
    except BaseException as other:
        error = other
    told = errors.plain(error, file) if error is not None else None
    console.flush()
    return {
        "status": "failed" if told else "finished",
        "error": told,
        "seconds": time.perf_counter() - began,
        "module": module,
    }


def compiled(text: str, file: str, prompt: bool, first_line: int) -> list[CodeType]:
    """The program, and at a prompt its last expression apart. Raises SyntaxError."""
    tree = ast.parse(text, file)
    ast.increment_lineno(tree, first_line - 1)
    parts: list[CodeType] = []
    last = tree.body[-1] if tree.body else None
    if prompt and isinstance(last, ast.Expr):
        parts = [compile(ast.Interactive([last]), file, "single")]
        tree.body.pop()
    return [compile(tree, file, "exec"), *parts]


def _execute(parts: list[CodeType], module: ModuleType, stage: Stage) -> None:
    with stage:
        for code in parts:
            exec(code, vars(module))


@contextmanager
def standing_in(module: ModuleType, console: Console) -> Iterator[None]:
    """The module is the main one, and the console is where it writes."""
    usual = sys.stdout, sys.stderr, sys.stdin, sys.displayhook, sys.argv
    main = sys.modules.get("__main__")
    sys.modules["__main__"] = module
    sys.stdout, sys.stderr, sys.stdin = console.out, console.err, NoInput()
    sys.displayhook, sys.argv = sys.__displayhook__, [vars(module)["__file__"]]
    try:
        with warnings.catch_warnings():
            yield
    finally:
        sys.stdout, sys.stderr, sys.stdin, sys.displayhook, sys.argv = usual
        if main is not None:
            sys.modules["__main__"] = main
