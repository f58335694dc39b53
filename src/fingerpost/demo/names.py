# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names from plants, birds, weather and trades; first and last are drawn apart, and no list of real people is used."""

import numpy as np

FIRST = ["Acorn", "Alder", "Amber", "Ash", "Aspen", "Aster", "Avens", "Barley", "Basil", "Bay", "Bilberry", "Birch", "Bittern", "Blossom", "Bluebell", "Borage", "Bracken", "Bramble", "Breeze", "Briar", "Brook", "Bryony", "Bunting", "Burdock", "Buttercup", "Campion", "Catkin", "Cedar", "Chicory", "Cicely", "Clary", "Cloud", "Clover", "Coltsfoot", "Comfrey", "Coot", "Coral", "Cornflower", "Crane", "Crocus", "Curlew", "Daisy", "Damson", "Dapple", "Dawn", "Dew", "Dill", "Dove", "Drift", "Dunlin", "Elder", "Elm", "Ember", "Eyebright", "Fen", "Fennel", "Fern", "Finch", "Flax", "Flint", "Forest", "Foxglove", "Frost", "Gale", "Garnet", "Gorse", "Goldfinch", "Grove", "Gull", "Harebell", "Harvest", "Hawk", "Hawthorn", "Hazel", "Heath", "Heather", "Heron", "Hobby", "Holly", "Hyssop", "Iris", "Ivy", "Jasmine", "Jay", "Juniper", "Kestrel", "Kite", "Knapweed", "Lark", "Larch", "Laurel", "Lavender", "Leaf", "Lichen", "Lilac", "Lily", "Linden", "Linnet", "Lovage", "Lupin", "Magpie", "Mallow", "Maple", "Marigold", "Marjoram", "Martin", "Marsh", "May", "Meadow", "Medlar", "Merlin", "Mint", "Mist", "Moss", "Mulberry", "Myrtle", "Nettle", "Nutmeg", "Oak", "Oriole", "Osier", "Osprey", "Oxlip", "Pansy", "Pebble", "Peony", "Petal", "Pine", "Pipit", "Plover", "Plum", "Poppy", "Primrose", "Quill", "Quince", "Rain", "Redwing", "Reed", "Ridge", "Rill", "River", "Robin", "Rook", "Rosehip", "Rosemary", "Rowan", "Rue", "Rush", "Rye", "Saffron", "Sage", "Samphire", "Sedge", "Shale", "Siskin", "Skye", "Sky", "Sloe", "Snow", "Snowdrop", "Sorrel", "Sparrow", "Speedwell", "Spruce", "Starling", "Stone", "Storm", "Sunny", "Swallow", "Swift", "Tansy", "Tarn", "Tawny", "Teal", "Teasel", "Tern", "Thistle", "Thrift", "Thrush", "Thyme", "Topaz", "Valerian", "Vale", "Verbena", "Vetch", "Viola", "Violet", "Wagtail", "Warbler", "Whin", "Willow", "Wren", "Yarrow", "Yew", "Zinnia"]

_HEADS = ["Apple", "Ash", "Barley", "Bark", "Bell", "Berry", "Birch", "Bracken", "Bramble", "Briar", "Brook", "Bush", "Cherry", "Clover", "Cloud", "Corn", "Cotton", "Dew", "Elder", "Elm", "Feather", "Fern", "Finch", "Flax", "Frost", "Gorse", "Grass", "Hail", "Haw", "Hay", "Hazel", "Heath", "Heather", "Hedge", "Heron", "Holly", "Honey", "Ivy", "Juniper", "Kestrel", "Lark", "Leaf", "Lime", "Linden", "Linnet", "Maple", "Marsh", "Meadow", "Mist", "Moss", "Nettle", "Oak", "Oat", "Orchard", "Pear", "Pebble", "Pine", "Plover", "Plum", "Poppy", "Rain", "Reed", "Ridge", "River", "Robin", "Rook", "Rose", "Rowan", "Rush", "Rye", "Sedge", "Shade", "Shower", "Sloe", "Snow", "Sorrel", "Sparrow", "Storm", "Straw", "Sun", "Swallow", "Swift", "Teasel", "Thistle", "Thorn", "Thrush", "Thunder", "Tide", "Vine", "Wheat", "Willow", "Wind", "Winter", "Wood", "Wren", "Yarrow", "Yew"]
_TAILS = ["bank", "bask", "beck", "binder", "bower", "carder", "cote", "croft", "dale", "dyer", "fell", "field", "fold", "garth", "gatherer", "grove", "hand", "hurst", "ley", "mantle", "mason", "mead", "mender", "mere", "piper", "potter", "ridge", "shaw", "sower", "stead", "thatcher", "turner", "wain", "weaver", "well", "wright"]
LAST = tuple(f"{head}{tail}" for head in _HEADS for tail in _TAILS)


class Namer:
    """Deals names that no earlier child of this area bears together."""

    def __init__(self, rng: np.random.Generator, taken: set[tuple[str, str]]) -> None:
        self._rng = rng
        self._taken = set(taken)

    def next(self) -> tuple[str, str]:
        """Forename and surname."""
        while True:
            name = (FIRST[int(self._rng.integers(len(FIRST)))], LAST[int(self._rng.integers(len(LAST)))])
            if name not in self._taken:
                self._taken.add(name)
                return name
