# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one error a command shows as a plain line: the input or the machine cannot be used."""


class Unusable(Exception):
    """Say what is wrong, where, why and what to do, in one line; the command ends with exit code 2."""
