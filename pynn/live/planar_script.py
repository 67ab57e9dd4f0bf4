"""The playground's run as a Python script that gives the same numbers natively, bit for bit.

It says with `pynn`'s own words what `pynn.live.planar_task` makes of the same settings.
"""

from collections.abc import Iterator, Sequence

from pynn.live import planar_points
from pynn.live import planar_script_data as planar_data
from pynn.live import planar_task as task
from pynn.live.edits import Edit, Place, last_said
from pynn.live.rates import kinds_in, rate
from pynn.live.script_parts import INSTALL, Settings, in_parts, optimizer_words, training_changed


def planar_script(first: Settings, edits: Sequence[Edit], steps: int) -> str:
    """The run of the settings it began with, up to so many mini-batches."""
    kind, optimizer = optimizer_words(first["optimizer"], _rate(first))
    rows = len(planar_points.points(first)[0][0])
    epochs, rest = divmod(steps, -(-rows // first["batch_size"]))
    whole = not edits and not rest
    if whole:
        body = _call("fit", first, optimizer, epochs, "    verbose=False,\n")
    else:
        body = _train(first, optimizer, edits, steps)
    needed = {"Dense", "Network", kind, "evaluate", "fit" if whole else "train"}
    needed |= {"Dropout"} if first["dropout"] else set()
    needed |= kinds_in(body)
    loss = task.loss(first)
    right = ", accuracy {tested.accuracy:.4f}" if planar_points.classes(first) else ""
    title = "Own points" if first["dataset"] == planar_points.OWN else planar_data.maker(first)
    return f'''"""{title}, learned as on the page: same seed, same numbers to the last bit.

Needs pynn and nothing else:
    {INSTALL}
"""

{_imports(needed)}
from pynn.datasets import {", ".join(planar_data.needed(first))}

{planar_data.data(first)}

network = Network(
{_layers(first)}
    inputs={len(first["features"])},
    seed={first["seed"]},
    exact=True,
)
{_gain(first)}{body}
trained = evaluate(network, x_train, y_train, loss="{loss}")
tested = evaluate(network, x_test, y_test, loss="{loss}")
print(f"train loss {{trained.loss:.6f}}")
print(f"test loss {{tested.loss:.6f}}{right}")
'''


def _imports(needed: set[str]) -> str:
    names = sorted(needed)
    line = f"from pynn import {', '.join(names)}"
    if len(line) <= 88:
        return line
    return "from pynn import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _layers(settings: Settings) -> str:
    words = "".join(f", {name}={settings[name]}" for name in ("l1", "l2") if settings[name])
    if settings["initializer"] != "auto":
        words += f', weights="{settings["initializer"]}"'
    rows = []
    for units, activation in zip(
        settings["network_shape"], task.activations(settings), strict=True
    ):
        rows.append(f'Dense({units}, activation="{activation}"{words})')
        if settings["dropout"]:
            rows.append(f"Dropout({settings['dropout']})")
    units, activation = task.output(settings)
    rows.append(f'Dense({units}, activation="{activation}"{words})')
    return "    [\n" + "".join(f"        {row},\n" for row in rows) + "    ],"


def _gain(settings: Settings) -> str:
    if settings["gain"] == 1.0:
        return ""
    return (
        "for layer in network.layers:\n"
        "    if isinstance(layer, Dense):\n"
        f'        layer.params["weights"] *= {settings["gain"]}\n'
    )


def _rate(settings: Settings) -> str:
    return str(rate(settings))


def _call(name: str, settings: Settings, optimizer: str, epochs: int | None, more: str = "") -> str:
    """A call of `fit` or of `train`."""
    return f'''{name}(
    network,
    x_train,
    y_train,
    loss="{task.loss(settings)}",
    optimizer={optimizer},
    batch_size={settings["batch_size"]},
    epochs={epochs},
    seed={settings["seed"]},
{more})'''


def _train(settings: Settings, optimizer: str, edits: Sequence[Edit], steps: int) -> str:
    """The training in parts, and between them what was changed on the page."""
    begun = f"optimizer = {optimizer}\nsteps = {_call('train', settings, 'optimizer', None)}"
    if any(edit.name.startswith("off") for edit in edits):
        begun += "\noff = {}  # what units that are switched off would say on"

    def changed(present: Settings, due: Sequence[Edit]) -> Iterator[str]:
        yield from _settings_changed(present, {edit.name for edit in due})
        for edit in due:
            yield from _unit_changed(edit, edits)

    return "\n".join([begun, *in_parts(settings, edits, steps, changed)])


def _settings_changed(settings: Settings, names: set[str]) -> Iterator[str]:
    yield from training_changed(settings, names)
    if names & {"l1", "l2"}:
        yield "for layer in network.layers:"
        yield "    if isinstance(layer, Dense):"
        yield f"        layer.penalize(l1={settings['l1']}, l2={settings['l2']})"
    if "noise" in names and settings["dataset"] not in planar_points.FIXED:
        yield planar_data.data(settings)
        yield "steps.batches.rows[:] = x_train"
        if not planar_points.classes(settings):
            yield "steps.batches.targets[:, 0] = y_train"


def _unit_changed(edit: Edit, edits: Sequence[Edit]) -> Iterator[str]:
    place = Place.of(edit.name)
    if place is None:
        return
    parameter = place.parameter
    at = ", ".join(map(str, place.at))
    if place.what == "off":
        yield from _switched(place, edit, edits)
    elif place.what == "w" and _is_off(place, edit, edits):
        if not place.hold:
            yield f"off[{place.layer - 1}, {place.at[0]}][{place.at[1]}] = {edit.value}"
    elif place.hold:
        yield f'network.held["{parameter}"][{at}] = {bool(edit.value)}'
    else:
        yield f'network.parameters["{parameter}"][{at}] = {edit.value}'


def _is_off(place: Place, edit: Edit, edits: Sequence[Edit]) -> bool:
    """Whether the unit where a weight begins is switched off when the weight is changed."""
    return bool(last_said(f"off{place.layer}.{place.at[0]}", edits[: edits.index(edit)]))


def _switched(place: Place, edit: Edit, edits: Sequence[Edit]) -> Iterator[str]:
    before, layer, unit = edits[: edits.index(edit)], place.layer, place.at[0]
    if bool(edit.value) == bool(last_said(edit.name, before)):
        return
    weights = f'network.parameters["dense_{layer + 2}.weights"][{unit}]'
    held = f'network.held["dense_{layer + 2}.weights"][{unit}]'
    if edit.value:
        yield f"off[{layer}, {unit}] = {weights}.copy()"
        yield f"{weights} = 0.0"
        yield f"{held} = True"
        return
    yield f"{weights} = off.pop(({layer}, {unit}))"
    yield f"{held} = False"
    start = f"hold.w{layer + 2}.{unit}."
    for name in sorted({edit.name for edit in before if edit.name.startswith(start)}):
        if last_said(name, before):
            yield f"{held}[{name.removeprefix(start)}] = True"
