"""A lesson's file, cut into what stands above its text, and its blocks."""

import re
from dataclasses import dataclass

FENCE, RULE = "```", "---"
FIELDS = ("title", "summary", "explains")
PARTS = ("python check", "hint", "python solution")  # of a task, after its code
BLOCKS = ("python", "quiz", "python task", *PARTS)


class LessonError(ValueError):
    """A lesson that cannot be read: one sentence that says which, where, expected, got.

    name, line  the lesson, and the line of its file, from 1
    """

    def __init__(self, name: str, line: int, sentence: str) -> None:
        super().__init__(f"lesson {name}, line {line}: {sentence}")
        self.name, self.line = name, line


@dataclass(frozen=True)
class Block:
    """Lines of the file: text where `kind` is "", else what stands in a fence.

    line  how many come before them; in the file, that is the number of the fence's line
    """

    kind: str
    lines: tuple[str, ...]
    line: int

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines).strip("\n")


def fields_of(lines: list[str], name: str) -> tuple[dict[str, str], int]:
    """What stands between the first two rules, and how many lines they take."""
    if lines[0].rstrip() != RULE:
        raise LessonError(name, 1, f"expected {RULE} and then title: …, got {short(lines[0])}")
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == RULE:
            if missing := [field for field in FIELDS[:2] if not fields.get(field)]:
                raise LessonError(name, number, f"expected {missing[0]}: … above, got none")
            return fields, number
        field, *value = map(str.strip, re.split("[:：]", line, maxsplit=1))
        if value and field in FIELDS and field not in fields:
            fields[field] = value[0]
        elif line.strip():
            wanted = f"{', '.join(FIELDS)}, each once with a colon"
            raise LessonError(name, number, f"expected {wanted}, got {short(line)}")
    raise LessonError(name, len(lines), f"expected {RULE} below the summary, got the file's end")


def blocks_of(lines: list[str], first: int, name: str) -> list[Block]:
    """Text and fenced blocks in turn, without empty text."""
    blocks: list[Block] = []
    kind, begin = "", first  # of the block under way, and how many lines come before its own
    for number, line in enumerate([*lines[first:], FENCE], first + 1):
        ends = number > len(lines)
        if not line.startswith(FENCE) and (kind or not line.lstrip().startswith(FENCE)):
            continue
        said = " ".join(line.removeprefix(FENCE).split())
        if kind and (said or ends):
            got = "the file's end" if ends else short(line)
            sentence = f"expected {FENCE} alone, to close the {kind} of line {begin}, got {got}"
            raise LessonError(name, min(number, len(lines)), sentence)
        if not (kind or ends or said in BLOCKS):
            sentence = f"expected {FENCE} and then one of {', '.join(BLOCKS)}, got {short(line)}"
            raise LessonError(name, number, sentence)
        while not kind and begin < number - 1 and not lines[begin].strip():
            begin += 1
        blocks.append(Block(kind, tuple(lines[begin : number - 1]), begin))
        kind, begin = "" if kind else said, number
    return [block for block in blocks if block.kind or block.text]


def short(line: str) -> str:
    """A line as a sentence may show it."""
    return repr(line if len(line) <= 60 else line[:59] + "…")
