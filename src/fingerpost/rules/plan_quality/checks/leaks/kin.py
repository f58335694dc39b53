# SPDX-License-Identifier: Apache-2.0
"""Words for relatives, as plans call them."""

KIN = (
    r"(?:mother|mum|father|dad|step-?(?:mother|father|dad|mum)|brother|sister|sibling|parent|grand\w+|aunt"
    r"|uncle|cousin|carer)s?'?s?"
)
