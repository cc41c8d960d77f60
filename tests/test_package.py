"""The package as people install it: built from a copy of the checkout, used in an empty folder, with nothing on its
path but the packages that it asks for."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

from flows.depends import cleaning_parts
from flows.installed import SCHEMAS
from flows.state import PROJECT
from flows.wheel import renamed

BUILD = "import sys, setuptools.build_meta as build; print(getattr(build, sys.argv[1])(sys.argv[2]))"
COPIED = ("flows", "schemas", "raw", "docs", "pyproject.toml", "README.md", "LICENSE", "SECURITY.md", "Makefile",
          "requirements.txt")  # fmt: skip


@pytest.mark.parametrize(
    ("source", "public"),
    [
        ("from flows.clean import clean\n", "from shegong.flows.clean import clean\n"),
        ("def f():\n    import flows.run.shard  # noqa\n", "def f():\n    import shegong.flows.run.shard  # noqa\n"),
        ("if 社: from flows import load\n", "if 社: from shegong.flows import load\n"),
        ('"""from flows import load"""\nfrom flowsheet import flows\n', None),
        ("from . import flows\nflows.load()\n", None),
    ],
)
def test_only_imports_get_the_public_name(source: str, public: str | None) -> None:
    assert renamed(source) == (public or source)


def test_no_module_is_named_by_a_text() -> None:
    """A wheel has it under another name, which `flows.installed.PACKAGE` begins."""
    for path in (PROJECT / "flows").rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
        texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in said]
        assert not [text for text in texts if re.fullmatch(r"flows(\.\w+)+", str(text))], path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    source, folder = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in COPIED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (PROJECT / name).exists():
            shutil.copy(PROJECT / name, source / name)
    build(source, folder, "build_wheel", "build_sdist")
    return folder


def build(source: Path, folder: Path, *kinds: str) -> None:
    for kind in kinds:
        run = [sys.executable, "-c", BUILD, kind, str(folder)]
        subprocess.run(run, cwd=source, check=True, capture_output=True, timeout=300)


def wheel_in(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.slow
def test_a_wheel_holds_one_package_with_all_its_data(built: Path) -> None:
    with zipfile.ZipFile(wheel_in(built)) as wheel:
        names = wheel.namelist()
        sources = {name: wheel.read(name).decode() for name in names if name.endswith(".py")}
        about = wheel.read(next(name for name in names if name.endswith("/METADATA"))).decode()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"shegong"}
    data = {
        path.relative_to(SCHEMAS.parent) for path in SCHEMAS.rglob("*.*") if path.suffix != ".py" and path.is_file()
    }
    data = {path for path in data if "__pycache__" not in path.parts}
    assets = {
        "flows/report/assets/report.css",
        "flows/report/assets/report.js",
        "flows/report/assets/language.js",
        "flows/review/assets/edit.js",
        "flows/py.typed",
        "py.typed",
    }
    assert not {f"shegong/{path}" for path in data | assets} - set(names)
    assert not [
        name for name, source in sources.items() if re.search(r"^\s*(from|import) flows\b", source, re.MULTILINE)
    ]
    extras = {"pipeline", "collect", "dask", "s3", "duckdb", "train", "dev"}
    assert set(re.findall(r"^Provides-Extra: (.*)$", about, re.MULTILINE)) == extras
    base = [line for line in about.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line]
    assert not [line for line in base if re.search(r"prefect|great|rensa|warc|httpx|dask|obstore", line)]


@pytest.mark.slow
def test_the_source_distribution_builds_the_same_wheel(built: Path, tmp_path: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        if hasattr(tarfile, "data_filter"):  # since Python 3.11.4; the archive is our own
            files.extraction_filter = tarfile.data_filter
        files.extractall(tmp_path)
    (source,) = tmp_path.iterdir()
    (tmp_path / "again").mkdir()
    build(source, tmp_path / "again", "build_wheel")
    with zipfile.ZipFile(wheel_in(built)) as first, zipfile.ZipFile(wheel_in(tmp_path / "again")) as second:
        assert {one.filename: one.CRC for one in first.infolist() if "dist-info" not in one.filename} == {
            one.filename: one.CRC for one in second.infolist() if "dist-info" not in one.filename
        }
    assert (source / "raw").is_dir()


class Installed:
    """A fresh environment with the wheel and some packages of ours, linked; and an empty folder to use it in."""

    def __init__(self, wheel: Path, folder: Path, extras: set[str]) -> None:
        venv.create(folder / "venv", with_pip=False, symlinks=True)
        self.python, self.place = folder / "venv" / "bin" / "python", folder / "empty"
        self.place.mkdir()
        site = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "venv")}))
        with zipfile.ZipFile(wheel) as files:
            files.extractall(site)
        (about,) = site.glob("shegong-*.dist-info")
        for package in closure(Distribution.at(about), extras, set()):
            for top in {file.parts[0] for file in package.files or () if not file.parts[0].startswith("..")}:
                link, there = site / top, Path(str(package.locate_file(top)))
                if not link.exists() and there.exists() and top != "__pycache__":
                    link.symlink_to(there)

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """`shegong ARGUMENTS` in the empty folder; only what every machine has is in its environment."""
        return self("-m", "shegong", *arguments, status=status)

    def __call__(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.place), "LANG": "C.UTF-8"}
        command = [str(self.python), *arguments]
        found = subprocess.run(command, cwd=self.place, env=environment, capture_output=True, text=True, timeout=600)
        assert found.returncode == status, found.stderr
        return found


def closure(package: Distribution, extras: set[str], seen: set[str]) -> Iterator[Distribution]:
    """The packages that one needs with some of its extras, and those that these need."""
    from packaging.requirements import Requirement

    for line in package.requires or ():
        wanted = Requirement(line)
        if wanted.marker and not any(wanted.marker.evaluate({"extra": extra}) for extra in extras | {""}):
            continue
        if wanted.name == "shegong":
            yield from closure(package, set(wanted.extras), seen)
        elif (key := f"{wanted.name.lower().replace('_', '-')}[{sorted(wanted.extras)}]") not in seen:
            seen.add(key)
            found = distribution(wanted.name)
            yield found
            yield from closure(found, set(wanted.extras), seen)


@pytest.fixture(scope="session")
def base(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(wheel_in(built), tmp_path_factory.mktemp("base"), set())


@pytest.mark.slow
def test_the_base_install_cleans_loads_and_explains(base: Installed, a_release: Path) -> None:
    assert base.run("--version").stdout.startswith("shegong ")
    assert "clean" in base.run("--help").stdout
    page = PROJECT / "raw" / "000_e2a4225c82692476.txt"
    cleaned = base.run("clean", str(page), "--format", "json", "--facts")
    code = (
        "import json, shegong, sys\n"
        "from pathlib import Path\n"
        "page = shegong.clean(Path(sys.argv[1]).read_bytes(), name=Path(sys.argv[1]).name)\n"
        "release = shegong.load(sys.argv[2])\n"
        "article = page.articles[0]['article_id']\n"
        "frame = release['articles'].set_index('article_id')\n"
        "print(json.dumps([page.text, frame.loc[article, 'text'], shegong.explain(release, article)]))\n"
    )
    text, released, explained = json.loads(base("-c", code, str(page), str(a_release)).stdout)
    ((article,),) = [one["articles"] for one in json.loads(cleaned.stdout)]
    assert article["text"] == released
    assert text.endswith(released)
    assert article["article_id"] in explained
    assert article["facts"]["statistics"]
    assert article["article_id"] in base.run("explain", str(a_release), article["article_id"]).stdout
    assert "Nothing changed" in base.run("diff", str(a_release), str(a_release)).stdout
    assert not [path for path in base.place.iterdir() if path.name != ".state"]


@pytest.mark.slow
def test_what_it_cleans_with_is_told_as_in_a_checkout(base: Installed) -> None:
    code = "import json\nfrom shegong.flows.depends import cleaning_parts\nprint(json.dumps(dict(cleaning_parts())))"
    there = json.loads(base("-c", code).stdout)
    files = {name: value for name, value in cleaning_parts().items() if "/" in name}  # beside them stand packages
    assert {name: value for name, value in there.items() if "/" in name} == files


@pytest.mark.slow
def test_the_base_install_names_the_extra_that_a_command_needs(base: Installed, a_release: Path) -> None:
    (base.place / "raw").mkdir(exist_ok=True)
    shutil.copy(PROJECT / "raw" / "000_e2a4225c82692476.txt", base.place / "raw")
    for command in (["release"], ["validate", str(a_release)], ["serve"]):
        assert "pip install 'shegong[pipeline]'" in base.run(*command, status=2).stderr
    shutil.rmtree(base.place / "raw")
    found = base("-c", "import prefect", status=1)
    assert "ModuleNotFoundError" in found.stderr


@pytest.mark.slow
def test_a_trace_names_the_line_of_the_checkout(base: Installed) -> None:
    code = "import shegong\ntry: shegong.clean(7)\nexcept TypeError: import traceback; traceback.print_exc()"
    said = base("-c", code).stderr
    (number,) = re.findall(r'shegong/flows/cleaned\.py", line (\d+), in clean', said)
    line = (PROJECT / "flows" / "cleaned.py").read_text(encoding="utf-8").splitlines()[int(number) - 1]
    assert line.strip() in said


@pytest.mark.slow
def test_type_checkers_see_the_types(base: Installed) -> None:
    snippet = base.place / "typed.py"
    snippet.write_text(
        "import shegong\nreveal_type(shegong.load('latest').version)\nreveal_type(shegong.clean(b'').text)\n"
        "shegong.clean(7)\n",
        encoding="utf-8",
    )
    check = [sys.executable, "-m", "mypy", "--python-executable", str(base.python), "--cache-dir", "cache", "typed.py"]
    said = subprocess.run(check, cwd=base.place, capture_output=True, text=True).stdout
    shutil.rmtree(base.place / "cache", ignore_errors=True)
    snippet.unlink()
    assert said.count('Revealed type is "builtins.str"') + said.count('Revealed type is "str"') == 2, said
    assert 'incompatible type "int"' in said


@pytest.mark.slow
def test_the_pipeline_makes_the_bytes_of_the_checkout(
    built: Path, a_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    installed = Installed(wheel_in(built), tmp_path_factory.mktemp("pipeline"), {"pipeline"})
    shutil.copytree(PROJECT / "raw", installed.place / "raw")
    made = Path(installed.run("release", "--workers", "1").stdout.splitlines()[-1])
    assert made.parent == installed.place / "releases"
    assert "passed" in installed.run("validate", "latest").stdout
    assert "nothing is in quarantine" in installed.run("quarantine").stdout
    if made.name == a_release.name:  # the day has not changed meanwhile
        assert (made / "SHA256SUMS").read_text() == (a_release / "SHA256SUMS").read_text()
    assert "this is no checkout" in installed.run("facts", status=2).stderr
    assert "this is no checkout" in installed.run("rules", status=2).stderr
    assert "this is no checkout" in installed.run("score", status=2).stderr
