"""What people expect of any command line: its version, what was meant, answers for programs, quiet."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows import settings
from flows.cli import command_line, main
from flows.cli.extras import EXTRAS, extra_for
from flows.cli.releases import next_steps
from flows.errors import ShegongError
from flows.publish.find import find_release
from flows.run.schedules import check_cron
from flows.state import PROJECT
from flows.terminal import progress

COMMANDS = tuple(command_line().commands)


def refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The last line of what a command that cannot be used says."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()[-1]


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert re.match(r"shegong \d+\.\d+\.\d+ \(", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["relase"], "release"),
        (["explian", "a", "b"], "explain"),
        (["clean", "x", "--fromat", "json"], "--format"),
        (["release", "--worker=2x"], None),
        (["completion", "bsh"], "bash"),
        (["quarantine", "acept"], "accept"),
    ],
)
def test_what_was_meant_is_named(arguments: list[str], meant: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    said = refusal(arguments, capsys)
    assert meant is None or f"did you mean {meant}?" in said
    assert "--help` shows examples" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_quiet_or_loud(command: str) -> None:
    shown = command_line().commands[command].format_help()
    assert "--quiet" in shown
    assert "--verbose" in shown


@pytest.mark.parametrize("command", ["validate", "diff", "status", "quarantine", "score", "cache", "check", "facts"])
def test_commands_that_answer_answer_programs_too(command: str) -> None:
    assert "--json" in command_line().commands[command].format_help()


def test_status_tells_runs_cache_and_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_STATE", str(tmp_path))
    monkeypatch.setenv("SHEGONG_NOTIFY", "https://chat.example.org/hooks/secret")
    assert main(["status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["runs"] == []
    assert found["settings"]["state"] == {"value": str(tmp_path), "from": "environment"}
    assert "secret" not in json.dumps(found)
    assert main(["status"]) == 0
    said = capsys.readouterr().out
    assert "no run yet" in said
    assert "secret" not in said


def test_the_cache_is_told_and_never_pruned_by_a_negative_age(capsys: pytest.CaptureFixture[str]) -> None:
    for days in ("-1", "nan", "inf", "soon"):
        assert "is not a number of days" in refusal(["cache", f"--prune={days}"], capsys)
    assert main(["cache", "--json"]) == 0
    assert {one["kind"] for one in json.loads(capsys.readouterr().out)["kept"]} >= {"shards"}


@pytest.mark.parametrize("line", ["nonsense", "* * *", "61 * * * *", "R 3 * * *", ""])
def test_a_wrong_schedule_is_refused_before_anything_starts(line: str) -> None:
    code = "import sys\nfrom flows.cli import main\n"
    code += f"print(main(['serve', '--release-at', {line!r}]), 'prefect' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PROJECT, timeout=60)
    assert run.stdout.split() == ["2", "False"]
    assert "is no cron line" in run.stderr


@pytest.mark.parametrize("line", ["0 3 * * *", "*/5 8-18 * * mon-fri", "@daily", "* * * * * */30"])
def test_what_prefect_takes_is_taken(line: str) -> None:
    check_cron(line)


def test_an_extra_is_named_for_each_package_that_may_be_missing() -> None:
    assert extra_for(ModuleNotFoundError(name="prefect.flows")) == "pipeline"
    assert extra_for(ModuleNotFoundError(name="obstore")) == "s3"
    assert extra_for(ModuleNotFoundError(name="flows.nothing")) is None
    declared = set(re.findall(r"^(\w+) = \[", (PROJECT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(EXTRAS) <= declared


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which shegong.toml is looked for; no setting is in the environment."""
    for setting in settings.SETTINGS:
        monkeypatch.setenv(setting.variable, "")
        monkeypatch.delenv(setting.variable)
    monkeypatch.setattr(settings, "home", lambda: tmp_path)
    return tmp_path


def test_settings_come_from_the_file_unless_the_environment_says_otherwise(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "shegong.toml").write_text('releases = "made"\nworkers = 3\nraw = "s3://bucket/raw"\n', encoding="utf-8")
    monkeypatch.setenv("SHEGONG_WORKERS", "5")
    settings.use_file()
    told = {one.setting.name: (one.value, one.source) for one in settings.told()}
    assert told["releases"] == (str(home / "made"), str(home / "shegong.toml"))
    assert told["workers"] == ("5", "environment")
    assert told["raw"][0] == "s3://bucket/raw"
    assert told["signers"] == ("none", "default")


@pytest.mark.parametrize(
    ("content", "said"),
    [("relases = 'x'", "Did you mean releases"), ("workers = [1]", "workers is"), ("raw =", "cannot be read")],
)
def test_a_file_of_settings_that_cannot_be_used_is_refused(home: Path, content: str, said: str) -> None:
    (home / "shegong.toml").write_text(content, encoding="utf-8")
    with pytest.raises(ShegongError, match=said):
        list(settings.told())


def test_latest_is_a_name_wherever_a_release_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "latest.json").write_text('{"version": "v2026.11.22"}', encoding="utf-8")
    monkeypatch.setenv("SHEGONG_RELEASES", str(tmp_path))
    assert find_release("latest") == find_release("v2026.11.22") == tmp_path / "v2026.11.22"
    assert find_release("somewhere/else") == Path("somewhere/else")
    with pytest.raises(ShegongError, match="Name the folder of a copy"):
        find_release("latest", "s3://bucket/releases")
    for command in ("validate", "explain", "diff", "publish", "rebuild", "verify", "export", "review", "canary"):
        assert command_line().commands[command].get_default("named_releases"), command


def test_the_shell_can_complete(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    assert subprocess.run(["bash", "-n"], input=script, text=True).returncode == 0
    assert all(command in script for command in COMMANDS)


def test_what_to_do_next_is_said_of_a_release_on_disk() -> None:
    assert all("releases/v2026.11.22" in line for line in next_steps("releases/v2026.11.22") if "RELEASE" in line)
    assert "shegong review releases/v2026.11.22" in next_steps("releases/v2026.11.22")[0]
    assert next_steps("s3://bucket/releases/v2026.11.22") == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("screen", "bar"), [(Terminal(), True), (io.StringIO(), False)])
def test_progress_is_a_bar_on_a_terminal_and_plain_lines_elsewhere(
    screen: io.StringIO, bar: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", screen)
    told = progress.Progress()
    told.step("merging")
    for done in range(1, 11):
        told.count("shards cleaned", done, 10)
    said = screen.getvalue()
    assert ("\r" in said) == bar
    assert re.search(r"^ *\d+\.\d s  merging$", said, re.MULTILINE)
    assert said.endswith("shards cleaned 10/10\n")


def test_quiet_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "_quiet", False)
    progress.be_quiet()
    progress.Progress().step("merging")
    progress.Progress().count("shards cleaned", 1, 2)
    assert screen.getvalue() == ""


@pytest.mark.slow
def test_answers_for_programs_about_a_release(
    a_release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEGONG_RELEASES", str(a_release.parent))
    assert main(["validate", "latest", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["passed"] is True
    assert main(["diff", "latest", a_release.name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"]["articles"]["changed"] == 0
    assert main(["quarantine", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["quarantine"]) == 0
    assert "nothing is in quarantine" in capsys.readouterr().out
    assert main(["review", "--print"]) == 0
    assert capsys.readouterr().out.strip() == str(a_release / "report" / "index.html")
