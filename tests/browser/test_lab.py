"""The lab: a person's own Python, in the editor, run in a Python of its own."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lab_page import TYPED_OVER, expect_end, expect_output, type_program
from page_state import train_epochs
from playwright.sync_api import Page, expect

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.expected_problems(TYPED_OVER)


@pytest.fixture
def lab(open_page: OpenPage) -> Page:
    page = open_page("#/lab")
    expect(page.get_by_test_id("editor")).to_be_visible()
    return page


def test_program_that_waits_there_runs_and_shows_its_pictures(lab: Page) -> None:
    lab.get_by_test_id("run-code").click()
    expect_end(lab, "finished")
    for picture in ("output-chart", "output-map", "output-network"):
        expect(lab.get_by_test_id(picture)).to_be_visible()
    expect_output(lab, "[0 1] -> [0.99")
    expect(lab.get_by_test_id("output-map").locator("canvas").first).to_have_attribute(
        "aria-label", "What the network answers everywhere on the plane"
    )


def test_output_appears_while_the_program_runs(lab: Page) -> None:
    type_program(lab, "import time\nprint('first')\ntime.sleep(3)\nprint('second')")
    lab.keyboard.press("Control+Enter")
    expect_output(lab, "first")
    expect(lab.get_by_test_id("code-status")).to_have_attribute("data-status", "running")
    expect(lab.get_by_test_id("code-output")).not_to_contain_text("second")
    expect_end(lab, "finished")
    expect_output(lab, "second")


def test_a_million_lines_stay_readable_and_the_page_alive(lab: Page) -> None:
    type_program(lab, "for i in range(1_000_000): print('line', i)")
    lab.keyboard.press("Control+Enter")
    # The page answers meanwhile.
    expect(lab.get_by_test_id("code-status")).to_have_attribute("data-status", "running")
    lab.get_by_test_id("theme").click()
    expect(lab.locator("html")).to_have_attribute("data-theme", re.compile("dark|light"))
    expect_end(lab, "finished", timeout=90_000)
    output = lab.get_by_test_id("code-output")
    expect(output).to_contain_text("line 999999")
    expect(output).to_contain_text(re.compile(r"99\d,\d\d\d lines before this are left out"))
    assert output.evaluate("(one) => one.textContent.length") < 200_000


def test_error_names_its_line_and_leads_there(lab: Page) -> None:
    type_program(lab, "x = 3\n\nprint(x / 0)\n")
    lab.keyboard.press("Control+Enter")
    expect_end(lab, "failed")
    error = lab.get_by_test_id("code-error")
    expect(error).to_contain_text("ZeroDivisionError: division by zero")
    expect(lab.get_by_test_id("editor").locator(".cm-lintRange-error")).to_have_text("print(x / 0)")
    lab.get_by_test_id("error-line").click()
    expect(lab.get_by_test_id("editor").locator(".cm-activeLine")).to_have_text("print(x / 0)")
    error.locator("summary").click()
    expect(error.locator("pre")).to_contain_text('File "first.py", line 3')
    # The mark is gone with the next key.
    lab.get_by_test_id("editor").locator(".cm-content").press("End")
    lab.keyboard.type(" ")
    expect(lab.get_by_test_id("editor").locator(".cm-lintRange-error")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("def f(:\n  pass", "SyntaxError: invalid syntax"),
        ("import pandas", "no other package"),
        ("import js", "do not reach the page"),
        ("input('name? ')", "write the value into the program"),
        ("x = bytearray(3 * 2**29)", "1 GB of memory"),
        ("def f(n): return f(n + 1)\nf(0)", "called itself too often"),
    ],
)
def test_each_kind_of_failure_has_its_sentence_and_the_next_program_runs(
    lab: Page, text: str, told: str
) -> None:
    type_program(lab, text)
    lab.keyboard.press("Control+Enter")
    expect_end(lab, "failed")
    expect(lab.get_by_test_id("code-error")).to_contain_text(told)
    type_program(lab, "print('the next one')")
    lab.keyboard.press("Control+Enter")
    expect_end(lab, "finished")
    expect_output(lab, "the next one")


def test_lab_that_is_left_gives_its_memory_back_and_starts_again(lab: Page) -> None:
    status = lab.get_by_test_id("code-status")
    expect(status).to_have_text("Ready.", timeout=60_000)
    lab.get_by_test_id("tab-playground").click()
    for _ in range(300):
        if len(lab.workers) == 1:
            break
        lab.wait_for_timeout(50)
    assert len(lab.workers) == 1  # the playground's
    lab.get_by_test_id("tab-lab").click()
    type_program(lab, "print('there again')")
    lab.keyboard.press("Control+Enter")
    expect_output(lab, "there again")
    # What a program left stays for a while.
    lab.get_by_test_id("tab-playground").click()
    lab.get_by_test_id("tab-lab").click()
    lab.get_by_test_id("editor").locator(".cm-content").click()
    lab.keyboard.press("Shift+Enter")
    expect_end(lab, "finished")


def test_selection_goes_on_with_the_names_of_the_run_before(lab: Page) -> None:
    type_program(lab, "x = 20\nx + 22")
    lab.keyboard.press("Control+Enter")
    expect_end(lab, "finished")
    lab.keyboard.press("Shift+Enter")  # the line with the cursor, which is the last one
    expect_output(lab, "42")


def test_completion_offers_the_names_of_pynn_and_the_docstring_below(lab: Page) -> None:
    expect(lab.get_by_test_id("code-status")).to_have_text("Ready.")
    type_program(lab, "from pynn import Network, Den")
    options = lab.get_by_test_id("editor").locator(".cm-tooltip-autocomplete li")
    expect(options.filter(has_text="Dense")).to_be_visible()
    lab.wait_for_timeout(200)  # at once, the key would be taken for one meant for the text
    lab.keyboard.press("Enter")
    expect(lab.get_by_test_id("editor").locator(".cm-line")).to_have_text(
        "from pynn import Network, Dense"
    )
    expect(lab.get_by_test_id("code-docs")).to_contain_text("Dense(units")


def test_what_was_typed_is_there_after_a_reload(lab: Page, open_page: OpenPage) -> None:
    type_program(lab, "kept = 'as it was typed'")
    lab.wait_for_timeout(400)  # a person takes longer to find the button
    lab.reload()
    expect(lab.get_by_test_id("editor").locator(".cm-line")).to_have_text(
        "kept = 'as it was typed'"
    )


def test_several_programs_have_names_and_can_be_renamed_and_deleted(lab: Page) -> None:
    programs = lab.get_by_test_id("program")

    def choose(item: str) -> None:
        lab.get_by_test_id("program-menu").click()
        lab.get_by_test_id(item).click()

    choose("program-new")
    type_program(lab, "print(2)")
    expect(programs).to_have_value("program.py")
    choose("program-rename")
    lab.get_by_test_id("program-name").fill("two")
    lab.keyboard.press("Enter")
    expect(programs).to_have_value("two.py")
    programs.select_option("first.py")
    expect(lab.get_by_test_id("editor")).to_contain_text("A small network learns XOR")
    programs.select_option("two.py")
    expect(lab.get_by_test_id("editor").locator(".cm-line")).to_have_text("print(2)")
    choose("program-remove")
    expect(programs).to_have_value("first.py")
    expect(programs.locator("option[value='two.py']")).to_have_count(0)


def test_published_programs_open_here(lab: Page) -> None:
    lab.get_by_test_id("program").select_option(":programs/eleven_lines")
    expect(lab.get_by_test_id("program")).to_have_value("eleven_lines.py")
    lab.get_by_test_id("run-code").click()
    expect_end(lab, "finished", timeout=60_000)
    rows = lab.get_by_test_id("output-compared").locator("tbody tr")
    expect(rows).to_have_count(18)
    expect(lab.locator("[data-testid=output-compared] tr[data-equal=false]")).to_have_count(0)


def test_files_beside_a_program_are_read_and_what_it_writes_can_be_saved(
    lab: Page, tmp_path: Path
) -> None:
    table = tmp_path / "points.csv"
    table.write_text("1,2\n3,4\n")
    lab.get_by_test_id("add-file").set_input_files(table)
    expect(lab.get_by_test_id("program-file")).to_contain_text("points.csv")
    type_program(
        lab,
        "import numpy as np\n"
        "x = np.loadtxt('points.csv', delimiter=',')\n"
        "np.savetxt('sums.txt', x.sum(axis=1), fmt='%d')\n"
        "print(x.sum())",
    )
    lab.keyboard.press("Control+Enter")
    expect_end(lab, "finished")
    expect_output(lab, "10.0")
    with lab.expect_download() as download:
        lab.get_by_test_id("written-file").click()
    assert Path(download.value.path()).read_text() == "3\n7\n"


def test_mnist_is_had_by_a_program_that_asks_for_it(lab: Page) -> None:
    type_program(
        lab,
        "from pynn import show\n"
        "from pynn.datasets import mnist\n"
        "(x, y), (x_test, y_test) = mnist('mnist', train=100)\n"
        "show.image(255 - x[:8])\n"
        "print(x.shape, x_test.shape, y[:3])",
    )
    lab.keyboard.press("Control+Enter")
    expect_end(lab, "finished", timeout=60_000)
    expect_output(lab, "(100, 28, 28) (10000, 28, 28)")
    expect(lab.get_by_test_id("output-images").locator("canvas")).to_have_attribute(
        "aria-label", "8 images"
    )


def test_program_is_saved_as_python_and_as_a_notebook_and_opened_again(
    lab: Page, tmp_path: Path
) -> None:
    text = "# %% [markdown]\n# A title\n\n# %%\nx = 1\nprint(x)"
    type_program(lab, text)

    def saved(item: str) -> Path:
        lab.get_by_test_id("program-menu").click()
        with lab.expect_download() as download:
            lab.get_by_test_id(item).click()
        place = tmp_path / download.value.suggested_filename
        download.value.save_as(place)
        return place

    assert saved("program-save").read_text() == text
    notebook = saved("program-notebook")
    cells = json.loads(notebook.read_text())["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code"]
    assert "".join(cells[1]["source"]) == "x = 1\nprint(x)"
    lab.get_by_test_id("program-menu").click()
    lab.get_by_test_id("program-open").set_input_files(notebook)
    expect(lab.get_by_test_id("editor")).to_contain_text("# A title")
    expect(lab.get_by_test_id("editor")).to_contain_text("print(x)")


def test_link_carries_a_program_that_is_shown_and_not_run(lab: Page, open_page: OpenPage) -> None:
    lab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    type_program(lab, "print('from a link: 数')")
    lab.get_by_test_id("program-menu").click()
    lab.get_by_test_id("program-link").click()
    expect(lab.get_by_text("The link is copied")).to_be_visible()
    link = lab.evaluate("navigator.clipboard.readText()")
    page = open_page(link[link.index("#") :])
    expect(page.get_by_test_id("program-note")).to_contain_text("came with the link")
    expect(page.get_by_test_id("editor").locator(".cm-line")).to_have_text(
        "print('from a link: 数')"
    )
    expect(page.get_by_test_id("code-status")).to_have_attribute(
        "data-status", re.compile("ready|starting|none")
    )
    expect(page.get_by_test_id("code-output")).not_to_contain_text("from a link")
    page.get_by_test_id("run-code").click()
    expect_output(page, "from a link: 数")


def test_nothing_of_the_lab_is_asked_for_before_it_is_opened(open_page: OpenPage) -> None:
    asked: list[str] = []
    page = open_page("#/playground")
    page.context.on("request", lambda request: asked.append(request.url))
    expect(page.get_by_test_id("app")).to_have_attribute("data-state", "ready")
    page.get_by_test_id("tab-recipes").click()
    expect(page.get_by_test_id("recipe")).to_be_visible()
    assert not [url for url in asked if "/lab/" in url]
    page.get_by_test_id("tab-lab").click()
    expect(page.get_by_test_id("editor")).to_be_visible()
    assert [url for url in asked if "/lab/" in url]


def test_python_code_of_the_playground_opens_in_the_lab_and_gives_its_numbers(
    open_page: OpenPage,
) -> None:
    page = open_page("#/playground?dataset=xor")
    train_epochs(page, 1, 3)
    loss = float(page.get_by_test_id("train-loss").get_attribute("data-value") or 0)
    page.get_by_test_id("show-code").click()
    page.get_by_test_id("script-lab").click()
    expect(page.get_by_test_id("program")).to_have_value("playground.py")
    page.get_by_test_id("run-code").click()
    expect_end(page, "finished", timeout=60_000)
    told = page.get_by_test_id("code-output").inner_text()
    assert f"{loss:.6g}" in told


def test_recipe_opens_in_the_lab(open_page: OpenPage) -> None:
    page = open_page("#/recipes?recipe=quadrants")
    page.get_by_test_id("recipe-lab").click()
    expect(page.get_by_test_id("program")).to_have_value("quadrants.py")
    expect(page.get_by_test_id("editor")).to_contain_text("in which quadrant a point lies")


def test_label_leads_to_the_lesson_that_explains_it(open_page: OpenPage) -> None:
    page = open_page("#/playground")
    page.get_by_role("button", name="Learning rate", exact=True).click()
    page.get_by_test_id("term-lesson").click()
    expect(page.get_by_test_id("lesson-page")).to_have_attribute(
        "data-lesson", "05-learning-rate", timeout=60_000
    )
