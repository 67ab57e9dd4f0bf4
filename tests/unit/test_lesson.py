"""The format of lessons: what a file becomes, what is refused and in which words, and checks."""

import json
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from pynn.lab.lesson import (
    Code,
    Lesson,
    LessonError,
    Quiz,
    Task,
    Text,
    parse,
    read,
    run_check,
    sliders,
)

HEAD = "---\ntitle: A title\nsummary: You can say so.\n---\n"
QUIZ = "Which one?\n\n- [ ] this\n- [x] that\n- [ ] neither\n\nBecause it is."
TASK = ["```python task", "a = 1", "```"]
PARTS = [
    *("```python check", "assert a == 2, 'a is not 2.'", "```"),
    *("```hint", "One more.", "```"),
    *("```python solution", "a = 2", "```"),
]
WHOLE = f"""---
title: One neuron
summary: You can say what it does.
explains: activation, loss
---

# Begin

A formula $y = wx$ and another:

$$ z = 1 $$

```python
a = 0

print("a", a)
```
```quiz
{QUIZ}
```
More text.

{chr(10).join([*TASK, "", *PARTS])}

The end.
"""


def block(kind: str, *lines: str) -> str:
    return "\n".join([f"```{kind}", *lines, "```", ""])


def test_a_whole_lesson_becomes_its_parts_in_order() -> None:
    assert parse(WHOLE, "01-one") == Lesson(
        "01-one",
        "One neuron",
        "You can say what it does.",
        ("activation", "loss"),
        (
            Text("# Begin\n\nA formula $y = wx$ and another:\n\n$$ z = 1 $$"),
            Code('a = 0\n\nprint("a", a)'),
            Quiz(
                "Which one?",
                (("this", False), ("that", True), ("neither", False)),
                "Because it is.",
            ),
            Text("More text."),
            Task("a = 1", "assert a == 2, 'a is not 2.'", "One more.", "a = 2"),
            Text("The end."),
        ),
    )


def test_plain_is_the_same_as_json_has_it() -> None:
    plain = parse(WHOLE, "01-one").plain()
    assert json.loads(json.dumps(plain)) == plain
    assert list(plain) == ["name", "title", "summary", "explains", "steps"]
    kinds = ["text", "code", "quiz", "text", "task", "text"]
    assert [step["kind"] for step in plain["steps"]] == kinds
    assert plain["steps"][2] == {
        "kind": "quiz",
        "question": "Which one?",
        "answers": [["this", False], ["that", True], ["neither", False]],
        "why": "Because it is.",
    }
    parts = {"kind", "source", "check", "hint", "solution", "settings"}
    assert set(plain["steps"][4]) == parts


def test_numbers_that_a_program_asks_for_are_told_for_a_form() -> None:
    (slider,) = sliders('rate = show.setting("rate", 0.1, low=0.01, high=1.0)')
    assert slider["name"] == "rate"
    assert (slider["kind"], slider["default"], slider["low"], slider["high"]) == (
        "real", 0.1, 0.01, 1.0,
    )  # fmt: skip
    # While somebody writes it there is nothing to read.
    assert sliders('rate = show.setting("rate", 0.1') == []
    assert sliders('rate = show.setting("rate", 0.1)') == []


def test_a_lesson_stays_as_it_was_read() -> None:
    with pytest.raises(FrozenInstanceError):
        parse(WHOLE, "a").title = "other"  # type: ignore[misc]


@pytest.mark.parametrize("given", [WHOLE.replace("\n", "\r\n"), "\ufeff" + WHOLE, WHOLE.rstrip()])
def test_however_an_editor_ends_lines_and_files_the_lesson_is_the_same(given: str) -> None:
    assert parse(given, "a") == parse(WHOLE, "a")


def test_a_file_has_its_name_and_its_signs(tmp_path: Path) -> None:
    path = tmp_path / "03-甲.md"
    path.write_text(
        "---\ntitle：标题\nsummary：一句：话。\nexplains：l1，l2、loss\n---\n正文\n", "utf-8"
    )
    given = read(path)
    explained = ("l1", "l2", "loss")
    assert given == Lesson("03-甲", "标题", "一句：话。", explained, (Text("正文"),))
    assert read(str(path)) == given


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.md"
    path.write_bytes((HEAD + "\nna\xefve\n").encode("latin-1"))
    with pytest.raises(LessonError, match="lesson latin, line 6: expected text in UTF-8"):
        read(path)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.md")


def test_fields_may_stand_in_any_order_and_explains_be_left_out() -> None:
    given = parse("---\n\nsummary: b: c\ntitle: a\n---\ntext", "n")
    assert (given.title, given.summary, given.explains) == ("a", "b: c", ())


def test_python_of_a_block_may_warn_and_hold_what_looks_like_a_fence() -> None:
    text = 'r = "\\d"\ns = """\n  ```quiz\n"""'
    assert parse(HEAD + block("python", *text.split("\n")), "n").steps == (Code(text),)


def test_a_quiz_may_have_long_answers_and_paragraphs() -> None:
    lines = [
        *("First?", "", "Second?", ""),
        *("- [ ] a", "  goes on", "- [X] b", "", "- [ ] c", "- [ ] d", ""),
        *("Why.", "", "- and", "  more"),
    ]
    answers = (("a goes on", False), ("b", True), ("c", False), ("d", False))
    assert parse(HEAD + block("quiz", *lines), "n").steps == (
        Quiz("First?\n\nSecond?", answers, "Why.\n\n- and\n  more"),
    )


# The text after the head, which has four lines; the line that is named, and a part of the sentence.
WRONG = [
    ("", 5, "expected text or blocks, got neither"),
    ("\n \n", 7, "expected text or blocks, got neither"),
    ("text\n```pyton\n```", 6, "expected ``` and then one of python, quiz, python task"),
    ("```\na\n```", 5, "got '```'"),
    ("  ```python\na = 1\n```", 5, "got '  ```python'"),
    ("text\n```python\na = 1\n", 8, "to close the python of line 6, got the file's end"),
    ("```python\na = 1\n```quiz\n", 7, "to close the python of line 5, got '```quiz'"),
    ("```python\n\n\n```", 5, "expected python with lines in it, got none"),
    ("```python\n\na = 1\nif a\n```", 8, "expected Python in this python, got SyntaxError"),
    ("```python\n  a = 1\n```", 6, "IndentationError: unexpected indent"),
    ("```python\nreturn 1\n```", 6, "SyntaxError: 'return' outside function"),
    ("```hint\nx\n```", 5, "expected python task before hint, got none"),
    ("```python solution\nx = 1\n```", 5, "expected python task before python solution"),
    ("\n".join(TASK), 5, "after the task of line 5, got the end in the place of python check"),
    ("\n".join([*TASK, "", "and"]), 9, "got text in the place of python check"),
    ("\n".join([*TASK, *PARTS[:3], *PARTS[6:]]), 11, "got python solution in the place of hint"),
    ("\n".join([*TASK, *PARTS[:6]]), 5, "got the end in the place of python solution"),
    ("\n".join([*TASK, *PARTS[:3], "```hint", "```"]), 11, "expected hint with lines in it"),
    ("\n".join([*TASK, *PARTS[:7], "a = (", "```"]), 15, "got SyntaxError: '(' was never closed"),
    (block("quiz", *QUIZ.replace("x", " ").split("\n")), 5, "got 3 answers, 0 of them right"),
    (block("quiz", *QUIZ.replace("[ ]", "[x]").split("\n")), 5, "got 3 answers, 3 of them right"),
    (block("quiz", "Q?", "- [x] a", "- [ ] b", "W."), 5, "got 2 answers, 1 of them right"),
    (block("quiz", "Q?", *["- [x] a"], *["- [ ] b"] * 4, "W."), 5, "got 5 answers"),
    (block("quiz", *QUIZ.split("\n")[:5]), 5, "a question before the answers and a why after them"),
    (block("quiz", *QUIZ.split("\n")[2:]), 5, "a question before the answers and a why after them"),
    (block("quiz", *QUIZ.replace("[x]", "[v]").split("\n")), 9, "got '- [v] that'"),
    (block("quiz", *QUIZ.replace("] that", "]").split("\n")), 9, "got '- [x]'"),
    (block("quiz", *QUIZ.split("\n"), "- [ ] late"), 13, "all answers in one list"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), WRONG)
def test_a_wrong_lesson_is_refused_with_line_and_sentence(
    text: str, line: int, sentence: str
) -> None:
    with pytest.raises(LessonError) as refused:
        parse(HEAD + text, "mine")
    assert str(refused.value).startswith(f"lesson mine, line {line}: expected ")
    assert sentence in str(refused.value) and "\n" not in str(refused.value)
    assert (refused.value.name, refused.value.line) == ("mine", line)


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 1, "expected --- and then title: …, got ''"),
        ("# Lesson\n", 1, "got '# Lesson'"),
        ("---\ntitle: a\nsummary: b\n", 4, "expected --- below the summary, got the file's end"),
        ("---\ntitle: a\n---\nt", 3, "expected summary: … above, got none"),
        ("---\nsummary: a\ntitle:\n---\nt", 4, "expected title: … above, got none"),
        ("---\ntitle a\n---\nt", 2, "each once with a colon, got 'title a'"),
        ("---\ntitle: a\nautor: b\n---\nt", 3, "expected title, summary, explains, each once"),
        ("---\ntitle: a\ntitle: b\n---\nt", 3, "got 'title: b'"),
        ("---\n" + "x" * 99, 2, "got '" + "x" * 59 + "…'"),
    ],
)
def test_a_wrong_head_is_refused_with_line_and_sentence(
    text: str, line: int, sentence: str
) -> None:
    with pytest.raises(LessonError, match=r"^lesson mine, line ") as refused:
        parse(text, "mine")
    assert sentence in str(refused.value) and refused.value.line == line


@pytest.mark.parametrize(
    ("check", "wanted"),
    [
        ("assert a == 1, 'a is not 1.'", None),
        ("assert a == 2, 'a is not 2.'", "a is not 2."),
        ("assert a == 2", "The check says that this is not right yet."),
        ("raise AssertionError('Nearly.') from ZeroDivisionError()", "Nearly."),
        ("b + 1", "NameError: name 'b' is not defined"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("def twice():\n    return 2 * a\n\n\nassert twice() == 2", None),
    ],
)
def test_a_check_says_nothing_or_a_sentence(check: str, wanted: str | None) -> None:
    assert run_check(check, {"a": 1}) == wanted


def test_a_check_runs_in_the_names_that_it_is_given() -> None:
    names: dict[str, Any] = {"a": []}
    assert run_check("a.append(1)\nnew = a", names) is None
    assert names["new"] is names["a"] and names["a"] == [1]
    with pytest.raises(KeyboardInterrupt):
        run_check("raise KeyboardInterrupt", names)
