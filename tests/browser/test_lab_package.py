"""pynn's own files in the lab: opened, changed, checked by their gradients, and put back."""

from collections.abc import Callable

import pytest
from lab_page import TYPED_OVER, expect_end, type_program
from playwright.sync_api import Page, expect

from pynn.lab.package import text_of

OpenPage = Callable[..., Page]
pytestmark = pytest.mark.expected_problems(TYPED_OVER)
PROGRAM = """\
from pynn import *
network = Network([Dense(4, "tanh"), Dense(1, "sigmoid")], inputs=2, seed=1)
fit(network, [[0, 1], [1, 0]], [0, 1], loss="squared_error", optimizer=SGD(0.1), epochs=3)
print("bits", network.predict([[0, 1]]).tobytes().hex())"""


@pytest.fixture
def lab(open_page: OpenPage) -> Page:
    page = open_page("#/lab")
    expect(page.get_by_test_id("code-status")).to_have_text("Ready.", timeout=60_000)
    return page


def open_file(page: Page, path: str) -> None:
    page.get_by_test_id("open-package").click()
    page.get_by_test_id("package-files").get_by_role("searchbox").fill(path)
    page.get_by_test_id("package-file").first.click()
    expect(page.get_by_test_id("package-note")).to_contain_text(path)


def change(page: Page, path: str, old: str, new: str) -> None:
    """Changes a part of the first line that has it."""
    lines = text_of(path).split("\n")
    number = next(k for k, line in enumerate(lines) if old in line)
    page.get_by_test_id("editor").locator(".cm-content").click()
    page.keyboard.press("Control+Home")
    for _ in range(number):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Shift+Home")
    page.keyboard.insert_text(lines[number].strip().replace(old, new))


def bits(page: Page) -> str:
    """What the program printed; a chart beside it may not be drawn yet."""
    text = page.get_by_test_id("code-output").inner_text()
    return text[text.index("bits") :].strip()


def test_changed_backward_is_named_and_revert_gives_the_same_bits(lab: Page) -> None:
    type_program(lab, PROGRAM)
    lab.get_by_test_id("run-code").click()
    expect_end(lab, "finished")
    before = bits(lab)
    open_file(lab, "layers/dense.py")
    change(lab, "layers/dense.py", "return dx", "return None if dx is None else dx * 2")
    expect(lab.get_by_test_id("editor").locator(".cm-changedLine")).to_have_count(1)
    lab.get_by_test_id("run-code").click()
    report = lab.get_by_test_id("gradient-report")
    expect(report).to_have_attribute("data-right", "false", timeout=60_000)
    expect(report.locator("li")).to_have_attribute("data-part", "Dense")
    expect(report).to_contain_text("the gradient of its inputs is wrong; it is off by 33.3%")
    assert bits(lab) != before
    lab.get_by_test_id("revert").click()
    expect(lab.get_by_test_id("editor").locator(".cm-changedLine")).to_have_count(0)
    expect(report).to_have_count(0)
    lab.get_by_test_id("close-package").click()
    expect(lab.get_by_test_id("package-note")).to_have_count(0)
    lab.get_by_test_id("run-code").click()
    expect(lab.get_by_test_id("code-output")).to_contain_text("bits")
    expect_end(lab, "finished")
    assert bits(lab) == before


def test_change_holds_in_the_lab_alone_and_after_a_reload(lab: Page) -> None:
    lab.get_by_test_id("tab-playground").click()
    expect(lab.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    lab.get_by_test_id("step").click()
    expect(lab.get_by_test_id("epoch")).to_have_attribute("data-value", "1")
    alone = str(lab.get_by_test_id("train-loss").get_attribute("data-value"))
    lab.get_by_test_id("tab-lab").click()
    open_file(lab, "activations.py")
    change(lab, "activations.py", "np.tanh(z, out=out)", "np.sin(z, out=out)")
    lab.wait_for_timeout(300)
    lab.reload()
    expect(lab.get_by_test_id("package-note")).to_contain_text("pynn/activations.py")
    # The playground's Python is another one.
    lab.get_by_test_id("tab-playground").click()
    expect(lab.get_by_test_id("epoch")).to_have_attribute("data-value", "0")
    lab.get_by_test_id("step").click()
    expect(lab.get_by_test_id("train-loss")).to_have_attribute("data-value", alone)


def test_changed_file_that_cannot_be_imported_is_named(lab: Page) -> None:
    open_file(lab, "layers/dropout.py")
    change(lab, "layers/dropout.py", "class Dropout(Layer):", "class Dropout(Layer:")
    lab.get_by_test_id("run-code").click()
    expect_end(lab, "failed")
    error = lab.get_by_test_id("code-error")
    expect(error).to_contain_text("pynn/layers/dropout.py SyntaxError")
    expect(lab.get_by_test_id("editor").locator(".cm-lintRange-error")).to_be_visible()


def test_gradients_are_checked_by_a_button_too(lab: Page) -> None:
    open_file(lab, "losses.py")
    lab.get_by_test_id("check-gradients").click()
    report = lab.get_by_test_id("gradient-report")
    expect(report).to_have_attribute("data-right", "true", timeout=60_000)
    expect(report).to_contain_text("gradients that were checked are right")


def test_step_is_followed_line_by_line(lab: Page) -> None:
    lab.get_by_test_id("open-package").click()
    lab.get_by_test_id("follow-open").click()
    follow = lab.get_by_test_id("follow")
    lit = follow.locator("[data-lit]")
    expect(lit).to_contain_text("hidden, last = self.layers[:-1], self.last", timeout=60_000)
    expect(follow.get_by_test_id("follow-values")).to_contain_text("float64 (2, 2)")
    follow.get_by_test_id("follow-next").click()
    expect(lit).to_contain_text("z = self.pre_activation_training(x, noise)")
    lab.keyboard.press("ArrowRight")
    expect(follow.get_by_test_id("follow-where")).to_contain_text("pre_activation_training")
    follow.get_by_test_id("follow-kind").select_option("dropout")
    expect(lit).to_contain_text("hidden, last = self.layers[:-1], self.last")
    slider = follow.get_by_test_id("follow-line")
    slider.focus()
    slider.press("End")
    expect(follow.get_by_test_id("follow-where")).to_contain_text("pynn/optimizer")
    lab.keyboard.press("Escape")
    expect(follow).to_be_hidden()
    # The lab goes on.
    type_program(lab, "print('on')")
    lab.get_by_test_id("run-code").click()
    expect(lab.get_by_test_id("code-output")).to_contain_text("on")
