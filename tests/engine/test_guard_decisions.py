"""What the guard refuses, what it only reports, and what is free: one guarded Python, and one probe after the other."""

from __future__ import annotations

import json
import os
import py_compile
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bookbuild.kernel import guard
from bookbuild.kernel.guard import Guard, Rules, UndeclaredInputError, is_below
from ledger.recording import READ

# Runs one probe after the other; before each the guard forgets what it told, and Python what it imported.
DRIVER = """
import json, os, sys
import ctypes, sqlite3, subprocess, numpy
from bookbuild.kernel import guard
rules, probes = json.load(sys.stdin)
sys.path.insert(0, rules["code"])
hooks, add = [], sys.addaudithook
sys.addaudithook = lambda hook: (hooks.append(hook), add(hook))
guard.install(rules)
found = {}
for name, code in probes.items():
    os.chdir(os.path.join(rules["root"], "chapters"))
    hooks[0]._seen.clear()
    for module in [module for module in sys.modules if module.startswith("proj")]:
        del sys.modules[module]
    try:
        exec(code, {"outside": os.path.dirname(rules["root"])})
        said = "free"
    except guard.UndeclaredInputError as problem:
        said = str(problem)
    except BaseException as problem:
        said = f"{type(problem).__name__}: {problem}"
    told = []
    if os.path.exists(rules["report"]):
        with open(rules["report"]) as report:
            told = [json.loads(line) for line in report]
        os.unlink(rules["report"])
    found[name] = [said, told]
json.dump(found, sys.stdout)
"""

FILES = {
    "data/a.csv": "1\n",
    "data/b.csv": "2\n",
    "data/met een spatie.csv": "3\n",
    "data2/a.csv": "4\n",
    "data/x.db": "",
    "data/lib.so": "",
    "chapters/a.md": "",
    "code/proj/__init__.py": "",
    "code/proj/near.py": "WORD = 'near'\n",
    "code/proj/stale.py": "WORD = 1\n",
    "code/proj/words.txt": "w\n",
    "code/proj/fonts/f.ttf": "font",
    "code2/near.py": "",
    "tool.sh": "#!/bin/sh\n",
}


def opens(name: str) -> str:
    """What a chapter is told that opens a file which it does not list."""
    return f"chapters/a opent {name}, maar noemt het niet onder inputs"


def writes(name: str) -> str:
    """What a chapter is told that writes below the root."""
    return f"chapters/a schrijft {name}: een hoofdstuk schrijft niets"


@dataclass(frozen=True)
class World:
    """A project with one chapter, and what lies around it."""

    root: Path
    rules: Rules
    report: Path


def world_in(folder: Path) -> World:
    """A project `boek` in which data/b.csv is declared, with links into it, out of it, and a neighbour `boek2`."""
    root = folder / "boek"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("boek2/data/a.csv", "elders/a.csv", "elders/c.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("5\n", encoding="utf-8")
    (folder / "to_a").symlink_to(root / "data" / "a.csv")
    (folder / "to_b").symlink_to(root / "data" / "b.csv")
    (folder / "to_data").symlink_to(root / "data")
    (root / "data" / "away.csv").symlink_to(folder / "elders" / "a.csv")
    (root / "data" / "known.csv").symlink_to(folder / "elders" / "c.csv")
    (root / "far").symlink_to(folder / "elders")
    report = folder / "a.report"
    rules = Rules(
        chapter="chapters/a",
        root=str(root),
        code=str(root / "code"),
        allowed=[str(root / "data" / "b.csv"), str(folder / "elders" / "c.csv")],
        allowed_folders=[str(root / "code" / "proj" / "fonts")],
        report=str(report),
    )
    return World(root, rules, report)


READ_A = [["read", "data/a.csv"]]
WRITE_A = [["write", "data/a.csv"]]

# A cell, what it is told, and what the build is told.
REFUSED: dict[str, tuple[str, str, list[list[str]]]] = {
    f"{message.split()[2]} {name}": (code, message, [[kind, message.split()[2].rstrip(",:")]])
    for kind, message, probes in [
        (
            "read",
            opens("data/a.csv"),
            {
                "open": "open('../data/a.csv')",
                "open binary": "open('../data/a.csv', 'rb')",
                "open of bytes": "open(b'../data/a.csv')",
                "an absolute path": "open(outside + '/boek/data/a.csv')",
                "FileIO": "import io; io.FileIO('../data/a.csv')",
                "open_code": "import io; io.open_code(outside + '/boek/data/a.csv')",
                "pathlib": "from pathlib import Path; Path('../data/a.csv').read_bytes()",
                "os.open": "import os; os.open('../data/a.csv', os.O_RDONLY)",
                "os.open without a flag": "import os; os.open('../data/a.csv', 0)",
                "another working folder": "import os; os.chdir('../data'); open('a.csv')",
                "a folder's descriptor": "import os; os.open('a.csv', 0, dir_fd=os.open('../data', 0))",
                "a descriptor, from elsewhere": (
                    "import os; os.chdir('/'); d = os.open(outside + '/boek/data', 0); os.open('a.csv', 0, dir_fd=d)"
                ),
                "a path through a descriptor": "import os; open(f\"/proc/self/fd/{os.open('../data', 0)}/a.csv\")",
                "a link elsewhere": "open(outside + '/to_a')",
                "a linked folder elsewhere": "open(outside + '/to_data/a.csv')",
                "a link that it makes": "import os; os.symlink(os.path.abspath('../data/a.csv'), outside + '/l'); open(outside + '/l')",
                "dots": "open('../data/../chapters/.././data//a.csv')",
                "sys.path has it": "open('../code/../data/a.csv')",
                "numpy": "import numpy; numpy.loadtxt('../data/a.csv')",
                "numpy memmap": "import numpy; numpy.memmap('../data/a.csv', mode='r')",
                "numpy fromfile": "import numpy; numpy.fromfile('../data/a.csv')",
                "what a memory answers": f"import sys; sys.audit({READ!r}, outside + '/boek/data/a.csv')",
                "shutil": "import shutil; shutil.copyfile('../data/a.csv', outside + '/copy')",
                "csv in zip": "import zipfile; zipfile.ZipFile(outside + '/z', 'w').write('../data/a.csv')",
                "SQLite": "import sqlite3; sqlite3.connect('../data/a.csv')",
                "SQLite, an address": "import sqlite3; sqlite3.connect('file:../data/a.csv?mode=ro', uri=True)",
                "SQLite, an escaped address": "import sqlite3; sqlite3.connect('file:../data/%61.csv', uri=True)",
                "SQLite, a Path": "import pathlib, sqlite3; sqlite3.connect(pathlib.Path('../data/a.csv'))",
                "a program": "import subprocess; subprocess.run(['cat', '../data/a.csv'])",
                "a program, bytes": "import subprocess; subprocess.run([b'cat', b'../data/a.csv'])",
                "a program, a Path": "import subprocess, pathlib; subprocess.run(['cat', pathlib.Path('../data/a.csv')])",
                "a program in a folder": "import subprocess; subprocess.run(['cat', 'a.csv'], cwd='../data')",
                "a program in a Path": "import subprocess, pathlib; subprocess.run(['cat', 'a.csv'], cwd=pathlib.Path('../data'))",
                "an option": "import subprocess; subprocess.run(['sort', '--files0-from=../data/a.csv'])",
                "a program's program": (
                    "import subprocess, sys; subprocess.run([sys.executable, '-c', \"print(open('../data/a.csv').read())\"])"
                ),
                "a shell": "import subprocess; subprocess.run('cat ../data/a.csv', shell=True)",
                "a shell's input": "import subprocess; subprocess.run('cat <../data/a.csv', shell=True)",
                "a shell's input, apart": "import subprocess; subprocess.run('cat < ../data/a.csv', shell=True)",
                "a shell's input, glued": "import subprocess; subprocess.run('cat<../data/a.csv;true', shell=True)",
                "a shell's pattern": "import subprocess; subprocess.run('cat ../data/?.csv', shell=True)",
                "a shell's range": "import subprocess; subprocess.run('cat ../data/[a].csv', shell=True)",
                "a shell in a shell": "import subprocess; subprocess.run('echo $(cat ../data/a.csv)', shell=True)",
                "a broken command": 'import subprocess; subprocess.run("cat ../data/a.csv \'", shell=True)',
                "os.system": "import os; os.system('cat ../data/a.csv')",
                "os.popen": "import os; os.popen('cat ../data/a.csv')",
                "os.execv": "import os; os.execv('/bin/cat', ['cat', '../data/a.csv'])",
                "os.posix_spawn": "import os; os.posix_spawn('/bin/cat', ['cat', '../data/a.csv'], {})",
            },
        ),
        ("read", opens("data2/a.csv"), {"a name that begins alike": "open('../data2/a.csv')"}),
        ("read", opens("chapters/a.md"), {"itself": "open('a.md')"}),
        ("read", opens("code2/near.py"), {"a module beside the code": "open('../code2/near.py')"}),
        ("read", opens("code/proj/words.txt"), {"what is no module": "open('../code/proj/words.txt')"}),
        (
            "read",
            opens("data/away.csv"),
            {
                "a link out of the project": "open('../data/away.csv')",
                "the same, from elsewhere": "open(outside + '/to_data/away.csv')",
            },
        ),
        ("read", opens("far/a.csv"), {"a linked folder of the project": "open('../far/a.csv')"}),
        (
            "read",
            opens("data/lib.so"),
            {
                "a library": "import ctypes; ctypes.CDLL('../data/lib.so')",
                "a compiled module": (
                    "from importlib import machinery, util; p = outside + '/boek/data/lib.so'\n"
                    "util.module_from_spec(util.spec_from_file_location('lib', p, loader=machinery.ExtensionFileLoader('lib', p)))"
                ),
            },
        ),
        (
            "read",
            opens("tool.sh"),
            {
                "its own program": "import subprocess; subprocess.run(['../tool.sh'])",
                "its own program, under another name": "import subprocess; subprocess.run(['x'], executable='../tool.sh')",
                "its own program, in its place": "import os; os.execv('../tool.sh', ['x'])",
                "its own program, beside it": "import os; os.posix_spawn('../tool.sh', ['x'], {})",
            },
        ),
        (
            "write",
            writes("data/a.csv"),
            {
                "a removal": "import os; os.remove('../data/a.csv')",
                "unlink": "import pathlib; pathlib.Path('../data/a.csv').unlink()",
                "a removal through a descriptor": "import os; os.unlink('a.csv', dir_fd=os.open('../data', 0))",
                "a removal through the first descriptor": (
                    "import os; kept = os.dup(0); os.dup2(os.open('../data', 0), 0)\n"
                    "try:\n    os.remove('a.csv', dir_fd=0)\nfinally:\n    os.dup2(kept, 0)"
                ),
                "a removal through a linked folder": "import os; os.remove(outside + '/to_data/a.csv')",
                "a rename from": "import os; os.rename('../data/a.csv', outside + '/x')",
                "a rename onto": "import os; os.replace(outside + '/elders/a.csv', '../data/a.csv')",
                "a hard link": "import os; os.link('../data/a.csv', outside + '/x')",
                "a mode": "import os; os.chmod('../data/a.csv', 0o644)",
                "an owner": "import os; os.chown('../data/a.csv', os.getuid(), os.getgid())",
                "a time": "import os; os.utime('../data/a.csv')",
                "a time through a descriptor": "import os; os.utime('a.csv', dir_fd=os.open('../data', 0))",
                "a label": "import os; os.setxattr('../data/a.csv', 'user.x', b'1')",
                "a label's end": "import os; os.removexattr('../data/a.csv', 'user.x')",
                "a size": "import os; os.truncate('../data/a.csv', 0)",
                "a copy over it": "import shutil; shutil.copyfile('/etc/hostname', '../data/a.csv')",
            },
        ),
        (
            "write",
            writes("data/b.csv"),
            {
                "w": "open('../data/b.csv', 'w')",
                "a": "open('../data/b.csv', 'a')",
                "x": "open('../data/b.csv', 'x')",
                "r+": "open('../data/b.csv', 'r+')",
                "rb+": "import io; io.FileIO('../data/b.csv', 'rb+')",
                "O_WRONLY": "import os; os.open('../data/b.csv', os.O_WRONLY)",
                "O_RDWR": "import os; os.open('../data/b.csv', os.O_RDWR)",
                "O_TRUNC": "import os; os.open('../data/b.csv', os.O_TRUNC)",
                "O_APPEND": "import os; os.open('../data/b.csv', os.O_APPEND)",
                "O_CREAT": "import os; os.open('../data/b.csv', os.O_CREAT)",
                "a descriptor, to write": "import os; os.chdir('/'); d = os.open(outside + '/boek/data', 0); os.open('b.csv', os.O_WRONLY, dir_fd=d)",
                "an opener": "import os; open('x', 'rb', opener=lambda n, f: os.open('../data/b.csv', os.O_RDWR))",
                "a link to it": "open(outside + '/to_b', 'w')",
                "memmap r+": "import numpy; numpy.memmap('../data/b.csv', mode='r+')",
                "a mode of what is open": "import os; f = open('../data/b.csv'); os.chmod(f.fileno(), 0o644)",
                "a time of what is open": "import os; os.utime(os.open('../data/b.csv', 0))",
                "a shell's output": "import subprocess; subprocess.run('echo 1 > ../data/b.csv', shell=True)",
                "a shell's output, glued": "import subprocess; subprocess.run('echo 1>>../data/b.csv', shell=True)",
                "a shell's output, quoted": "import os; os.system('echo 1 > \"../data/b.csv\"')",
                "a shell's output in a folder": "import subprocess; subprocess.run('echo 1 > b.csv', shell=True, cwd='../data')",
                "bash's output": "import subprocess; subprocess.run(['bash', '-c', 'echo 1 > ../data/b.csv'])",
                "a login shell's output": "import subprocess; subprocess.run(['/bin/sh', '-ec', 'echo 1 >| ../data/b.csv'])",
            },
        ),
        (
            "write",
            writes("chapters/uit"),
            {
                "a new file": "open('uit', 'w')",
                "a folder": "import os; os.mkdir('uit')",
                "folders": "import os; os.makedirs('uit/in')",
                "a folder's name with a rule": "import os; os.mkdir('uit/')",
                "a folder by a descriptor": "import os; os.chdir('/'); os.mkdir('uit', dir_fd=os.open(outside + '/boek/chapters', 0))",
                "a link": "import os; os.symlink('/etc/hostname', 'uit')",
                "a link by a descriptor": "import os; os.chdir('/'); os.symlink('/etc', 'uit', dir_fd=os.open(outside + '/boek/chapters', 0))",
                "a hard link here": "import os; os.link(outside + '/elders/a.csv', 'uit')",
                "a rename by descriptors": (
                    "import os; os.chdir('/'); d = os.open(outside, 0)\n"
                    "os.rename('elders/a.csv', 'boek/chapters/uit', src_dir_fd=d, dst_dir_fd=d)"
                ),
                "a database": "import sqlite3; sqlite3.connect('uit')",
                "a database, an address": "import sqlite3; sqlite3.connect('file:uit?mode=rwc', uri=True)",
                "what is no remark": "import os; os.system('echo a#1 > uit')",
                "a shell's new file": "import os; os.system('cat /etc/hostname &> uit')",
                "a shell's log": "import os; os.system('cat /etc/hostname &>> uit')",
            },
        ),
        ("write", writes("code/proj/fonts"), {"the folder of fonts goes": "import os; os.rmdir('../code/proj/fonts')"}),
        (
            "write",
            writes("code/proj/fonts/f.ttf"),
            {
                "a font": "open('../code/proj/fonts/f.ttf', 'w')",
                "a font goes": "import os; os.remove('../code/proj/fonts/f.ttf')",
            },
        ),
        ("write", writes("code/proj/near.py"), {"its own code": "open('../code/proj/near.py', 'a')"}),
        (
            "write",
            writes("data/away.csv"),
            {
                "a link of the project goes": "import os; os.remove('../data/away.csv')",
                "a link is renamed": "import os; os.rename('../data/away.csv', outside + '/x')",
                "through a link out of the project": "open('../data/away.csv', 'w')",
                "a link goes, from elsewhere": "import os; os.remove(outside + '/to_data/away.csv')",
            },
        ),
    ]
    for name, code in probes.items()
}

SPACED, SIGNED = "data/met een spatie.csv", "chapters/u+it"
for _name, _code in {
    "a program's spaces": "import subprocess; subprocess.run(['cat', '../data/met een spatie.csv'])",
    "a shell's spaces": "import os; os.system(\"cat '../data/met een spatie.csv'\")",
}.items():
    REFUSED[_name] = (_code, opens(SPACED), [["read", SPACED]])
REFUSED["a sign in a shell's word"] = ("import os; os.system('echo 1 > u+it')", writes(SIGNED), [["write", SIGNED]])

FREE: dict[str, tuple[str, list[list[str]]]] = {
    "what is declared": ("assert open('../data/b.csv').read() == '2\\n'", []),
    "the same by a link": ("assert open(outside + '/to_b').read() == '2\\n'", []),
    "the same by a descriptor": ("import os; os.open('b.csv', 0, dir_fd=os.open('../data', 0))", []),
    "the same by a program": ("import subprocess; subprocess.run(['cat', '../data/b.csv'], check=True)", []),
    "the same by a shell": ("import os; assert os.system('cat < ../data/b.csv > /dev/null 2>&1') == 0", []),
    "the same by an address": ("import sqlite3; sqlite3.connect('file:../data/b.csv?mode=ro', uri=True)", []),
    "the same as a database": ("import sqlite3; sqlite3.connect('../data/b.csv')", []),
    "a name that is the project's elsewhere": (
        "import os; d = os.open('../data', 0); os.chdir(outside + '/elders'); open('a.csv').close(); os.close(d)",
        [],
    ),
    "a declared link out of the project": ("open('../data/known.csv').read()", []),
    "a sign that writes nothing": ("import os; os.system(\"test 'a > b' = c 2>&1\")", []),
    "no shell": ("import subprocess; subprocess.run(['echo', '-c', 'x > y'])", []),
    "what is not there": (
        "try:\n    open('../data/geen.csv')\nexcept FileNotFoundError:\n    pass\nelse:\n    raise AssertionError",
        [],
    ),
    "a folder": ("import os; os.open('../data', 0); os.listdir('../data'); list(os.scandir('..'))", []),
    "a descriptor": ("import os; r, w = os.pipe(); open(w, 'w').close(); open(r).close()", []),
    "a descriptor of numpy": ("import numpy, os; r, w = os.pipe(); open(numpy.int64(w), 'w').close()", []),
    "a neighbour that begins alike": ("open(outside + '/boek2/data/a.csv').read()", []),
    "elsewhere": ("open(outside + '/elders/new', 'w').close(); import os; os.remove(outside + '/elders/new')", []),
    "its own link to an input": (
        "import os; os.symlink(os.path.abspath('../data/a.csv'), outside + '/m'); os.remove(outside + '/m')",
        [],
    ),
    "its own link, renamed": (
        "import os; l = outside + '/n'; os.symlink(os.path.abspath('../data'), l); os.rename(l, l + '2'); os.remove(l + '2')",
        [],
    ),
    "a temporary folder": (
        "import os, tempfile\nwith tempfile.TemporaryDirectory() as f:\n    os.mkdir(f + '/y'); open(f + '/y/z', 'w').close()",
        [],
    ),
    "a font": ("open('../code/proj/fonts/f.ttf').read()", []),
    "a database in memory": (
        "import sqlite3; sqlite3.connect(':memory:'); sqlite3.connect(''); sqlite3.connect('file:x?mode=memory', uri=True)",
        [],
    ),
    **{
        f"no database to {what}": (
            f"import sqlite3\ntry:\n    sqlite3.connect('file:geen?mode={mode}', uri=True)\nexcept sqlite3.OperationalError:\n    pass",
            [],
        )
        for what, mode in (("read", "ro"), ("change", "rw"))
    },
    "a pattern without a shell": ("import subprocess; subprocess.run(['test', '-e', '../data/?.csv'])", []),
    "a module": (
        "from proj import near; assert near.WORD == 'near'",
        [["module", "code/proj/__init__.py"], ["module", "code/proj/near.py"]],
    ),
    "a module, opened": (
        "open('../code/proj/near.py').read(); open('../code/proj/near.py')",
        [["module", "code/proj/near.py"]],
    ),
    "a module of Python": ("import csv, wave, xml.dom", []),
    "a module whose bytecode lies": (
        "from proj import stale; assert stale.WORD == 2",
        [["module", "code/proj/__init__.py"], ["module", "code/proj/stale.py"]],
    ),
    "a swallowed exception": ("try:\n    open('../data/a.csv')\nexcept OSError:\n    pass", READ_A),
    "twice is told once": (
        "for _ in '12':\n    try:\n        open('../data/a.csv')\n    except OSError:\n        pass",
        READ_A,
    ),
    "read and written are two": (
        "for mode in 'rw':\n    try:\n        open('../data/a.csv', mode)\n    except OSError:\n        pass",
        READ_A + WRITE_A,
    ),
    "a move is two": (
        "import shutil\ntry:\n    shutil.move('../data/a.csv', outside)\nexcept OSError:\n    pass",
        WRITE_A + READ_A,
    ),
    "a thread": (
        "import threading; threading.excepthook = lambda _: None\nt = threading.Thread(target=open, args=('../data/a.csv',)); t.start(); t.join()",
        READ_A,
    ),
    "a child": (
        "import os\nif not (pid := os.fork()):\n    try:\n        open('../data/a.csv')\n    finally:\n        os._exit(0)\nos.waitpid(pid, 0)",
        READ_A,
    ),
    "a child that becomes a program": ("import os; os.spawnvp(os.P_WAIT, 'cat', ['cat', '../data/a.csv'])", READ_A),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The project that the probes try to break."""
    return world_in(tmp_path_factory.mktemp("guard"))


@pytest.fixture(scope="module")
def found(project: World) -> dict[str, tuple[str, list[list[str]]]]:
    """What each probe was told, and what the build was told of it."""
    stale = project.root / "code" / "proj" / "stale.py"
    py_compile.compile(str(stale))
    times = stale.stat()
    stale.write_text("WORD = 2\n", encoding="utf-8")
    os.utime(stale, ns=(times.st_atime_ns, times.st_mtime_ns))
    probes = {name: probe[0] for name, probe in (REFUSED | FREE).items()}
    assert len(probes) == len(REFUSED) + len(FREE)
    result = subprocess.run(
        [sys.executable, "-P", "-c", DRIVER],
        input=json.dumps([project.rules, probes]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return {name: (said, told) for name, (said, told) in json.loads(result.stdout.splitlines()[-1]).items()}


@pytest.mark.parametrize("name", REFUSED)
def test_this_is_refused_and_told(found: dict[str, tuple[str, list[list[str]]]], name: str) -> None:
    _, message, told = REFUSED[name]
    assert found[name] == (message, told)


@pytest.mark.parametrize("name", FREE)
def test_this_is_not_refused(found: dict[str, tuple[str, list[list[str]]]], name: str) -> None:
    assert found[name] == ("free", FREE[name][1])


def test_nothing_of_the_project_was_touched(found: dict[str, tuple[str, list[list[str]]]], project: World) -> None:
    assert found
    text = {name: (project.root / name).read_text(encoding="utf-8") for name in FILES}
    assert text == FILES | {"code/proj/stale.py": "WORD = 2\n"}
    assert (project.root / "data" / "away.csv").read_text(encoding="utf-8") == "5\n"
    assert not (project.root / "chapters" / "uit").exists()


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A project for one guard that is asked directly, without an audit hook."""
    return world_in(tmp_path)


def verdict(asked: Callable[[], None]) -> str:
    """What a chapter is told, or that it is free."""
    try:
        asked()
    except UndeclaredInputError as problem:
        return str(problem)
    return "free"


@pytest.mark.parametrize(
    ("path", "folder", "below"),
    [
        ("/a/b", "/a/b", True),
        ("/a/b/c", "/a/b", True),
        ("/a/b/c/d", "/a/b/", True),
        ("/a/b2", "/a/b", False),
        ("/a", "/a/b", False),
        ("/a/c/b", "/a/b", False),
        ("/a", "/", True),
    ],
)
def test_a_path_lies_below_a_folder_or_not(path: str, folder: str, below: bool) -> None:
    assert is_below(path, folder) is below


@pytest.mark.parametrize("prefix", ["prefix", "base_prefix"])
def test_what_is_pythons_own_is_free_also_below_the_root(
    world: World, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    own = world.root / ".venv" / "lib" / "x.py"
    own.parent.mkdir(parents=True)
    own.touch()
    (own.parent / "pool.py").symlink_to(world.root.parent / "elders" / "a.csv")  # some installers link into a pool
    (own.parent / "trap.py").symlink_to(world.root / "data" / "a.csv")
    monkeypatch.setattr(sys, prefix, str(world.root / ".venv"))
    asked = Guard(world.rules)
    assert verdict(lambda: asked("open", (str(own), "r", 0))) == "free"
    assert verdict(lambda: asked("open", (str(own), "w", 0))) == "free"
    assert verdict(lambda: asked("os.remove", (str(own), -1))) == "free"
    assert verdict(lambda: asked("open", (str(own.parent / "pool.py"), "r", 0))) == "free"
    assert verdict(lambda: asked("open", (str(own.parent / "trap.py"), "r", 0))) == opens("data/a.csv")
    assert verdict(lambda: asked("open", (str(world.root / ".venv" / ".." / "tool.sh"), "r", 0))) == opens("tool.sh")
    (world.root / "data" / "own.py").symlink_to(own)  # the link is the project's, whatever it leads to
    assert verdict(lambda: asked("os.remove", (str(world.root / "data" / "own.py"), -1))) == writes("data/own.py")


def test_an_environment_that_is_a_link_is_free_under_both_names(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (world.root / ".venv").symlink_to(world.root.parent / "elders")
    monkeypatch.setattr(sys, "prefix", str(world.root / ".venv"))
    asked = Guard(world.rules)
    assert verdict(lambda: asked("open", (str(world.root / ".venv" / "a.csv"), "r", 0))) == "free"
    assert verdict(lambda: asked("open", (str(world.root / "far" / "a.csv"), "r", 0))) == "free"
    assert verdict(lambda: asked("os.remove", (str(world.root / ".venv" / "a.csv"), -1))) == "free"


@pytest.mark.parametrize("prefix", ["prefix", "base_prefix"])
@pytest.mark.parametrize("folder", ["..", ".", "/"])
def test_a_prefix_that_holds_the_project_does_not_free_it(
    world: World, monkeypatch: pytest.MonkeyPatch, prefix: str, folder: str
) -> None:
    monkeypatch.setattr(sys, prefix, os.path.normpath(world.root / folder))  # as /usr holds /usr/src/app
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(world.root / "own" / name))
    asked = Guard(world.rules)
    assert verdict(lambda: asked("open", (str(world.root / "data" / "a.csv"), "r", 0))) == opens("data/a.csv")
    for name in ("stdlib", "platstdlib", "purelib", "platlib", "scripts"):
        own = world.root / "own" / name / "x.py"
        own.parent.mkdir(parents=True)
        own.touch()
        assert verdict(lambda path=str(own): asked("open", (path, "r", 0))) == "free"


def test_a_folder_that_may_be_read_may_not_be_written(world: World) -> None:
    world.rules["allowed_folders"].append(str(world.root / "data"))
    asked = Guard(world.rules)
    assert verdict(lambda: asked("open", (str(world.root / "data" / "a.csv"), "r", 0))) == "free"
    assert verdict(lambda: asked("open", (str(world.root / "data2" / "a.csv"), "r", 0))) == opens("data2/a.csv")
    assert verdict(lambda: asked("open", (str(world.root / "data" / "a.csv"), "w", 0))) == writes("data/a.csv")


def test_code_that_is_a_link_counts_as_code(tmp_path: Path) -> None:
    world = world_in(tmp_path)
    (world.root / "code").rename(tmp_path / "code")
    (world.root / "code").symlink_to(tmp_path / "code")
    world.rules["code"] = str(tmp_path / "code")
    asked = Guard(world.rules)
    assert verdict(lambda: asked("open", (str(world.root / "code" / "proj" / "near.py"), "r", 0))) == "free"
    assert world.report.read_text(encoding="utf-8") == '["module", "code/proj/near.py"]\n'


@pytest.mark.parametrize("mode", ["w", "wb", "a", "x", "r+", "a+"])
def test_a_mode_alone_tells_that_something_is_written(world: World, mode: str) -> None:
    asked = Guard(world.rules)  # what opens in C tells no flags
    assert verdict(lambda: asked("open", (str(world.root / "data" / "b.csv"), mode, 0))) == writes("data/b.csv")
    assert verdict(lambda: asked("open", (str(world.root / "data" / "b.csv"), "rb", 0))) == "free"


def test_every_descriptor_of_a_folder_is_known(tmp_path: Path) -> None:
    kept, folder, file = os.dup(0), os.open(tmp_path, 0), os.open(os.devnull, 0)
    os.dup2(folder, 0)
    try:
        found = set(guard._open_folders())
    finally:
        os.dup2(kept, 0)
        for each in (kept, folder, file):
            os.close(each)
    assert {f"/proc/self/fd/{each}" for each in (0, folder)} <= found
    assert f"/proc/self/fd/{file}" not in found


def test_a_folder_whose_name_looks_like_a_pattern_is_none(world: World) -> None:
    folder = world.root / "data" / "[1]"
    folder.mkdir()
    (folder / "a.csv").touch()
    for command in ("cat a.csv", "cat ?.csv"):
        started = ("/bin/sh", ["sh", "-c", command], str(folder), None)
        assert verdict(lambda started=started: Guard(world.rules)("subprocess.Popen", started)) == opens(
            "data/[1]/a.csv"
        )


def test_an_event_that_opens_or_changes_nothing_is_none_of_its_business(world: World) -> None:
    asked = Guard(world.rules)
    for event in ("os.listdir", "os.chdir", "compile", "shutil.rmtree"):
        asked(event, (str(world.root / "data"), None))
    assert not world.report.exists()


def test_only_code_below_its_folder_is_compiled_afresh(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    monkeypatch.setattr(sys, "path_importer_cache", {"old": None})
    guard.compile_afresh(world.rules["code"])
    assert sys.path_importer_cache == {}  # what was found before must be found anew
    finder = sys.path_hooks[0]
    found = finder(str(world.root / "code" / "proj")).find_spec("proj.near")
    assert found is not None
    assert isinstance(found.loader, guard.FreshLoader)
    for other in ("code2", "data"):
        with pytest.raises(ImportError):
            finder(str(world.root / other))
    (world.root.parent / "to_code").symlink_to(world.root / "code")
    assert finder(str(world.root.parent / "to_code")).find_spec("proj") is not None
