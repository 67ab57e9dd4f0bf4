"""The digits tab: training on MNIST, what it shows, and taking the network home and back."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from page_state import wait_until_ready
from pen import (
    THREE,
    clear,
    draw,
    mnist_test_digits,
    pad,
    prediction,
    probabilities,
    recognised,
    strokes_of,
)
from playwright.sync_api import Locator, Page, expect

from pynn import Adam, Conv2D, Dense, Flatten, MaxPool2D, Network, fit, save
from pynn.datasets import mnist

# However slow the machine is: the default run takes about half a minute on a quiet one.
TRAINING = 600_000
# The quickest run that there is: a small network, a thousand images, one epoch.
QUICK = "#/digits?architecture=784-32-10&subset=1000&epochs=1"
NUMBER = re.compile(r"^[\d.e+-]+$")
AT_LEAST_95 = re.compile(r"^(0\.9[5-9]\d*|1)$")


def number(page: Page, name: str) -> float:
    """What a read-out shows, in full precision."""
    readout = page.get_by_test_id(name)
    expect(readout).to_have_attribute("data-value", NUMBER)
    return float(readout.get_attribute("data-value") or "nan")


def opened(page: Page) -> Locator:
    """Waits until there is a network to train."""
    train = page.get_by_test_id("digits-train")
    expect(page.get_by_test_id("digits-reset")).to_be_enabled(timeout=TRAINING)
    return train


def train_to_the_end(page: Page) -> None:
    train = opened(page)
    train.click()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    expect(train).to_have_attribute("aria-pressed", "false")


def right_answers(answers: list[str], labels: Iterable[int]) -> int:
    return sum(answer == str(label) for answer, label in zip(answers, labels, strict=True))


def counts(page: Page) -> np.ndarray[Any, Any]:
    rows = page.get_by_test_id("confusion-matrix").locator("tbody tr").all()
    return np.array([[int(cell) for cell in row.locator("td").all_inner_texts()] for row in rows])


def test_one_click_trains_past_95_percent_and_redrawn_test_digits_are_recognised(
    open_page: Any, dist: Path
) -> None:
    page = open_page("#/digits")
    train = page.get_by_test_id("digits-train")
    train.click()
    expect(train).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_attribute(
        "data-value", AT_LEAST_95, timeout=TRAINING
    )
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    expect(train).to_have_attribute("aria-pressed", "false")
    assert number(page, "digits-test-accuracy") >= 0.95
    assert number(page, "digits-epoch") == 10
    assert number(page, "digits-loss") < 0.2
    assert number(page, "digits-speed") > 0

    # Rows are the truth: 980 zeros, 1135 ones and so on are in the test set.
    accuracy = number(page, "digits-test-accuracy")
    matrix = counts(page)
    while matrix.trace() != round(10_000 * accuracy):  # the last pictures follow the last numbers
        page.wait_for_timeout(50)
        matrix = counts(page)
    assert matrix.sum(axis=1).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    mistakes = page.get_by_test_id("mistakes").get_by_role("img")
    assert mistakes.count() > 0
    names = [re.findall(r"\d", item.get_attribute("aria-label") or "") for item in mistakes.all()]
    assert all(truth != answer for truth, answer in names)

    images, labels = mnist_test_digits(dist, 20)
    assert right_answers(recognised(page, images), labels) >= 17


def test_drawing_is_recognised_anew_while_training_goes_on(open_page: Any, dist: Path) -> None:
    images, labels = mnist_test_digits(dist, 6)
    # More epochs than any machine gets through meanwhile.
    page = open_page("#/digits?subset=10000&epochs=1000")
    train = opened(page)
    draw(page, *strokes_of(images[0]))
    page.get_by_test_id("shipped-model").get_by_role("button", name="Yours").click()
    expect(page.get_by_text("Not trained yet")).to_be_visible()
    untrained = probabilities(page)
    train.click()
    # No new stroke, and yet another answer: the network has learned.
    truth = page.get_by_test_id(f"probability-{labels[0]}")
    expect(truth).not_to_have_attribute("data-value", str(untrained[labels[0]]))
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_attribute(
        "data-value", NUMBER, timeout=TRAINING
    )
    expect(truth).to_have_attribute("data-best", "true")
    assert right_answers(recognised(page, images), labels) >= 5
    expect(train).to_have_attribute("aria-pressed", "true")


def test_saved_model_comes_back_after_a_reload_with_the_same_answers(
    open_page: Any, tmp_path: Path
) -> None:
    page = open_page(QUICK)
    train_to_the_end(page)
    draw(page, THREE)
    before, accuracy = probabilities(page), number(page, "digits-test-accuracy")
    with page.expect_download() as download:
        page.get_by_test_id("save-model").click()
    name = download.value.suggested_filename
    assert re.fullmatch(r"digits_784-32-10_epoch-1_\d\d\.\d-percent\.npz", name)
    file = tmp_path / name
    download.value.save_as(file)

    # A page that knows nothing of it, with a network of another shape.
    page.goto(page.url.split("#")[0] + "#/digits?subset=1000")
    page.reload()
    wait_until_ready(page)
    opened(page)
    draw(page, THREE)
    assert probabilities(page) != pytest.approx(before, abs=1e-3)
    page.get_by_test_id("load-model").set_input_files(file)
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_attribute(
        "data-value", str(accuracy)
    )
    assert probabilities(page) == pytest.approx(before, abs=1e-6)
    expect(page.get_by_test_id("digits-architecture")).to_have_value("784-32-10")


@pytest.mark.parametrize("damage", ["cut off", "one byte altered", "a text"])
def test_bad_model_file_is_refused_with_a_sentence_and_the_network_stays(
    open_page: Any, tmp_path: Path, damage: str
) -> None:
    page = open_page(QUICK)
    opened(page)
    draw(page, THREE)
    before = probabilities(page)
    with page.expect_download() as download:
        page.get_by_test_id("save-model").click()
    content = bytearray(Path(download.value.path()).read_bytes())
    if damage == "cut off":
        content = content[: len(content) // 2]
    elif damage == "one byte altered":
        content[len(content) // 2] ^= 0x40
    else:
        content = bytearray(b"This is not a model.")
    file = tmp_path / "damaged.npz"
    file.write_bytes(content)

    page.get_by_test_id("load-model").set_input_files(file)
    error = page.get_by_test_id("error")
    expect(error).to_contain_text(re.compile("not a pynn model|damaged"))
    page.get_by_test_id("language").click()
    expect(error).to_contain_text(re.compile("不是 pynn 模型|已损坏"))
    draw(page, [(0.5, 0.5)])
    clear(page)
    draw(page, THREE)
    assert probabilities(page) == before
    train_to_the_end(page)


def test_more_epochs_go_on_where_the_training_ended_and_reset_starts_the_same_again(
    open_page: Any,
) -> None:
    page = open_page(QUICK)
    expect(page.get_by_test_id("digits-more")).to_be_disabled()
    train_to_the_end(page)
    first = number(page, "digits-loss")
    page.get_by_test_id("digits-more").click()
    expect(page.get_by_test_id("digits-epoch")).to_have_attribute(
        "data-value", "6", timeout=TRAINING
    )
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    assert number(page, "digits-loss") < first

    page.get_by_test_id("digits-reset").click()
    expect(page.get_by_test_id("digits-epoch")).to_have_attribute("data-value", "0")
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_text("–")
    train_to_the_end(page)
    assert number(page, "digits-loss") == first


def test_pause_stops_at_once_and_training_goes_on_from_there(open_page: Any) -> None:
    page = open_page("#/digits?subset=10000&epochs=1000")
    train = opened(page)
    train.click()
    expect(page.get_by_test_id("digits-epoch")).not_to_have_attribute("data-value", "0")
    train.click()
    expect(train).to_have_attribute("aria-pressed", "false")
    # What was under way when the button was pressed has come by now.
    page.get_by_test_id("digits-show-code").click()
    expect(page.get_by_role("dialog")).to_contain_text("import")
    page.keyboard.press("Escape")
    paused = number(page, "digits-epoch")
    draw(page, THREE)
    probabilities(page)
    assert number(page, "digits-epoch") == paused
    train.click()
    expect(page.get_by_test_id("digits-epoch")).not_to_have_attribute("data-value", str(paused))


def test_leaving_the_tab_pauses_the_training(open_page: Any) -> None:
    page = open_page("#/digits?subset=10000&epochs=1000")
    train = opened(page)
    train.click()
    expect(page.get_by_test_id("digits-epoch")).not_to_have_attribute("data-value", "0")
    page.get_by_test_id("tab-playground").click()
    page.get_by_test_id("tab-digits").click()
    expect(train).to_have_attribute("aria-pressed", "false")


def test_train_pressed_before_python_is_ready_is_not_forgotten(open_page: Any) -> None:
    page = open_page(QUICK, ready=False)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-train")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    assert number(page, "digits-epoch") == 1


def test_settings_stand_in_the_address_and_come_back_from_it(open_page: Any) -> None:
    page = open_page("#/digits?subset=1000")
    opened(page)
    expect(page.get_by_test_id("digits-subset")).to_have_value("1000")
    page.get_by_test_id("digits-architecture").select_option("784-10")
    expect(page).to_have_url(re.compile(r"#/digits\?architecture=784-10&subset=1000$"))
    page.get_by_test_id("digits-settings").click()
    page.get_by_test_id("digits-learning-rate").fill("0.05")
    page.get_by_test_id("digits-learning-rate").press("Enter")
    expect(page).to_have_url(re.compile(r"learning-rate=0\.05"))
    page.reload()
    wait_until_ready(page)
    opened(page)
    expect(page.get_by_test_id("digits-architecture")).to_have_value("784-10")
    expect(page.get_by_test_id("digits-subset")).to_have_value("1000")
    expect(page.get_by_test_id("digits-learning-rate")).to_have_value("0.05")


def test_bad_settings_in_the_address_are_named_and_the_good_ones_kept(open_page: Any) -> None:
    page = open_page("#/digits?subset=1000&architecture=784-10000000-10&epochs=1&momentum=2")
    error = page.get_by_test_id("error")
    expect(error).to_contain_text("784-10000000-10", timeout=TRAINING)
    expect(error).to_contain_text("momentum")
    opened(page)
    expect(page.get_by_test_id("digits-architecture")).to_have_value("784-128-10")
    expect(page.get_by_test_id("digits-subset")).to_have_value("1000")


def test_bad_value_in_a_field_is_explained_and_the_network_goes_on(open_page: Any) -> None:
    page = open_page(QUICK)
    opened(page)
    page.get_by_test_id("digits-settings").click()
    rate = page.get_by_test_id("digits-learning-rate")
    rate.fill("99")
    rate.press("Enter")
    expect(page.get_by_test_id("error")).to_contain_text("99")
    expect(rate).to_have_attribute("aria-invalid", "true")
    expect(rate).to_have_value("99")
    train_to_the_end(page)
    rate.fill("0.2")
    rate.press("Enter")
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect(page).to_have_url(re.compile(r"learning-rate=0\.2"))
    expect(page.get_by_test_id("digits-epoch")).to_have_attribute("data-value", "1")


def test_what_is_changed_while_it_trains_keeps_what_has_been_learned(open_page: Any) -> None:
    page = open_page("#/digits?architecture=784-32-10&subset=10000&epochs=1000")
    train, epoch = opened(page), page.get_by_test_id("digits-epoch")
    page.get_by_test_id("digits-settings").click()
    train.click()
    expect(epoch).to_have_attribute("data-value", re.compile(r"^[2-9]|\d\d"))
    before = number(page, "digits-epoch")
    page.get_by_test_id("augment-settings").click()
    for name, value in [
        ("learning-rate", "0.02"),
        ("batch-size", "200"),
        ("augment-shift", "1.5"),
    ]:
        field = page.get_by_test_id(f"digits-{name}")
        field.fill(value)
        field.press("Enter")
        expect(page).to_have_url(re.compile(f"{name}={re.escape(value)}"))
        expect(train).to_have_attribute("aria-pressed", "true")
        assert number(page, "digits-epoch") >= before
    goal = page.get_by_test_id("digits-epochs")
    goal.fill("2")
    goal.press("Enter")
    # The epoch under way is the last.
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    end = number(page, "digits-epoch")
    assert end >= before and end == int(end)
    assert number(page, "digits-test-accuracy") > 0.5
    page.get_by_test_id("digits-show-code").click()
    script = page.get_by_test_id("script")
    expect(script).to_contain_text("SGD(0.1, momentum=0.9)")
    expect(script).to_contain_text("optimizer.learning_rate = 0.02\n")
    expect(script).to_contain_text("steps.batches.size = 200\n")
    expect(script).to_contain_text("steps.batches.augment = Augmentation(shift=1.5")


def test_train_clicked_right_after_typing_another_rate_trains_on(open_page: Any) -> None:
    page = open_page(QUICK)
    train_to_the_end(page)
    page.get_by_test_id("digits-settings").click()
    page.get_by_test_id("digits-learning-rate").fill("0.02")
    # The press takes the rate, and its release comes while Python is being asked.
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-epoch")).to_have_attribute(
        "data-value", "6", timeout=TRAINING
    )
    expect(page).to_have_url(re.compile(r"learning-rate=0\.02"))


def test_a_loaded_model_stays_at_another_learning_rate(open_page: Any, tmp_path: Path) -> None:
    page = open_page(QUICK)
    train_to_the_end(page)
    with page.expect_download() as download:
        page.get_by_test_id("save-model").click()
    file = tmp_path / "model.npz"
    download.value.save_as(file)
    page.get_by_test_id("load-model").set_input_files(file)
    expect(page.get_by_test_id("digits-epoch")).to_have_attribute("data-value", "0")
    accuracy = number(page, "digits-test-accuracy")
    draw(page, THREE)
    before = probabilities(page)
    page.get_by_test_id("digits-settings").click()
    rate = page.get_by_test_id("digits-learning-rate")
    rate.fill("0.02")
    rate.press("Enter")
    expect(page).to_have_url(re.compile(r"learning-rate=0\.02"))
    assert number(page, "digits-test-accuracy") == accuracy
    assert probabilities(page) == before
    train_to_the_end(page)


def test_a_refused_field_keeps_no_other_from_being_applied(open_page: Any) -> None:
    page = open_page(QUICK)
    opened(page)
    page.get_by_test_id("digits-settings").click()
    size, seed = page.get_by_test_id("digits-batch-size"), page.get_by_test_id("digits-seed")
    size.fill("many")
    size.press("Enter")
    expect(size).to_have_accessible_description("Batch size: “many” is not a whole number.")
    seed.fill("12")
    seed.press("Enter")
    expect(page).to_have_url(re.compile(r"seed=12$"))
    expect(page.get_by_test_id("error")).to_be_hidden()
    expect(size).to_have_value("many")
    size.fill("32")
    size.press("Enter")
    expect(page).to_have_url(re.compile(r"batch-size=32.*&seed=12$"))
    expect(size).not_to_have_attribute("aria-invalid", "true")


def test_diverging_training_stops_by_itself_and_says_what_to_try(open_page: Any) -> None:
    page = open_page(
        "#/digits?subset=1000&learning-rate=10&activation=leaky_relu&architecture=784-256-128-10"
    )
    train = opened(page)
    train.click()
    expect(page.get_by_test_id("error")).to_contain_text("learning rate", timeout=TRAINING)
    expect(train).to_have_attribute("aria-pressed", "false")
    # The page lives on.
    draw(page, THREE)
    prediction(page)


@pytest.mark.expected_problems(r"mnist/", r"status of 404", r"ERR_FAILED")
def test_images_that_cannot_be_fetched_are_named_and_fetched_at_the_second_try(
    open_page: Any,
) -> None:
    page = open_page()
    page.route("**/mnist/**", lambda route: route.abort())
    page.get_by_test_id("tab-digits").click()
    expect(page.get_by_test_id("error")).to_contain_text("could not be loaded")
    page.unroute("**/mnist/**")
    page.get_by_test_id("digits-retry").click()
    opened(page)
    expect(page.get_by_test_id("error")).to_be_hidden()


@pytest.mark.parametrize("dataset", ["mnist", "fashion"])
def test_download_sizes_named_in_the_choice_are_those_of_the_files(
    open_page: Any, dist: Path, dataset: str
) -> None:
    files = json.loads((dist / "files.json").read_text())["files"]
    page = open_page(f"#/digits?subset=1000&dataset={dataset}", ready=False)
    fetched: set[str] = set()
    page.on("request", lambda request: fetched.add(request.url.split("/mnist/")[-1]))
    # Every choice needs the files of the one before it, and more.
    for option in ["1000", "5000", "10000", "60000"]:
        opened(page)
        page.get_by_test_id("digits-subset").select_option(option)
        expect(page.get_by_test_id("digits-status")).to_contain_text(
            f"{int(option):,} training images", timeout=TRAINING
        )
        label = page.locator(f"[data-testid=digits-subset] option[value='{option}']").inner_text()
        megabytes = sum(files.get(f"mnist/{name}", {"bytes": 0})["bytes"] for name in fetched) / 1e6
        assert re.findall(r"([\d.]+) MB", label) == [f"{megabytes:.1f}"]


def test_everything_fits_a_phone_and_is_large_enough_for_a_finger(open_page: Any) -> None:
    page = open_page(
        QUICK,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        locale="zh-CN",
    )
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    box = pad(page).bounding_box()
    assert box and box["width"] >= 300 and box["y"] + box["height"] <= 640
    page.get_by_test_id("digits-settings").tap()
    view = page.locator(".digits")
    for target in view.locator("button:visible, select:visible, summary:visible, .file").all():
        size = target.bounding_box()
        assert size and size["height"] >= 39.5, target.evaluate("node => node.outerHTML")
    train = page.get_by_test_id("digits-train")
    expect(train).to_be_in_viewport()
    train.tap()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=TRAINING)
    expect(page.get_by_test_id("digits-status")).to_contain_text("训练完成")


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
def test_axe_finds_nothing_in_a_trained_network(open_page: Any, theme: str, width: int) -> None:
    page = open_page(QUICK, color_scheme=theme, viewport={"width": width, "height": 800})
    draw(page, THREE)
    train_to_the_end(page)
    prediction(page)
    page.get_by_test_id("digits-settings").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_training_beyond_the_goal_is_said(open_page: Any) -> None:
    page = open_page(QUICK)
    train, status = opened(page), page.get_by_test_id("digits-status")
    expect(train.get_by_text("Train", exact=True)).to_be_visible()
    train_to_the_end(page)
    expect(status).to_have_text("Finished after 1 epoch.")
    expect(train.get_by_text("Train on")).to_be_visible()
    expect(train).to_have_accessible_name("Train on for 5 more epochs")
    # All that is said from now on; it goes by too quickly to be waited for.
    page.evaluate(
        """() => {
          window.said = new Set();
          const status = document.querySelector('[data-testid="digits-status"]');
          new MutationObserver(() => window.said.add(status.textContent))
            .observe(status, { childList: true, characterData: true, subtree: true });
        }"""
    )
    train.click()
    expect(status).to_have_text("Finished after 6 epochs.", timeout=TRAINING)
    said = page.evaluate("[...window.said]")
    assert any(re.match(r"Epoch [2-6] of 6, past the goal of 1: training on …", s) for s in said)
    assert not any(re.match(r"Epoch \d of \d: training", text) for text in said)
    page.get_by_test_id("language").click()
    expect(train.get_by_text("继续训练")).to_be_visible()


CONVOLUTION = [Conv2D(4, 3, "relu"), MaxPool2D(4), Flatten(), Dense(10, "softmax")]


def test_convolutional_model_is_loaded_reads_digits_and_trains_on(
    open_page: Any, dist: Path, tmp_path: Path
) -> None:
    (images, labels), _ = mnist(dist / "mnist", train=1000)
    network = Network(CONVOLUTION, (28, 28, 1), seed=0)
    fit(network, images, labels, loss="cross_entropy", optimizer=Adam(0.01), epochs=8,
        verbose=False)  # fmt: skip
    file = tmp_path / "convolution.npz"
    save(network, file)
    page = open_page(QUICK)
    opened(page)
    page.get_by_test_id("load-model").set_input_files(file)
    shape = page.get_by_test_id("digits-architecture")
    expect(shape).to_have_value("28x28x1-26x26x4-6x6x4-144-10")
    expect(page.get_by_test_id("error")).to_be_hidden()
    assert number(page, "digits-test-accuracy") > 0.75
    expect(page.locator(".figure-weights")).to_contain_text("filters")
    digits, truth = mnist_test_digits(dist, 10)
    assert right_answers(recognised(page, digits), truth) >= 6
    train_to_the_end(page)
    assert number(page, "digits-test-accuracy") > 0.75
    with page.expect_download() as download:
        page.get_by_test_id("save-model").click()
    assert re.match(r"digits_28x28x1-26x26x4-", download.value.suggested_filename)
    page.get_by_test_id("digits-show-code").click()
    expect(page.get_by_test_id("script")).to_contain_text("load(sys.argv[1])")
    page.keyboard.press("Escape")
    page.get_by_test_id("digits-reset").click()
    expect(shape).to_have_value("784-32-10")
    page.get_by_test_id("shipped-model").get_by_role("button", name="Yours").click()
    expect(page.locator(".figure-weights")).to_contain_text("each neuron")
