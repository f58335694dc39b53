# SPDX-License-Identifier: AGPL-3.0-or-later
"""`fingerpost docs`: writes every page of the documents that is generated, and says what it wrote."""

import argparse
import importlib.util
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from fingerpost.cli.errors import Unusable


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder", type=Path, default=Path("docs"), help="where the documents lie (default: docs)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask each generator for its pages; one that is not built yet is named, not hidden."""
    if not args.folder.is_dir():
        raise Unusable(f"{args.folder} is not a folder: run this where the documents lie, or give --folder.")
    for title, (module, pages) in GENERATORS.items():
        if importlib.util.find_spec(module) is None:
            print(f"not built yet: {title}")
            continue
        for name, text in pages().items():
            print(_written(args.folder / name, text))
    return 0


def _written(file: Path, text: str) -> str:
    if file.exists() and file.read_text(encoding="utf-8") == text:
        return f"unchanged: {file}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return f"wrote: {file}"


def _law() -> dict[str, str]:
    from fingerpost.rules.duties import law_pages

    return {f"law/{name}": text for name, text in law_pages.pages()}


def _glossary() -> dict[str, str]:
    from fingerpost.desks.public import glossary

    return {"glossary.md": glossary.markdown()}


def _made_up_area() -> dict[str, str]:
    from fingerpost.demo import compare

    page = io.StringIO()
    with redirect_stdout(page):  # it is a command of its own, which prints its page
        compare.main()
    return {"made-up-area.md": page.getvalue()}


# What is written -> the module that must be there, and its pages by name within the folder.
GENERATORS: dict[str, tuple[str, Callable[[], dict[str, str]]]] = {
    "the law, duty by duty": ("fingerpost.rules.duties.law_pages", _law),
    "the glossary": ("fingerpost.desks.public.glossary", _glossary),
    "the made-up area beside the published figures": ("fingerpost.demo.compare", _made_up_area),
}
