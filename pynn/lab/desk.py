"""The lab's side of the border: a page asks with plain data and gets one frame back.

While a program runs, what it writes and shows is posted in frames of its own.
"""

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from pynn.datasets import published
from pynn.frame import Frame, make_frame
from pynn.lab import completion, errors, follow, gradients, lesson, package, runner
from pynn.lab.blocks import LessonError
from pynn.lab.console import Console, Post
from pynn.lab.files import Folder, bring_from, open_page_addresses
from pynn.lab.health import Health


class Lab:
    """One Python for programs of a person's.

    folder  where they run, with the person's files
    fetch   how the page's images are had, see `bring_from`; None: they are in the folder
    """

    def __init__(
        self, folder: str | os.PathLike[str], fetch: Callable[[str], Any] | None = None
    ) -> None:
        self.folder = Folder(Path(folder).absolute())
        os.chdir(self.folder.path)
        self.bring = bring_from(fetch) if fetch is not None else None
        if self.bring is not None:
            for place in published.PLACES:
                (self.folder.path / place).mkdir(exist_ok=True)
            published.bring_with(self.bring)
        self.fetch = fetch
        self.changes: tuple[dict[str, str], bool] = ({}, False)
        # Who does the work: once the package has been imported anew, that package's own lab.
        self.worker = self
        self.module = ModuleType("__main__")  # of the last run
        health = Health()
        # Held as they are now: a program may change the class.
        self.restore, self.damage = health.restore, health.damage

    def run(self, text: str, file: str, post: Post, options: Mapping[str, Any]) -> Frame:
        """Runs a program to its end; its frame says how it ended.

        The error of a changed file that cannot be imported has its path as "changed".

        options  "files": the person's, by name; "settings": what `show.setting` gives;
                 "part": the first line of a part of the program, which goes on with the
                 names of the run before; "changes": texts of files of pynn, by path;
                 "check": a task's, which runs after it and gives the "verdict", a sentence
                 on what is wrong or ""
        """
        if (refused := self._renewed(options.get("changes") or {})) is not None:
            return refused
        return self.worker.work(text, file, post, options)

    def work(self, text: str, file: str, post: Post, options: Mapping[str, Any]) -> Frame:
        """`run` in the package as it is now."""
        console, part = Console(post, file), options.get("part")
        self.folder.put({name: bytes(content) for name, content in options["files"].items()})
        if self.bring is not None and "urllib" in text:
            open_page_addresses(self.bring)
        try:
            outcome = runner.run(
                text,
                file,
                console,
                module=self.module if part else None,
                settings=options.get("settings"),
                first_line=part or 1,
            )
        except BaseException as error:  # it has broken what runs it
            outcome = {"status": "failed", "error": errors.plain(error, file), "seconds": 0.0}
        self.module = outcome.pop("module", self.module)
        if options.get("check") and outcome["status"] == "finished":
            verdict = lesson.run_check(options["check"], vars(self.module))
            outcome["verdict"] = verdict or ""
        self.restore()
        return make_frame({**outcome, "damage": self.damage(), "written": self.folder.written()})

    def probe(self, post: Post) -> None:
        """Runs a program that prints "probe 42", so that who asks can see whether one runs."""
        self.worker.work_probe(post)

    def work_probe(self, post: Post) -> None:
        runner.run("print('probe', 6 * 7)", "probe.py", Console(post, "probe.py"))

    def call(self, action: str, args: Mapping[str, Any]) -> Frame:
        """`complete` and `describe` at a place of a text, or a `file` that a program wrote.

        Of a lesson: what a Markdown text says ("lesson"), and a program's "sliders".
        Of the package: all its `files`, the `text` of one, and with "changes" in force a
        `check` of its gradients, and the lines of a step to `follow`, see `pynn/lab/follow.py`.
        """
        if action in ("check", "follow"):
            refused = self._renewed(args["changes"], plain=action == "follow")
            if refused is not None:
                return refused
        return self.worker.answer(action, args)

    def answer(self, action: str, args: Mapping[str, Any]) -> Frame:
        """`call` in the package as it is now."""
        match action:
            case "sliders":
                return make_frame({"settings": lesson.sliders(args["text"])})
            case "lesson":
                try:
                    told = lesson.parse(args["text"], args["name"]).plain()
                except LessonError as error:
                    return make_frame({"refused": str(error)})
                return make_frame({"lesson": told})
            case "files":
                return make_frame({"files": package.files()})
            case "text":
                return make_frame({"text": package.text_of(args["path"])})
            case "follow":
                return make_frame({"lines": follow.follow(args["kind"])})
            case "check":
                findings, looked = gradients.check_package()
                return make_frame({"findings": [asdict(one) for one in findings], "looked": looked})
            case "complete":
                start, found = completion.complete(args["text"], args["place"], vars(self.module))
                return make_frame({"start": start, "options": found})
            case "describe":
                about = completion.describe(args["text"], args["place"], vars(self.module))
                return make_frame({"about": about})
            case "file":
                return make_frame({}, blob=self.folder.read(args["name"]))
        raise ValueError(f"Lab: expected an action, got {action}")

    def _renewed(self, changes: Mapping[str, str], plain: bool = False) -> Frame | None:
        """Puts these changes in force, in the place of others; a frame that says why it cannot."""
        wanted = (dict(changes), plain)
        if wanted == self.changes:
            return None
        try:
            package.import_anew(changes, plain)
        except BaseException as error:
            told = {path: errors.plain(error, str(package.ROOT / path)) for path in changes}
            path = next((path for path in told if told[path]["line"]), next(iter(told), ""))
            return make_frame(
                {
                    "status": "failed",
                    "error": {**told[path], "changed": path},
                    "seconds": 0.0,
                    "damage": None,
                    "written": [],
                }
            )
        self.changes = wanted
        self.worker = importlib.import_module("pynn.lab.desk").Lab(self.folder.path, self.fetch)
        return None
