# SPDX-License-Identifier: Apache-2.0
"""Why a document is refused: one line that says what, why and what to do, and never a word of its text."""


class Refused(Exception):
    """This document cannot be read, or is not safe to read."""
