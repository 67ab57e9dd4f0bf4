"""Lessons: text, code to run, questions and tasks, read from one Markdown file each.

    ---
    title: One neuron
    summary: What one is able to say afterwards.
    explains: activation, loss      (may be left out: settings of the page)
    ---
    Text, with formulas as $y = f(wx + b)$, and blocks.

A block stands between two lines of three backticks, of which the first says its kind:

    python            code; all of a lesson share one set of names, in their order
    quiz              a question, a list of "- [ ] wrong" and "- [x] right", and a paragraph: why
    python task       code to complete; the next three belong to it, in this order
    python check      runs after it, and raises AssertionError("one sentence that helps")
    hint              a short text
    python solution   stands in the task's place, and passes the check
"""

import ast
import os
import re
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pynn.lab.blocks import PARTS, Block, LessonError, blocks_of, fields_of, short
from pynn.settings import describe
from pynn.show.wanted import settings_in

ANSWER = re.compile(r"- \[([ xX])\] +(\S.*)")
ANSWERS = (3, 4)


@dataclass(frozen=True)
class Text:
    """Markdown; formulas stand between dollar signs."""

    markdown: str


@dataclass(frozen=True)
class Code:
    """Python to read, change and run."""

    source: str


@dataclass(frozen=True)
class Quiz:
    """A question to be answered before the next code is run.

    answers  each with whether it is right; one is
    """

    question: str
    answers: tuple[tuple[str, bool], ...]
    why: str


@dataclass(frozen=True)
class Task:
    """Python to complete; `check` says whether it is right, see `run_check`."""

    source: str
    check: str
    hint: str
    solution: str


Step = Text | Code | Quiz | Task


@dataclass(frozen=True)
class Lesson:
    """One lesson; `name` is that of its file, and `explains` has names of settings."""

    name: str
    title: str
    summary: str
    explains: tuple[str, ...]
    steps: tuple[Step, ...]

    def plain(self) -> dict[str, Any]:
        """All of it as JSON has it; a step is {"kind": "text", "code", "quiz" or "task", …}.

        Code and tasks have their "settings", see `sliders`.
        """
        steps = [{"kind": type(step).__name__.lower(), **vars(step)} for step in self.steps]
        for step in steps:
            if step["kind"] == "quiz":
                step["answers"] = [list(answer) for answer in step["answers"]]
            if "source" in step:
                step["settings"] = sliders(step["source"])
        return {**vars(self), "explains": list(self.explains), "steps": steps}


def sliders(source: str) -> list[dict[str, Any]]:
    """The numbers and words that a program asks for with `show.setting`, for a form.

    None of them where the program cannot be read, as while somebody writes it.
    """
    try:
        return describe(settings_in(ast.parse(source)).table)
    except (SyntaxError, ValueError):
        return []


def read(path: str | os.PathLike[str]) -> Lesson:
    """The lesson in a file, with the file's name. Raises LessonError, and OSError for no file."""
    path = Path(path)
    try:
        return parse(path.read_bytes().decode("utf-8"), path.stem)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise LessonError(path.stem, line, "expected text in UTF-8, got other bytes") from None


def parse(text: str, name: str) -> Lesson:
    """The lesson that a Markdown text describes. Raises LessonError."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fields, first = fields_of(lines, name)
    blocks = blocks_of(lines, first, name)
    steps: list[Step] = []
    while blocks:
        block = blocks.pop(0)
        match block.kind:
            case "":
                steps.append(Text(block.text))
            case "python":
                steps.append(Code(_source(block, name)))
            case "quiz":
                steps.append(_quiz(block, name))
            case "python task":
                parts = [_part(kind, blocks, block, name) for kind in PARTS]
                steps.append(Task(_source(block, name), *parts))
            case kind:
                raise LessonError(name, block.line, f"expected python task before {kind}, got none")
    if not steps:
        raise LessonError(name, len(lines), "expected text or blocks, got neither")
    explains = tuple(filter(None, re.split(r"[,，、\s]+", fields.get("explains", ""))))
    return Lesson(name, fields["title"], fields["summary"], explains, tuple(steps))


def run_check(check_source: str, names: dict[str, Any]) -> str | None:
    """Runs a task's check in the names that its code has left: None, or a sentence: what is wrong.

    That is the AssertionError's own; any other exception is told by its type and message.
    """
    try:
        exec(compile(check_source, "<check>", "exec", dont_inherit=True), names)
    except AssertionError as error:
        return str(error) or "The check says that this is not right yet."
    except (Exception, SystemExit) as error:
        return f"{type(error).__name__}: {error}"
    return None


def _part(kind: str, blocks: list[Block], task: Block, name: str) -> str:
    """The next block, which must be of that kind."""
    block = blocks.pop(0) if blocks else Block("the end", (), task.line)
    if block.kind != kind:
        wanted = f"{', '.join(PARTS)} in this order after the task of line {task.line}"
        got = f"{block.kind or 'text'} in the place of {kind}"
        line = block.line if block.kind else block.line + 1
        raise LessonError(name, line, f"expected {wanted}, got {got}")
    return _source(block, name)


def _source(block: Block, name: str) -> str:
    """The block's text. Raises LessonError where there is none, or Python cannot read it."""
    if not block.text.strip():
        raise LessonError(name, block.line, f"expected {block.kind} with lines in it, got none")
    try:
        with warnings.catch_warnings(action="ignore"):
            if block.kind.startswith("python"):
                compile("\n".join(block.lines), f"<{name}>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:  # Python 3.11 has a ValueError for a null byte
        line = block.line + (getattr(error, "lineno", None) or 1)
        sentence = (
            f"expected Python in this {block.kind}, got {type(error).__name__}: {error.args[0]}"
        )
        raise LessonError(name, line, sentence) from None
    return block.text


def _quiz(block: Block, name: str) -> Quiz:
    """Lines before the answers, the answers, and lines after them."""
    parts: tuple[list[str], list[str]] = ([], [])
    answers: list[tuple[str, bool]] = []
    for number, line in enumerate(block.lines, block.line + 1):
        if line.startswith("- ["):
            found = ANSWER.fullmatch(line)
            if found is None or any(parts[1]):
                wanted = "- [ ] or - [x] and a text, all answers in one list"
                raise LessonError(name, number, f"expected {wanted}, got {short(line)}")
            answers.append((found[2].rstrip(), found[1] != " "))
        elif answers and line.startswith("  ") and not any(parts[1]):
            answers[-1] = (f"{answers[-1][0]} {line.strip()}", answers[-1][1])
        else:
            parts[bool(answers)].append(line.rstrip())
    right = sum(is_right for _, is_right in answers)
    if len(answers) not in ANSWERS or right != 1:
        wanted = "a quiz of three or four answers, one of them right"
        got = f"{len(answers)} answers, {right} of them right"
        raise LessonError(name, block.line, f"expected {wanted}, got {got}")
    question, why = ("\n".join(part).strip("\n") for part in parts)
    if not (question and why):
        wanted = "a question before the answers and a why after them"
        raise LessonError(name, block.line, f"expected {wanted}, got only one")
    return Quiz(question, tuple(answers), why)
