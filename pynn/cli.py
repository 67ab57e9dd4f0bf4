"""The command line's door: finds the command that is asked for and loads no other.

Each command is a file of `pynn.commands`. Options are made from tables of settings, like the
page's controls, and are checked by them. What cannot be used gets one sentence and exit code 2.
"""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import (
    AbstractContextManager,
    ExitStack,
    nullcontext,
    redirect_stderr,
    redirect_stdout,
)
from importlib import import_module
from typing import Any, TextIO

from pynn import __version__
from pynn.options import Parser
from pynn.steps import Diverged
from pynn_command import wants_one_thread

# Each has its file in `pynn.commands`, where `add` gives its parser all it takes.
COMMANDS = {
    "train": "learn a table, images or points, and save the network",
    "evaluate": "what a network is worth on examples",
    "predict": "what a network answers to pictures or to the lines of a table",
    "export": "write a network for other programs: ONNX, safetensors, PyTorch",
    "info": "what is in a model file",
    "serve": "the page, served on this machine",
    "recipe": "run a published program; without a name, list them",
    "run": "run a program, and draw what it shows",
    "digits": "learn MNIST's digits, as on the page",
    "planar": "learn points in the plane, as on the page",
}
CODES = """\
exit codes:
  0    done
  1    nobody reads on what is printed
  2    something cannot be used, or a training diverged; one sentence says what
  130  interrupted by Ctrl-C; what was trained is saved where --save asks for it

environment:
  OPENBLAS_NUM_THREADS  threads of a product: 1 unless it is set; large networks gain by more
  PYNN_DATA             where `pynn train mnist` looks for files first, and downloads them to

example:
  pynn train spiral --layers 16,16 --epochs 50 --save spiral.npz

`pynn COMMAND --help` has more of them.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns the exit code.

    In silence where the standard streams are missing or closed, as in a program with windows.
    """
    with ExitStack() as streams:
        if missing(sys.stdout):
            streams.enter_context(redirect_stdout(io.StringIO()))
        if missing(sys.stderr):
            streams.enter_context(redirect_stderr(io.StringIO()))
        return run(sys.argv[1:] if arguments is None else arguments)


def missing(stream: TextIO | None) -> bool:
    return stream is None or getattr(stream, "closed", False)


def run(arguments: Sequence[str]) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        # The posts' titles are Chinese; a terminal that cannot show them gets question marks.
        sys.stdout.reconfigure(errors="replace")
    options = make_parser(arguments).parse_args(arguments)
    try:
        with one_thread(arguments):
            options.command(options)
    except BrokenPipeError:
        # Whoever read our output has had enough; Python must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except (ValueError, Diverged) as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return 130
    return 0


def one_thread(arguments: Sequence[str]) -> AbstractContextManager[object]:
    """For small products, where threadpoolctl is installed and nobody has said how many.

    NumPy has no such switch, and what `pynn_command` does is too late for `python -m pynn`.
    """
    if not wants_one_thread(arguments):
        return nullcontext()
    try:
        from threadpoolctl import threadpool_limits
    except ImportError:
        return nullcontext()
    limits: AbstractContextManager[object] = threadpool_limits(1, "blas")
    return limits


def refuse(sentence: str) -> int:
    print(f"pynn: {sentence}", file=sys.stderr)
    return 2


def make_parser(arguments: Sequence[str]) -> Parser:
    """A parser of these arguments: only their own command is loaded, the others are named."""
    parser = Parser(
        prog="pynn",
        description="A small neural-network package in pure NumPy.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pynn {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    asked = next((word for word in arguments if not word.startswith("-")), None)
    for name, about in COMMANDS.items():
        one = commands.add_parser(
            name, help=about, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if name == asked:
            module: Any = import_module(f"pynn.commands.{name}")
            one.description, one.epilog = module.__doc__, module.EXAMPLE
            module.add(one)
    return parser
