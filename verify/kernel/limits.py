"""The limits to what a stranger may ask for; beyond them nothing is decided. (Names and integers are bounded by their grammar.)"""

MOST_BYTES = 8_000_000  # of a file
MOST_NESTING = 60  # lists and objects inside each other
MOST_MARKS = 1_000_000  # strings and brackets in a file
MOST_DIGITS = 100_000  # of a rational in a file
MOST_CHARACTERS = 200_000  # of a text, that is, of a term or formula
MOST_LITERAL = 400  # digits of a number in a text
MOST_DEPTH = 40  # brackets and operators inside each other in a text
MOST_BITS = 1_000  # of a coefficient in a term
MOST_DEGREE = 40  # of a term
MOST_INPUTS = 10_000  # of a network
MOST_WORK = 60_000_000  # of one check; a unit is about a tenth of a microsecond, or two bytes kept
