# SPDX-License-Identifier: AGPL-3.0-or-later
"""All of England at once: 153 made-up returns and a damaged one, checked, measured and summed by one command.

    python -m bench.national [FOLDER] [--plans N] [--england DIR] [--jobs N]

FOLDER holds the made-up area's return of 2025, as `fingerpost demo returns FOLDER` writes it; each authority gets some
of its people, again and again under other names, until it has its number of plans. The sizes are made up; together
they are the 638,745 plans published for January 2025. The command must name the damaged file and do the rest.

Writing a gigabyte is no part of what is measured. With --england the files are written to DIR once and found there
again, so that the run can be stopped and repeated. `python -m bench.national_dask` does the same over Dask.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from fingerpost.demo import returns
from fingerpost.rules.returns import layout

YEAR = 2025
PLANS = 638_745
PERSON = re.compile(rb"  <Person>.*?</Person>\n", re.DOTALL)
NUMBERS = re.compile(rb"<UPN>.*?</UPN>|<UniqueLearnerNumber>.*?</UniqueLearnerNumber>")
DAMAGED, WRITTEN = "sen2-damaged.xml", "written"
UNNUMBERED = rb"<UPNunknown>UN2</UPNunknown>"
Person = tuple[bytes, int]  # as written, and how many plans


def sizes(authorities: Sequence[str], whole: int) -> dict[str, int]:
    """Plans of each authority: few have many, and together they have what England has."""
    chance = random.Random(153)
    weights = [chance.lognormvariate(0, 0.6) for _ in authorities]
    plans = [int(whole * weight / sum(weights)) for weight in weights]
    plans[0] += whole - sum(plans)
    return dict(zip(authorities, plans, strict=True))


def people(text: bytes) -> list[Person]:
    """Everybody of the made-up area, without their numbers: those must not be given twice."""
    found = [NUMBERS.sub(UNNUMBERED, one) for one in PERSON.findall(text)]
    return [(one, one.count(b"<NamedPlan>") - one.count(b"<CeaseDate>")) for one in found]


def drawn(everybody: list[Person], plans: int, start: int) -> Iterator[bytes]:
    """People until there are so many plans; each round under other surnames."""
    for place in count(start):
        turn, seat = divmod(place, len(everybody))
        person, held = everybody[seat]
        if held > plans:
            continue
        yield person.replace(b"<Surname>", b"<Surname>%d " % turn)
        plans -= held
        if not plans:
            return


def write(source: Path, folder: Path, plans: int) -> list[Path]:
    """A return for each authority, and one that was cut in the middle."""
    text = source.read_bytes()
    head, tail = text[: text.index(b"<Persons>") + 10], b" </Persons>\n</Message>\n"
    everybody, files = people(text), []
    for place, (la, share) in enumerate(sizes(list(layout.authorities(YEAR)), plans).items()):
        files.append(folder / f"sen2-{la}.xml")
        with files[-1].open("wb") as out:
            out.write(head.replace(b"<LEA>888<", b"<LEA>%s<" % la.encode()))
            out.writelines(drawn(everybody, share, 97 * place))
            out.write(tail)
    (folder / DAMAGED).write_bytes(text[: len(text) // 2])
    (folder / WRITTEN).write_text(
        f"{plans}\n", "utf-8"
    )  # last: what was stopped in the middle is written again
    return listed(folder)


def listed(folder: Path) -> list[Path]:
    """The files in their order, the damaged one in the middle."""
    files = sorted(folder.glob("sen2-[0-9]*.xml"))
    return [*files[:76], folder / DAMAGED, *files[76:]]


def england(source: Path | None, folder: Path, plans: int) -> list[Path]:
    """The files of England with so many plans: those that lie in the folder, or new ones."""
    held = folder / WRITTEN
    if held.exists() and held.read_text("utf-8").strip() == str(plans):
        return listed(folder)
    held.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as area:
        if source is None:
            returns.write_returns(Path(area))
        began = time.perf_counter()
        files = write((source or Path(area)) / f"sen2-{YEAR}.xml", folder, plans)
    print(f"wrote {len(files)} files in {time.perf_counter() - began:.0f} s", flush=True)
    return files


COMMAND = """
import resource, sys
from fingerpost.cli.main import main
code = main(["sen2", "check", "--measures", "--json", "--summary", *sys.argv[1:]])
most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(f"peak {most / 1024:.0f}", file=sys.stderr)
sys.exit(code)
"""


def run(files: Sequence[Path], expected: int, jobs: int) -> None:
    """The command, and what must be true of its answer."""
    names = [str(file) for file in files]
    size = sum(file.stat().st_size for file in files) / 1e6
    began = time.perf_counter()
    code, out, said = _watched([sys.executable, "-c", COMMAND, "--jobs", str(jobs), *names])
    seconds = time.perf_counter() - began
    answer = json.loads(out)
    plans = next(one["numerator"] for one in answer["measures"] if one["id"] == "ehcplans")
    wrong = [one["name"] for one in answer["sums"] if not one["holds"]]
    assert code == 2, "a damaged file ends the command with 2"
    assert [line for line in said if DAMAGED in line], "it is named"
    assert sum("problem" not in file for file in answer["files"]) == 153, "the rest is done"
    assert plans == expected, f"{plans:,} plans"
    print(
        f"{len(files) - 1} returns and a damaged one, {size:,.0f} MB, {answer['records']:,} people, {plans:,} plans"
    )
    print(
        f"  {seconds:.0f} s in {jobs or 'all'} processes, {len(answer['findings']):,} findings; {said[-1]} MB"
    )
    print(f"  what must add up and does not: {', '.join(wrong) or 'nothing'}")


def _watched(words: Sequence[str]) -> tuple[int, bytes, list[str]]:
    """Run a command, showing its standard error as it comes: the code it ends with, its answer, what it said."""
    said: list[str] = []
    with (
        tempfile.TemporaryFile() as out,
        subprocess.Popen(words, stdout=out, stderr=subprocess.PIPE, text=True) as running,
    ):
        for line in running.stderr or ():
            said.append(line.rstrip())
            print(f"  {said[-1]}", file=sys.stderr, flush=True)
        running.wait()
        out.seek(0)
        return running.returncode, out.read(), said


def main(words: Sequence[str] = ()) -> int:
    """Make the files, run the command, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="the made-up area's returns; made if left out")
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--plans", type=int, default=PLANS, help="fewer, for a quick look")
    parser.add_argument(
        "--england", type=Path, metavar="DIR", help="where its files are kept for the next run"
    )
    args = parser.parse_args(list(words))
    with tempfile.TemporaryDirectory() as folder:
        files = england(args.folder, args.england or Path(folder), args.plans)
        run(files, args.plans, args.jobs)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
