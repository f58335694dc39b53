# SPDX-License-Identifier: Apache-2.0
"""stub"""
from fingerpost.rules.plan_quality.document import Document
from fingerpost.rules.plan_quality.reading.refusals import Refused
def read(content: bytes) -> Document:
    raise Refused("x")
