"""A program that shows: what its text says beforehand, and two ways to run it.

`run` runs it as `python FILE.py` does. `slices` runs the very same text with pauses, for a
page whose Python must answer now and then: every loop over `show.progress(…)` becomes
`async for`, so its turns begin by handing over, and every function that has such a loop
is awaited where the text calls it by its name. Nothing else is changed, and no line moves.
A loop without `show.progress` runs at a stretch there too.
"""

import ast
import inspect
from collections.abc import Coroutine, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from pynn.settings import check
from pynn.show.stage import Stage, present
from pynn.show.wanted import called, settings_in


class Script:
    """A program's text, and all that can be known of it before it runs.

    table, short  its settings, and what a shorter version has in their place
    shows         which calls of `show` there are
    published     the dictionary of that name: results, as texts, by theirs
    """

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        tree = ast.parse(text, file)
        self.about = ast.get_docstring(tree) or ""
        wanted = settings_in(tree)
        self.table, self.short = wanted.table, wanted.short
        self.shows = {name for node in ast.walk(tree) if (name := called(node))}
        self.published: dict[str, list[str]] = published_in(tree)

    @classmethod
    def read(cls, file: Path) -> "Script":
        return cls(file.read_text("utf-8"), str(file))

    def changed(self, settings: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """What is not as published: setting, its published value, its value. Not the seed."""
        usual, here = check(self.table, {}), check(self.table, settings)
        names = [name for name in usual if name != "seed" and here[name] != usual[name]]
        return {name: (usual[name], here[name]) for name in names}

    def run(self, settings: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """To the end, shown where things are shown at present; all names it has then."""
        names = self._names()
        with Stage(present().backend, settings):
            exec(compile(self.text, self.file, "exec"), names)
        return names

    def slices(self, stage: Stage) -> Iterator[None]:
        """The run on this stage; each `next` runs it up to its next pause."""
        tree = with_pauses(ast.parse(self.text, self.file))
        code = compile(tree, self.file, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if not code.co_flags & inspect.CO_COROUTINE:  # it has no loop to pause in
            with stage:
                exec(code, self._names())
            return
        run = cast(Coroutine[None, None, None], eval(code, self._names()))
        try:
            while True:
                with stage:
                    try:
                        run.send(None)
                    except StopIteration:
                        return
                yield
        finally:
            with stage:
                run.close()

    def _names(self) -> dict[str, Any]:
        return {"__name__": "__main__", "__file__": self.file}


def published_in(tree: ast.Module) -> dict[str, list[str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="published")], value=value):
                texts = ast.literal_eval(value)
                return {
                    name: [given] if isinstance(given, str) else list(given)
                    for name, given in texts.items()
                }
    return {}


def with_pauses(tree: ast.Module) -> ast.Module:
    """The tree with `async for`, `async def` and `await` where the program may pause."""
    loops = _Loops()
    loops.visit(tree)
    pausing: set[str] = set()
    # A function that calls one that pauses pauses too.
    while found := _pausing_functions(tree, pausing) - pausing:
        pausing |= found
    return ast.fix_missing_locations(_Calls(pausing).visit(tree))


class _Loops(ast.NodeTransformer):
    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        if called(node.iter) != "progress":
            return node
        return ast.copy_location(
            ast.AsyncFor(node.target, node.iter, node.body, node.orelse, node.type_comment), node
        )


def _pausing_functions(tree: ast.Module, known: set[str]) -> set[str]:
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(inner, ast.AsyncFor) or _name_called(inner) in known
            for inner in ast.walk(node)
        )
    }


def _name_called(node: ast.AST) -> str | None:
    match node:
        case ast.Call(func=ast.Name(id=name)):
            return name
    return None


class _Calls(ast.NodeTransformer):
    def __init__(self, pausing: set[str]) -> None:
        self.pausing = pausing

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if _name_called(node) in self.pausing:
            return ast.copy_location(ast.Await(node), node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        if node.name not in self.pausing:
            return node
        fields = {name: getattr(node, name) for name in node._fields}
        return ast.copy_location(ast.AsyncFunctionDef(**fields), node)
