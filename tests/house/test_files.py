# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every committed file: its licence line, no registry host, empty package roots, no clock where none belongs."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMENTED = {".py", ".toml", ".yaml", ".yml", ".css", ".js", ".html", ".sql", ".md", ".sh"}
NO_COMMENT = {"README.md"}  # shown as the front page


def _committed() -> list[Path]:
    said = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in said.decode().split("\0") if name and (ROOT / name).is_file()]


def _text(path: Path) -> str:
    return path.read_bytes().decode(errors="replace")


def test_every_source_file_names_its_licence() -> None:
    bare = []
    for path in _committed():
        if (
            path.suffix in COMMENTED
            and path.stat().st_size
            and "SPDX-License-Identifier:" not in _text(path)[:400]
        ):
            bare.append(path.relative_to(ROOT).as_posix())
    assert bare == []


def test_rules_may_be_embedded_by_others() -> None:
    for path in _committed():
        inside = path.relative_to(ROOT).as_posix()
        if inside.startswith("src/fingerpost/rules/") and path.suffix == ".py" and path.stat().st_size:
            assert "Apache-2.0" in _text(path)[:200], inside


def test_no_file_names_a_package_registry() -> None:
    hosts = re.compile(
        r"https?://[a-z.-]*(pypi|npmjs|pythonhosted|deb\.debian|security\.debian)[a-z.-]*", re.I
    )
    named = [p.relative_to(ROOT).as_posix() for p in _committed() if hosts.search(_text(p))]
    assert named == []
    assert not {"uv.lock", "pylock.toml"} & {p.name for p in _committed()}


def test_requirements_are_hashed() -> None:
    for path in ROOT.glob("requirements*.txt"):
        pins = re.findall(r"^[A-Za-z0-9._\[\]-]+==", _text(path), re.M)
        assert pins, path.name
        for block in re.split(r"^(?=[A-Za-z0-9._-]+.*==)", _text(path), flags=re.M):
            assert not block.strip() or "--hash=sha256:" in block, f"{path.name}: {block[:60]}"


def test_every_dependency_says_why() -> None:
    said = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(said)
    names = [
        *project["project"]["dependencies"],
        *(n for group in project["dependency-groups"].values() for n in group),
    ]
    for name in names:
        line = next(line for line in said.splitlines() if f'"{name}"' in line)
        assert re.search(r"#\s*\w.{8,}", line), f"{name} has no reason beside it"


def test_package_roots_are_empty() -> None:
    full = [p for p in (ROOT / "src").rglob("__init__.py") if p.read_text().strip()]
    assert full == []


@pytest.mark.parametrize("storey", ["rules", "records", "kit"])
def test_only_desks_ask_what_day_it_is(storey: str) -> None:
    clock = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|timezone\.now|timezone\.localdate)\(")
    asks = [
        p.name for p in (ROOT / "src" / "fingerpost" / storey).rglob("*.py") if clock.search(p.read_text())
    ]
    assert asks == []


def test_no_signals_and_no_streams() -> None:
    """Reactions follow the journal; a streamed row would outlive the transaction that its policies were judged in."""
    source = (ROOT / "src" / "fingerpost").rglob("*.py")
    wrong = re.compile(
        r"StreamingHttpResponse|FileResponse\(open|@receiver|post_save\.connect|pre_save\.connect"
    )
    assert [p.name for p in source if wrong.search(p.read_text())] == []


def test_templates_cannot_query() -> None:
    templates = (ROOT / "src" / "fingerpost").rglob("*.html")
    query = re.compile(r"\.objects\b|\.all\(\)|\.filter\(|_set\b|\.select_related")
    assert [p.name for p in templates if query.search(p.read_text())] == []


def test_the_words_of_make() -> None:
    said = (ROOT / "Makefile").read_text()
    for word in ("help", "demo", "run", "test", "test-fast", "journeys", "check", "fix", "bench", "docs"):
        assert re.search(rf"^{word}:.*## ", said, re.M), word


def test_packages_go_into_our_own_environment() -> None:
    """Without a Python named, uv takes whatever environment the developer happens to have activated."""
    lines = [line for line in (ROOT / "Makefile").read_text().splitlines() if "uv pip" in line]
    assert lines
    assert all("uv pip install --python $(BIN)/python " in line for line in lines)


def test_links_between_documents_hold() -> None:
    broken = []
    for page in [p for p in _committed() if p.suffix == ".md"]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", _text(page)):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []
