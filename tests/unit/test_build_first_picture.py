"""build/lit-as-text.mjs: templates as the HTML that a browser would make of them."""

import subprocess

import pytest
from byte_code import node
from paths import ROOT

SCRIPT = """
import { asText, html, live, nothing, ref, repeat, render } from './build/lit-as-text.mjs';
import { standIn } from './build/document-as-text.mjs';
process.stdout.write(asText(%s));
"""


def text_of(expression: str) -> str:
    command = [node(), "--input-type=module", "--eval", SCRIPT % expression]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("html`${html`<b>${1}</b>`} ${'x'}`", "<b>1</b> x"),
        ("html`<p>${'a < b & \"c\"'}</p>`", "<p>a &lt; b &amp; &quot;c&quot;</p>"),
        ("html`<p>${nothing}${null}${undefined}${[1, nothing, 2]}</p>`", "<p>12</p>"),
        ("html`<a href=${'#/x'} title=${nothing}>y</a>`", '<a href="#/x">y</a>'),
        ("html`<a class=\"one ${'two'} ${nothing}\">y</a>`", '<a class="one two ">y</a>'),
        (
            "html`<input ?disabled=${true} ?hidden=${false} @click=${() => {}} />`",
            "<input disabled />",
        ),
        (
            "html`<input .value=${live('\"')} .checked=${live(false)} .selected=${true} />`",
            '<input value="&quot;" selected />',
        ),
        ('html`<canvas width="2" ${ref({})}></canvas>`', '<canvas width="2" ></canvas>'),
        (
            "html`<ul>${repeat([1, 2], null, (i) => html`<li>${i}</li>`)}</ul>`",
            "<ul><li>1</li><li>2</li></ul>",
        ),
    ],
)
def test_template_is_the_text_that_a_browser_would_show(template: str, text: str) -> None:
    assert text_of(template) == text


def test_elements_are_written_with_what_they_hold_in_the_end() -> None:
    # An element may stand in a template before it is filled.
    expression = """(() => {
      const root = standIn('en', '');
      const inner = document.createElement('figure');
      inner.className = 'f';
      inner.setAttribute('role', 'img');
      render(html`${inner}`, root);
      render(html`<i>late</i>`, inner);
      return root;
    })()"""
    assert text_of(expression) == '<div><figure class="f" role="img"><i>late</i></figure></div>'
