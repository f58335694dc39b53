# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lets `python -m fingerpost.cli` be the `fingerpost` command."""

import sys

from fingerpost.cli.main import main

sys.exit(main())
