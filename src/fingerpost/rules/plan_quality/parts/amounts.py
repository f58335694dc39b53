# SPDX-License-Identifier: Apache-2.0
"""The figures of a provision line: how much, how long, how often, until when, with how many."""

import re

_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|forty-five"
    "|fifty|sixty|ninety"
)
NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?:\s?\u00bd)?|\u00bd|half an?|(?:a )?quarter of an|an?(?= (?:hour|half hour))"
    rf"|{_SMALL})"
)
_RANGE = rf"{NUMBER}(?:\s*(?:-|\u2013|to|or|x|\u00d7)\s*{NUMBER})*"
_BETWEEN = (
    r"(?:(?:school|full|further|separate|individual|direct|indirect|weekly|daily|planned|short|half"
    r"|one-to-one|1:1|small|taught|"
    r"therapy|training|teaching|face-to-face|consecutive|whole|named|other|timetabled|term-time|clock"
    r"|group|adult-led|minute|hour|x|\u00d7|of|different|familiar|trained|joint|supervised)[ -]){0,3}"
)
_UNIT = (
    r"(?:min(?:ute)?s?|hours?|hrs?|times?|sessions?|days?|weeks?|terms?|half[- ]terms?|pupils?|students?"
    r"|children|adults?|"
    r"visits?|lessons?|months?|nights?|occasions?|meetings?|clinics?|appointments?|fortnights?|peers?"
    r"|classmates?|others)"
)
_PERIOD = (
    r"(?:day|school day|week|school week|fortnight|month|term|half[- ]term|year|academic year|lesson"
    r"|morning|afternoon|night|evening|weekend|session|hour|weekday)"
)
# From one time of the day to another says how long, as "8.30 to 8.50" does.
_SPAN = (
    r"\d{1,2}[.:]\d{2} ?(?:[ap]m)? ?(?:to|and|until|-|\u2013) ?\d{1,2}(?:[.:]\d{2})?(?: ?[ap]m)?\b"
    r"|\b(?:from|between|,) ?\d{1,2} (?:to|and|until) \d{1,2}(?:[.:]\d{2})?(?=[,;.)]| (?:on|each|every|in|at)\b)"
    r"|\b\d{1,2} (?:to|until) \d{1,2}[.:]\d{2}\b"
    r"|\b\d{1,2}(?:[.:]\d{2})? ?[ap]m ?(?:to|and|until|-|\u2013) ?\d{1,2}(?:[.:]\d{2})? ?[ap]m\b"
)
_LONG_DAY = (
    r"\b(?:half an?|one|two|three|four|half|whole|full|an? (?:half|whole|full)|\d|two half)[ -](?:school )?days?\b"
    r"(?! (?:a|per|each|every|of the|in the|out of) (?:week|school week)| (?:out of|in|a week|per week))"
)
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|autumn|spring|summer)"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"

AMOUNT = re.compile(
    rf"{_SPAN}|(?<![\w./])(?:{_RANGE})[ -]*{_BETWEEN}{_UNIT}\b|\b(?:once|twice|thrice)\b", re.IGNORECASE
)
DURATION = re.compile(
    rf"{_SPAN}|{_LONG_DAY}|(?<![\w./:])(?:{_RANGE})[ -]*(?:x |of )?(?:full |clock )?(?:min(?:ute)?s?|hours?"
    rf"|hrs?|h)\b|\b(?:all"
    r"|whole|full) (?:day|lesson|session)s?\b"
    r"|\b(?:in|throughout|during|for) (?:all|every|each) (?:\w+ ){0,2}(?:lessons?|breaks?|sessions?"
    r"|mealtimes?)\b|\bovernight\b|\ball (?:of )?(?:the |his |her |their |my |\w+ )(?:\w+ )?hours\b",
    re.IGNORECASE,
)
FREQUENCY = re.compile(
    rf"\b(?:daily|weekly|fortnightly|monthly|termly|half[- ]termly|yearly|annually|nightly|hourly)\b"
    rf"|\b(?:each|every|a|an|per)(?: (?:single|second|other|two|three|four|six|\d+))? {_PERIOD}s?\b"
    r"|\b(?:once|twice|thrice)\b|/(?:week|day|term|year)\b"
    rf"|\b{NUMBER} (?:times|sessions|visits|days|lessons|mornings|afternoons)\b|\b(?:on|every|each) {_DAY}"
    rf"|\b{_DAY}(?:, | and | & ){_DAY}|\b(?:every|each|all) (?:\w+ ){{0,2}}(?:lessons?|breaks?|lunchtimes?"
    r"|mealtimes?|playtimes?|mornings?|sessions?|tests?)\b"
    rf"|\b(?:each|every) {_MONTH}\b|\bin {_MONTH}(?:, {_MONTH})*,? and (?:each )?{_MONTH}\b"
    rf"|\b{_DAY}s\b|\b\d+\s*x\s*(?:per |a )?(?:week|day|weekly|daily|\d+)"
    rf"|\bevery (?:{NUMBER}|second|other) (?:working days"
    rf"|school days|days|minutes|hours"
    r"|weeks|months)\b|\btwice a\b",
    re.IGNORECASE,
)
UNTIL = re.compile(
    rf"\b(?:for|over|across) (?:a (?:period|total) of |the (?:first|next) )?{NUMBER}[ -](?:\w+ )?(?:weeks?"
    r"|months?|terms?|half[- ]terms?|years?)\b"
    rf"|\b{NUMBER} (?:school |teaching |term-time )?weeks? (?:a|per|of the|each|in the) (?:school "
    rf"|academic )?(?:year|term)\b|\b{NUMBER} weeks?/year\b|\buntil\b|\bterm[- ]time\b"
    r"|\b(?:throughout|for) (?:the |each )?(?:whole |full |rest of the |remainder of the )?(?:school "
    r"|academic )?(?:year|key stage|phase|term|course|placement)\b"
    r"|\bfrom\b.{3,40}?\b(?:to|until)\b|\b(?:to|by) the end of\b|\b(?:each|every) school (?:day|week)\b"
    r"|\bduring the (?:school|academic) year\b|\b3[89] weeks\b",
    re.IGNORECASE,
)
RATIO = re.compile(
    r"\b\d{1,2}\s?:\s?\d{1,2}\b(?!\d)|\bone[- ]to[- ]one\b|\b1[- ](?:to[- ])?1\b"
    r"|\bindividual(?:ly)?\b|\b(?:group|class|set|pair)s? (?:of|with) (?:(?:no more than|up to|at most|a "
    rf"maximum of|between|max\.?) )?{NUMBER}\b|\bin pairs\b|\bpaired\b"
    rf"|\b(?:no more than|maximum(?: of)?|max\.?|at most|not more than|fewer than) {NUMBER}\b|\b{NUMBER} "
    r"(?:named |familiar |other |chosen )?(?:pupils?|peers?|classmates?|children|students?|adults?)\b"
    r"|\b2[- ]to[- ]1\b",
    re.IGNORECASE,
)
GROUP = re.compile(r"\b(?:small |social |nurture |therapy )?group(?:s|work)?\b|\bsmall class", re.IGNORECASE)
PLACE = re.compile(
    r"\b(?:in|at|outside|within) (?:the |a |an |his |her |their |all |each |every |maths|english|science"
    r"|class)(?:\w+[ -]){0,3}?(?:class(?:room)?s?|rooms?|lessons?|playground|hall|base|hub|library|space"
    r"|area|school|home|clinic|setting|nursery|college|corridor|gym|pool|lunch|break|start|end"
    r"|assembl\w+)\b"
    r"|\b(?:before|after|during|at) (?:the |each |every |all |school |morning |afternoon )*(?:lunch\w*"
    r"|break\w*|registration|assembl\w+|lessons?|playtime|school|arrival|class|maths|english|science"
    r"|literacy|phonics|mealtimes?|swimming|pe|tutor time|home ?time)\b"
    r"|\b\d{1,2}[:.]\d{2}\s?(?:am|pm)?\b|\bin (?:class|lessons|maths|english|science|phonics|pe|school)\b"
    r"|\bon arrival\b",
    re.IGNORECASE,
)
CHECK = re.compile(
    r"\b(?:review(?:s|ed|ing)?|check(?:s|ed)?|evaluat(?:es?|ed)|monitor(?:s|ed)|re-?assess(?:es|ed)?"
    r"|measur(?:es|ed)|record(?:s|ed)|observ(?:es|ed)|track(?:s|ed)|audit(?:s|ed)|supervis(?:es|ed)"
    r"|progress (?:is|will be))\b",
    re.IGNORECASE,
)
TRAINING = re.compile(
    r"\b(?:trained (?:in|by|to|and)|training (?:in|from|by|on)|qualifi(?:ed|cation)|hcpc|registered"
    r"|accredited|level \d|certificate|diploma|licen[cs]ed|experienced? (?:in|with|of)|supervised by"
    r"|mandatory|\w+-trained|degree|specialist)\b",
    re.IGNORECASE,
)
FLOOR = re.compile(
    r"\b(?:at least|no less than|not less than|a minimum of|minimum|no fewer than)\b", re.IGNORECASE
)
