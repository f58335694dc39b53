# SPDX-License-Identifier: AGPL-3.0-or-later
"""The twelve districts, and pseudo postcodes (ZZ99, which no home has) with a ward-like patch and a point for each."""

from dataclasses import dataclass

LETTERS = "ABDEFGHJLN"
PATCHES = ("North", "South", "East", "West", "Centre")


@dataclass(frozen=True, slots=True)
class District:
    """Weight is about how many thousand people live there, raised where the partnership says plans are more common."""

    code: str
    name: str
    team: str
    weight: float
    south: float
    north: float
    west: float
    east: float


DISTRICTS = (
    District("E07000117", "Burnley", "East", 105, 53.74, 53.82, -2.32, -2.15),
    District("E07000118", "Chorley", "South", 115, 53.61, 53.72, -2.76, -2.55),
    District("E07000119", "Fylde", "North", 78, 53.74, 53.83, -3.02, -2.83),
    District("E07000120", "Hyndburn", "East", 88, 53.73, 53.80, -2.43, -2.32),
    District("E07000121", "Lancaster", "North", 140, 53.95, 54.18, -2.87, -2.58),
    District("E07000122", "Pendle", "East", 100, 53.82, 53.92, -2.29, -2.08),
    District("E07000123", "Preston", "South", 152, 53.75, 53.84, -2.78, -2.61),
    District("E07000124", "Ribble Valley", "East", 52, 53.82, 53.97, -2.55, -2.30),
    District("E07000125", "Rossendale", "East", 92, 53.65, 53.74, -2.36, -2.18),
    District("E07000126", "South Ribble", "South", 112, 53.66, 53.75, -2.82, -2.62),
    District("E07000127", "West Lancashire", "South", 112, 53.53, 53.66, -2.98, -2.74),
    District("E07000128", "Wyre", "North", 112, 53.86, 53.94, -3.01, -2.76),
)


@dataclass(frozen=True, slots=True)
class Postcode:
    text: str
    district: District
    patch: str
    latitude: float
    longitude: float


def block(number: int) -> tuple[Postcode, ...]:
    """The hundred postcodes of one district: the last two letters pair up within its own block."""
    district = DISTRICTS[number]
    sector, half = divmod(number, 2)
    return tuple(
        _postcode(f"ZZ99 {sector}{first}{second}", district, 10 * i + j)
        for i, first in enumerate(LETTERS)
        for j, second in enumerate(_SECOND[half])
    )


_SECOND = ("ABDEFGHJLN", "PQRSTUWXYZ")


def _postcode(text: str, district: District, position: int) -> Postcode:
    down, along = divmod(position, 10)
    return Postcode(
        text=text,
        district=district,
        patch=f"{district.name} {PATCHES[position // 20]}",
        latitude=round(district.south + (district.north - district.south) * (down + 0.5) / 10, 5),
        longitude=round(district.west + (district.east - district.west) * (along + 0.5) / 10, 5),
    )


BLOCKS = tuple(block(number) for number in range(len(DISTRICTS)))
