"""The command line: the same things without the screen, for scripts, support and checks.

`usage` reads what was typed, `commands` lists what there is, and each other file holds the
commands of one subject, imported when one of them is called. Names and words about people never
stand in a process's arguments, where every program on the machine can read them: a person is the
first letters of an id, and words come on standard input.

Exit status: 0 done; 1 refused or partly done, with the reason on standard error; 2 wrong usage;
3 done, but the answer could not be written out: standard error says what stands.
"""
