"""The lines of a playground script that make its points, as `pynn.live.planar_points` does."""

from collections.abc import Mapping
from typing import Any

from pynn.datasets.features import PLAIN
from pynn.live import planar_points

Settings = Mapping[str, Any]
WIDTH = 80


def maker(settings: Settings) -> str:
    """What makes the points of the set, as Python names it."""
    return str(settings["dataset"]).replace("-", "_")


def needed(settings: Settings) -> list[str]:
    """What is to be imported from `pynn.datasets`."""
    names = {maker(settings)}
    if settings["dataset"] == planar_points.OWN:
        names = {"mixed", "read_points"}
    elif planar_points.is_balanced(settings):
        names |= {"balanced"}
    if not _is_plain(settings):
        names |= {"features"}
    return sorted(names)


def data(settings: Settings) -> str:
    """Lines that end with x_train, y_train, x_test and y_test."""
    alike = settings["dataset"] == "xor" and _is_plain(settings)
    lines = [] if alike else [f"x, y = {_points(settings)}"]
    if not _is_plain(settings):
        names = ", ".join(f'"{name}"' for name in settings["features"])
        lines.append(f"x = features(x, [{names}])")
    train, test = planar_points.points(settings)
    if alike:
        lines.append("x_train, y_train = x_test, y_test = xor()")
    elif train[0] is test[0]:
        lines.append("x_train, y_train = x_test, y_test = x, y")
    else:
        cut = len(train[0])
        lines.append(
            f"x_train, y_train, x_test, y_test = x[:{cut}], y[:{cut}], x[{cut}:], y[{cut}:]"
        )
    return "\n".join(lines)


def _is_plain(settings: Settings) -> bool:
    return tuple(settings["features"]) == PLAIN


def _points(settings: Settings) -> str:
    name, count, seed = maker(settings), settings["count"], settings["seed"]
    if settings["dataset"] == "xor":
        return "xor()"
    if settings["dataset"] == planar_points.OWN:
        text = settings["points"]
        parts = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
        rows = [f'        "{part}"\n' for part in parts]
        return f"mixed(\n    *read_points(\n{''.join(rows)}    ),\n    seed={seed},\n)"
    more = f"noise={settings['noise']}, seed={seed}"
    if planar_points.is_balanced(settings):
        return f"balanced({name}, {count}, {settings['balance']}, {more})"
    return f"{name}({count}, {more})"
