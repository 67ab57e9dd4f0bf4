"""The lessons: read, guessed, run and solved in the page, in both languages."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lab_page import TYPED_OVER
from playwright.sync_api import Locator, Page, expect

from pynn.lab.lesson import Lesson, Quiz, Task, read

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.expected_problems(TYPED_OVER)
FOLDER = Path(__file__).resolve().parents[2] / "lessons"
NAMES = sorted(path.stem for path in (FOLDER / "en").glob("*.md"))
SLOW = 60_000


def solve(page: Page, lesson: Lesson) -> None:
    """Answers every question right, runs every block, and solves every task, wrong at first."""
    expect(page.get_by_test_id("lesson-page")).to_have_attribute("data-lesson", lesson.name)
    quizzes = iter(page.get_by_test_id("lesson-quiz").all())
    tasks = iter(page.get_by_test_id("lesson-task").all())
    codes = iter(page.get_by_test_id("lesson-code").all())
    for step in lesson.steps:
        match step:
            case Quiz():
                quiz = next(quizzes)
                right = [is_right for _, is_right in step.answers].index(True)
                quiz.get_by_role("radio").nth(right).check()
                quiz.get_by_test_id("quiz-answer").click()
                expect(quiz.get_by_test_id("quiz-result")).to_have_attribute("data-right", "true")
            case Task():
                task = next(tasks)
                check(task, "false")
                task.get_by_test_id("lesson-solution").click()
                check(task, "true")
            case _ if type(step).__name__ == "Code":
                code = next(codes)
                code.get_by_test_id("run-code").click()
                expect(code.get_by_test_id("run-code")).to_be_enabled(timeout=SLOW)
                expect(code.get_by_test_id("code-error")).to_have_text([])  # says what there is


def check(task: Locator, right: str) -> None:
    task.get_by_test_id("lesson-check").click()
    expect(task.get_by_test_id("lesson-check")).to_be_enabled(timeout=SLOW)
    result = task.get_by_test_id("lesson-result")
    expect(result).to_have_attribute("data-right", right, timeout=SLOW)


@pytest.mark.parametrize(("folder", "locale"), [("en", "en-US"), ("zh", "zh-CN")])
def test_lessons_are_solved_from_start_to_end(
    open_page: OpenPage, folder: str, locale: str
) -> None:
    page = open_page(f"#/lessons?lesson={NAMES[0]}", locale=locale)
    links = page.get_by_test_id("lesson-link")
    expect(links).to_have_count(len(NAMES))
    for index, name in enumerate(NAMES):
        links.nth(index).click()
        lesson = read(FOLDER / folder / f"{name}.md")
        expect(page.get_by_role("heading", name=lesson.title, exact=True)).to_be_visible()
        solve(page, lesson)
        # All of it is done, and stays so.
        expect(links.nth(index)).to_contain_text("✓")
    page.reload()
    expect(links.filter(has_text="✓")).to_have_count(len(NAMES))


@pytest.fixture
def first(open_page: OpenPage) -> Iterator[Page]:
    page = open_page("#/lessons")
    expect(page.get_by_test_id("lesson-page")).to_have_attribute("data-lesson", NAMES[0])
    yield page


def test_wrong_answer_is_told_and_another_may_be_given(first: Page) -> None:
    quiz = first.get_by_test_id("lesson-quiz").first
    result = quiz.get_by_test_id("quiz-result")
    quiz.get_by_role("radio").nth(0).check()
    quiz.get_by_test_id("quiz-answer").click()
    expect(result).to_have_attribute("data-right", "false")
    expect(quiz).not_to_contain_text("the line stays")
    quiz.get_by_role("radio").nth(2).check()
    quiz.get_by_test_id("quiz-answer").click()
    expect(result).to_have_attribute("data-right", "true")
    expect(quiz).to_contain_text("the line stays")
    # The first answer counts.
    expect(first.locator("[data-testid=lesson-link][aria-current=page]")).not_to_contain_text("1/2")


def test_slider_runs_its_block_again_with_the_number(first: Page) -> None:
    block = first.get_by_test_id("lesson-code").nth(1)
    block.get_by_test_id("run-code").click()
    expect(block.get_by_test_id("code-output")).to_contain_text("0.818")
    slider = block.locator("[data-testid=slider][data-name=b]")
    slider.focus()
    slider.press("End")
    expect(slider).to_have_attribute("data-value", "5")
    expect(block.get_by_test_id("code-output")).not_to_contain_text("0.818")
    expect(block.get_by_test_id("output-map")).to_be_visible()


def test_block_runs_what_comes_before_it_and_a_change_runs_it_anew(first: Page) -> None:
    blocks = first.get_by_test_id("lesson-code")
    blocks.nth(1).get_by_test_id("run-code").click()
    # The first block, whose names the second one needs, has run as well.
    expect(blocks.nth(0).get_by_test_id("code-output")).to_contain_text("a = 0.818")
    blocks.nth(0).locator(".cm-line").filter(has_text="x1, x2").click()
    first.keyboard.press("End")
    first.keyboard.press("Shift+Home")
    first.keyboard.insert_text("x1, x2 = 3.0, 3.0")
    blocks.nth(1).get_by_test_id("run-code").click()
    expect(blocks.nth(0).get_by_test_id("code-output")).to_contain_text("a = 1.000")
    expect(blocks.nth(1).get_by_test_id("code-output")).to_contain_text("[[1.]]")


def test_hint_and_way_out_help_and_the_start_comes_back(first: Page) -> None:
    task = first.get_by_test_id("lesson-task").first
    task.get_by_test_id("lesson-hint").click()
    expect(task).to_contain_text("The bias has to make only the last")
    task.get_by_test_id("lesson-solution").click()
    expect(task.get_by_test_id("editor")).to_contain_text("b=-1.5")
    task.get_by_test_id("lesson-reset").click()
    expect(task.get_by_test_id("editor")).to_contain_text("b=0.0")


def test_formulas_are_set_and_html_in_a_lesson_stays_text(first: Page, tmp_path: Path) -> None:
    expect(first.locator(".lesson-text math").first).to_be_visible()
    lesson = tmp_path / "mine.md"
    lesson.write_text(
        "---\ntitle: Mine\nsummary: A teacher's own.\n---\n"
        "Text <img src=x onerror=alert(1)> and [a link](javascript:alert(1)), $x^2$.\n\n"
        "```python\nprint('by a teacher')\n```\n",
        "utf-8",
    )
    first.locator(".lesson-files summary").click()
    first.get_by_test_id("lesson-file").set_input_files(lesson)
    page = first.get_by_test_id("lesson-page")
    expect(page.get_by_role("heading", name="Mine")).to_be_visible(timeout=SLOW)
    expect(page).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("img, a[href^=javascript]")).to_have_count(0)
    expect(page).to_contain_text("Somebody wrote this lesson")
    expect(page.get_by_test_id("code-output")).to_be_hidden()
    page.get_by_test_id("run-code").click()
    expect(page.get_by_test_id("code-output")).to_contain_text("by a teacher")


def hold_the_lab(page: Page) -> None:
    """Its workers stop at their next message, as if the machine had no time for them."""
    client = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    client.on("Target.attachedToTarget", lambda target: found.append(target))
    client.send(
        "Target.setAutoAttach",
        {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False},
    )
    for target in found:
        if "lab-worker" in target["targetInfo"]["url"]:
            for number, method in enumerate(("Debugger.enable", "Debugger.pause")):
                message = json.dumps({"id": number, "method": method})
                words = {"sessionId": target["sessionId"], "message": message}
                client.send("Target.sendMessageToTarget", words)


def test_block_that_its_python_does_not_take_begins_anew_with_the_names_before_it(
    first: Page,
) -> None:
    blocks = first.get_by_test_id("lesson-code")
    blocks.nth(0).get_by_test_id("run-code").click()
    expect(blocks.nth(0).get_by_test_id("code-output")).to_contain_text("a = 0.818", timeout=SLOW)
    hold_the_lab(first)
    blocks.nth(1).get_by_test_id("run-code").click()
    expect(blocks.nth(1).get_by_test_id("code-output")).to_contain_text("0.818", timeout=SLOW)
    expect(blocks.nth(1).get_by_test_id("code-error")).to_have_count(0)


def test_lesson_that_cannot_be_read_says_where(first: Page, tmp_path: Path) -> None:
    lesson = tmp_path / "mine.md"
    lesson.write_text("---\ntitle: Mine\nsummary: Of mine.\n---\n```quiz\nWhat?\n```\n", "utf-8")
    first.locator(".lesson-files summary").click()
    first.get_by_test_id("lesson-file").set_input_files(lesson)
    expect(first.get_by_test_id("error")).to_contain_text("lesson mine, line 5", timeout=SLOW)


def test_what_was_done_is_handed_in_and_read_by_a_teacher(
    first: Page, open_page: OpenPage, tmp_path: Path
) -> None:
    lesson = read(FOLDER / "en" / f"{NAMES[0]}.md")
    solve(first, lesson)
    first.locator(".lesson-files summary").click()
    first.get_by_test_id("lesson-who").fill("Ada")
    with first.expect_download() as download:
        first.get_by_test_id("lesson-hand-in").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "pynn-lessons-Ada.json"
    assert json.loads(file.read_text("utf-8"))["who"] == "Ada"
    teacher = open_page("#/lessons")
    teacher.locator(".lesson-files summary").click()
    teacher.get_by_test_id("lesson-file").set_input_files(file)
    table = teacher.get_by_test_id("handed-in")
    expect(table.get_by_role("heading", name="Lessons of Ada")).to_be_visible()
    expect(table.get_by_test_id("handed-lesson")).to_have_text(
        re.compile(r"One neuron\s+1 / 1\s*1 / 1")
    )


@pytest.mark.expected_problems(r"404", TYPED_OVER)
def test_lesson_comes_from_an_address_of_this_site_only(open_page: OpenPage) -> None:
    page = open_page("#/lessons?from=https://example.org/lesson.md")
    expect(page.get_by_test_id("error")).to_contain_text("from this site only")
    page = open_page("#/lessons?from=no-such-lesson.md")
    expect(page.get_by_test_id("error")).to_contain_text("There is no lesson")
