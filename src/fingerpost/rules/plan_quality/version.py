# SPDX-License-Identifier: Apache-2.0
"""The version of the rule book, printed on every report so that an old report can be run again."""

RULES_VERSION = "2026.11.4"
