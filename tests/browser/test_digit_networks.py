"""The digits tab's networks, designed layer by layer, and what their images are changed by."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pynn import load

CONVOLUTION = "784-c16x5-p2-c32x5-p2-flat-drop0.3-64-10"


def opened(page: Page) -> None:
    expect(page.get_by_test_id("digits-train")).to_be_enabled()
    expect(page.get_by_test_id("digits-status")).to_contain_text(re.compile("Ready|已就绪"))


@pytest.fixture
def page(open_page: Any) -> Page:
    page: Page = open_page(f"#/digits?subset=1000&architecture={CONVOLUTION}")
    opened(page)
    page.get_by_text("Layers", exact=True).click()
    return page


def shapes(page: Page) -> list[str]:
    return page.get_by_test_id("layer-list").locator(".layer-shape").all_inner_texts()


def test_each_layer_tells_its_shape_and_the_sum_of_parameters(page: Page) -> None:
    assert shapes(page) == [
        *("28 × 28", "24 × 24 × 16", "12 × 12 × 16", "8 × 8 × 32", "4 × 4 × 32"),
        *("512", "512", "64", "10"),
    ]
    # 25 x 16 + 16, 25 x 16 x 32 + 32, 512 x 64 + 64 and 64 x 10 + 10.
    expect(page.get_by_test_id("parameters")).to_have_attribute("data-value", "46730")
    page.get_by_test_id("layer-filters").first.fill("8")
    page.get_by_test_id("layer-filters").first.press("Enter")
    expect(page.get_by_test_id("parameters")).to_have_attribute("data-value", "40122")
    expect(page).to_have_url(re.compile("architecture=784-c8x5-p2-c32x5-p2-flat-drop0.3-64-10"))


def test_a_network_that_cannot_be_is_explained_at_its_layer_and_the_other_stays(page: Page) -> None:
    page.get_by_test_id("layer-kind").nth(4).select_option("dense")  # where Flatten stood
    why = page.get_by_test_id("layer-why")
    expect(why).to_have_text(re.compile("images of 4 x 4 x 32 come to it: put “Flatten” before it"))
    assert shapes(page)[:5] == [
        "28 × 28",
        "24 × 24 × 16",
        "12 × 12 × 16",
        "8 × 8 × 32",
        "4 × 4 × 32",
    ]
    expect(page).to_have_url(re.compile(re.escape(CONVOLUTION)))
    page.get_by_test_id("layer-kind").nth(4).select_option("flat")
    expect(why).to_have_count(0)
    expect(page.get_by_test_id("parameters")).to_have_attribute("data-value", "46730")


def test_layers_are_added_moved_and_removed(page: Page) -> None:
    page.get_by_test_id("digits-add-layer").click()
    expect(page).to_have_url(re.compile("-64-64-10"))
    page.get_by_role("button", name="Move layer 8 up").click()
    page.get_by_test_id("layer-neurons").first.fill("32")
    page.get_by_test_id("layer-neurons").first.press("Enter")
    expect(page).to_have_url(re.compile("-32-64-10"))
    page.get_by_role("button", name="Remove layer 7").click()
    expect(page).to_have_url(re.compile(r"flat-drop0\.3-64-10"))
    assert len(shapes(page)) == 9


def test_a_design_of_ones_own_learns_and_shows_its_filters(page: Page) -> None:
    page.get_by_test_id("layer-kind").nth(1).select_option("mean")
    expect(page).to_have_url(re.compile("c16x5-a2"))
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_attribute(
        "data-value", re.compile(r"^0\.[3-9]"), timeout=120_000
    )
    expect(page.get_by_test_id("weights")).to_have_attribute(
        "aria-label", re.compile("Filters of the first layer")
    )


def test_augmentation_is_seen_before_it_is_learned_from(open_page: Any) -> None:
    page: Page = open_page("#/digits?subset=1000")
    opened(page)
    page.get_by_test_id("augment-settings").click()
    images = page.get_by_test_id("augment")
    picture = "canvas => canvas.toDataURL()"
    expect(images).to_have_js_property("height", 58)
    plain = images.evaluate(picture)
    field = page.get_by_test_id("digits-augment-turn")
    field.fill("40")
    field.press("Enter")
    expect(page).to_have_url(re.compile("augment-turn=40"))
    page.wait_for_timeout(200)
    turned = images.evaluate(picture)
    assert turned != plain
    page.get_by_test_id("augment-again").click()
    page.wait_for_timeout(500)
    assert images.evaluate(picture) not in (plain, turned)


def test_a_training_is_taken_up_again_by_another_tab(open_page: Any) -> None:
    page: Page = open_page("#/digits?subset=1000&epochs=1000&learning-rate=0.05")
    opened(page)
    expect(page.get_by_test_id("resume-run")).to_have_count(0)
    page.get_by_test_id("digits-train").click()
    epoch = page.get_by_test_id("digits-epoch")
    page.wait_for_timeout(6_500)
    left = float(epoch.get_attribute("data-value") or 0)
    url = page.url.split("#")[0]
    other = page.context.new_page()
    page.close()  # without a word, as when it is killed
    other.goto(f"{url}#/digits")
    other.get_by_test_id("resume-run").click()
    expect(other.get_by_test_id("digits-status")).to_contain_text("Paused in epoch")
    kept = float(other.get_by_test_id("digits-epoch").get_attribute("data-value") or 0)
    # Kept every four seconds: of six and a half, more than the first third is there.
    assert 0.3 * left < kept <= left + 1
    expect(other).to_have_url(re.compile("subset=1000&learning-rate=0.05&epochs=1000$"))
    other.get_by_test_id("digits-train").click()
    more = re.compile(rf"^(?!{kept:.0f}\.)")
    expect(other.get_by_test_id("digits-epoch")).to_have_attribute("data-value", more)


def test_a_training_that_is_forgotten_is_not_offered_again(open_page: Any) -> None:
    page: Page = open_page("#/digits?subset=1000&epochs=1")
    opened(page)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-more")).to_be_enabled(timeout=60_000)
    page.wait_for_timeout(500)
    page.reload()
    page.get_by_test_id("forget-run").click()
    expect(page.get_by_test_id("resume-run")).to_have_count(0)
    page.reload()
    opened(page)
    expect(page.get_by_test_id("resume-run")).to_have_count(0)


def test_a_convolution_brings_the_optimizer_that_suits_it_unless_one_was_chosen(
    open_page: Any,
) -> None:
    page: Page = open_page("#/digits?subset=1000")
    opened(page)
    network = page.get_by_test_id("digits-architecture")
    network.select_option(label="Convolutional")
    expect(page).to_have_url(re.compile(r"optimizer=adam&learning-rate=0\.002"))
    network.select_option("784-30-10")
    expect(page).to_have_url(re.compile(r"#/digits\?architecture=784-30-10&subset=1000$"))
    page.get_by_test_id("digits-settings").click()
    page.get_by_test_id("digits-optimizer").select_option("sgd")
    expect(page).to_have_url(re.compile("optimizer=sgd"))
    network.select_option(label="LeNet’s shape")
    expect(page).to_have_url(re.compile(r"optimizer=sgd&learning-rate=0\.002"))


def test_one_batch_and_one_epoch_are_trained_and_no_more(open_page: Any) -> None:
    page = open_page("#/digits?subset=1000&batch-size=100&epochs=1")
    opened(page)
    epoch, train = page.get_by_test_id("digits-epoch"), page.get_by_test_id("digits-train")
    page.get_by_test_id("digits-one-batch").click()
    expect(epoch).to_have_text("0.10")
    page.get_by_test_id("digits-one-batch").click()
    expect(epoch).to_have_text("0.20")
    expect(train).to_have_attribute("aria-pressed", "false")
    page.get_by_test_id("digits-one-epoch").click()
    expect(page.get_by_test_id("digits-status")).to_contain_text("Finished after 1 epoch")
    expect(epoch).to_have_text("1.00")
    page.get_by_test_id("digits-one-epoch").click()
    expect(epoch).to_have_text("2.00")
    expect(train).to_have_attribute("aria-pressed", "false")
    page.get_by_test_id("digits-one-batch").click()
    expect(epoch).to_have_text("2.10")


def test_a_schedule_is_chosen_and_goes_into_the_program(open_page: Any) -> None:
    page = open_page("#/digits?subset=1000&batch-size=100&epochs=1")
    opened(page)
    page.get_by_test_id("digits-settings").click()
    expect(page.get_by_test_id("digits-decay-steps")).to_have_count(0)
    page.get_by_test_id("digits-schedule").select_option("cosine")
    page.get_by_test_id("digits-decay-steps").fill("10")
    page.get_by_test_id("digits-decay-steps").press("Enter")
    expect(page).to_have_url(re.compile("schedule=cosine&decay-steps=10"))
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-status")).to_contain_text("Finished")
    page.get_by_test_id("digits-show-code").click()
    expect(page.get_by_test_id("script")).to_contain_text("CosineDecay(rate=0.1, updates=10")


def test_a_model_goes_out_as_safetensors_and_comes_in_again(open_page: Any, tmp_path: Path) -> None:
    page = open_page("#/digits?subset=1000&architecture=784-30-10&epochs=1")
    opened(page)
    page.get_by_test_id("digits-train").click()
    expect(page.get_by_test_id("digits-status")).to_contain_text("Finished")
    accuracy = page.get_by_test_id("digits-test-accuracy").inner_text()
    with page.expect_download() as download:
        page.get_by_test_id("save-safetensors").click()
    assert download.value.suggested_filename.endswith("percent.safetensors")
    path = tmp_path / "model.safetensors"
    download.value.save_as(path)
    assert load(path).layer_names == ["dense_1", "dense_2"]
    page.get_by_test_id("digits-reset").click()
    expect(page.get_by_test_id("digits-test-accuracy")).not_to_have_text(accuracy)
    page.get_by_test_id("load-model").set_input_files(path)
    expect(page.get_by_test_id("digits-test-accuracy")).to_have_text(accuracy)
