"""Fashion-MNIST in MNIST's place on the page: learned, named, drawn and taken home."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pen import draw, prediction
from playwright.sync_api import Page, expect

from pynn import accuracy, load
from pynn.datasets import mnist

TRAINING = 120_000
FASHION = "#/digits?dataset=fashion&subset=5000&epochs=4&architecture=784-100-10"
# Outlines in the pad's heights.
BAG = [[(0.2, 0.4), (0.2, 0.9), (1.0, 0.9), (1.0, 0.4), (0.2, 0.4)],
       [(0.4, 0.4), (0.42, 0.2), (0.78, 0.2), (0.8, 0.4)]]  # fmt: skip
T_SHIRT = [[(0.4, 0.1), (0.2, 0.25), (0.28, 0.4), (0.38, 0.34), (0.38, 0.9), (0.82, 0.9),
            (0.82, 0.34), (0.92, 0.4), (1, 0.25), (0.8, 0.1), (0.6, 0.18), (0.4, 0.1)]]  # fmt: skip


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page(FASHION)
    train = page.get_by_test_id("digits-train")
    expect(train).to_be_enabled(timeout=TRAINING)
    train.click()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    return page


def test_clothes_are_learned_named_and_an_outline_is_read(page: Page) -> None:
    expect(page.get_by_test_id("digits-dataset")).to_have_value("fashion")
    share = page.get_by_test_id("digits-test-accuracy").get_attribute("data-value")
    assert float(share or 0) > 0.75
    expect(page.get_by_test_id("recalls")).to_contain_text(re.compile(r"9\s*Ankle boot\s*\d"))
    for lines, number, name in ((BAG, "8", "Bag"), (T_SHIRT, "0", "T-shirt")):
        draw(page, *lines, in_heights=True)
        assert prediction(page) == number
        expect(page.get_by_test_id("class-name")).to_have_text(name)
        page.get_by_test_id("clear-pad").click()
    expect(page.get_by_test_id("class-name")).to_have_count(0)
    # The page's own network reads digits, as ever.
    draw(page, [(0.6, 0.2), (0.6, 0.8)], in_heights=True)
    page.get_by_test_id("shipped-model").get_by_role("button").first.click()
    assert prediction(page) == "1"
    expect(page.get_by_test_id("class-name")).to_have_count(0)


def test_back_to_digits_and_everything_is_theirs_again(page: Page) -> None:
    page.get_by_test_id("digits-dataset").select_option("mnist")
    expect(page).to_have_url(re.compile(r"^(?!.*dataset)"))
    expect(page.get_by_test_id("clothes-note")).to_have_count(0, timeout=TRAINING)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    expect(page.get_by_test_id("recalls")).not_to_contain_text("Ankle boot")


def test_the_script_fetches_the_page_s_files_and_gives_the_same_network(
    page: Page, tmp_path: Path
) -> None:
    page.get_by_test_id("digits-show-code").click()
    script = page.get_by_test_id("script").inner_text()
    share = float(page.get_by_test_id("digits-test-accuracy").get_attribute("data-value") or 0)
    (tmp_path / "clothes.py").write_text(script, "utf-8")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "clothes.py"],
        cwd=tmp_path,
        env={"PYTHONPATH": root, "PATH": "", "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == f"{share:.2%} of 10000 test images"
    _, (x, y) = mnist(tmp_path / "fashion", train=1)
    assert accuracy(load(tmp_path / "digits.npz"), x, y) == pytest.approx(share)
