"""The commands there are: their words, what they take, and where they live."""

from __future__ import annotations

from linkworker.shell.usage import EVERYWHERE, FLAGS, VALUED, Typed, WrongUsage


class Command:
    """One command: `words` call it, `about` names what follows, `options` what it takes."""

    def __init__(
        self,
        words: str,
        about: str,
        options: str,
        room: str,
        function: str,
        says: str,
        stands: str = "",
    ) -> None:
        self.words = tuple(words.split())
        self.about = tuple(about.split())
        self.options = tuple(options.split())
        self.room = room
        self.function = function
        self.says = says
        self.stands = stands
        """What was done, for somebody whom the answer did not reach; "" where nothing changes."""

    @property
    def usage(self) -> str:
        """Return the command as somebody would type it."""
        options = [f"[{name} {VALUED[name]}]" for name in self.options if name in VALUED]
        options += [f"[{name}]" for name in self.options if name in FLAGS]
        return " ".join(("linkworker", *self.words, *self.about, *options))


APP = Command("", "", "--screen-reader --version", "app", "open_app", "open the app")

COMMANDS = (
    APP,
    Command(
        "demo",
        "",
        "--fresh --years --patch --screen-reader",
        "app",
        "open_demo",
        "open the app on made-up people",
    ),
    Command(
        "new",
        "",
        "--name --role --patch",
        "records",
        "new",
        "set up records of your own here",
        "The records are made and the passphrase opens them, but their recovery key is shown once "
        "and was lost. Open the app over them, choose “Make a new recovery key” in its Settings, "
        "and keep that one on paper.",
    ),
    Command("people", "", "", "people", "list_people", "list everybody with their id"),
    Command(
        "import people",
        "FILE",
        "--dry-run --column --decide --begun",
        "importing",
        "import_people",
        "add people from a CSV file",
        "What could be imported is kept; 'linkworker undo' takes it back.",
    ),
    Command("find", "", "", "directory", "find", "find in the directory: words on input"),
    Command(
        "import places",
        "FILE",
        "",
        "directory",
        "import_places",
        "load where postcodes are, from a CSV file",
        "What was loaded stands in place of what was there.",
    ),
    Command(
        "import directory",
        "FILE",
        "--source --whole",
        "directory",
        "import_directory",
        "take in a council's directory, from a file or an address",
        "What came is kept; 'linkworker undo' takes it back.",
    ),
    Command(
        "set",
        "PERSON",
        "",
        "people",
        "set_fields",
        "change what is known: JSON on input",
        "The change is kept.",
    ),
    Command(
        "same-as",
        "SHOWN OTHER",
        "--reason",
        "people",
        "same_as",
        "show two records as one person",
        "They are shown as one person.",
    ),
    Command("apart", "ONE OTHER", "", "people", "apart", "part them again", "They are two again."),
    Command(
        "note",
        "PERSON",
        "",
        "notes",
        "note",
        "write a note: its words on input",
        "The note is kept; do not write it again.",
    ),
    Command("introductions", "", "--all", "introductions", "list_introductions", "list who waits"),
    Command(
        "introductions new",
        "",
        "",
        "introductions",
        "take_down",
        "take one down: JSON on input",
        "It was taken down; do not take it down again.",
    ),
    Command(
        "introductions accept",
        "WHICH",
        "--level --begun",
        "introductions",
        "accept",
        "walk alongside them from now on",
        "It is accepted.",
    ),
    Command(
        "introductions tried",
        "WHICH HOW",
        "",
        "introductions",
        "tried",
        "no-answer, voicemail, text or card",
        "The attempt is written down.",
    ),
    Command(
        "introductions end",
        "WHICH WHAT",
        "",
        "introductions",
        "end",
        "declined, could-not-reach, not-right-here: why on input",
        "It is written down.",
    ),
    Command(
        "introductions known",
        "WHICH PERSON",
        "",
        "introductions",
        "known",
        "join it to somebody known",
        "It is joined.",
    ),
    Command(
        "introductions told",
        "WHICH",
        "",
        "introductions",
        "told",
        "they were told today",
        "It is written down.",
    ),
    Command("gaps", "", "--all", "community", "list_gaps", "list what is missing"),
    Command(
        "gaps new",
        "",
        "",
        "community",
        "log_gap",
        "log a gap: JSON on input",
        "It was logged; do not log it again.",
    ),
    Command("diary", "", "--since --until", "community", "diary", "count the community diary"),
    Command("search", "", "--limit", "notes", "search", "find words: the words on input"),
    Command(
        "undo",
        "",
        "",
        "records",
        "undo",
        "take back the last thing done",
        "The last thing done was taken back.",
    ),
    Command(
        "export person",
        "PERSON",
        "--format --with-kept-apart",
        "exporting",
        "export_person",
        "write out one person's whole record",
    ),
    Command(
        "export caseload",
        "",
        "--format --with-kept-apart",
        "exporting",
        "export_caseload",
        "write out everybody's",
    ),
    Command(
        "import caseload",
        "FILE",
        "--dry-run",
        "exporting",
        "import_caseload",
        "bring what export wrote into empty records",
        "What could be imported is kept; 'linkworker undo' takes it back.",
    ),
    Command(
        "hand-over-sheet",
        "PERSON",
        "--all",
        "team",
        "hand_over_sheet",
        "print what the next one must know",
    ),
    Command("enrol", "", "--hub", "team", "enrol", "join a team: the invite code on input"),
    Command("sync", "", "--erase", "team", "sync", "send what waits and fetch what is new"),
    Command("open", "PERSON", "--reason", "team", "open_person", "open somebody for a day"),
    Command("told", "", "", "team", "told", "list who was opened for a day"),
    Command(
        "conflicts",
        "",
        "--with-kept-apart --reason",
        "team",
        "conflicts",
        "list what was written twice",
    ),
    Command(
        "conflicts settle",
        "WHICH",
        "--take --both --anew --with-kept-apart --reason",
        "team",
        "settle",
        "settle one of them",
    ),
    Command(
        "hub init",
        "",
        "--name --url --lead --key-file --database",
        "hub",
        "init",
        "make a hub for a team",
    ),
    Command(
        "hub serve",
        "",
        "--host --port --plain --behind-proxy --key-file --database",
        "hub",
        "serve",
        "let laptops come",
    ),
    Command(
        "hub upgrade",
        "",
        "--key-file --database",
        "hub",
        "upgrade",
        "bring its records to this release",
    ),
    Command("hub status", "", "--key-file", "hub", "status", "say who is there and what waits"),
    Command(
        "hub invite",
        "NAME",
        "--role --organisation --key-file",
        "hub",
        "invite",
        "invite a colleague",
    ),
    Command("hub role", "NAME", "--role --key-file", "hub", "role", "change somebody's role"),
    Command(
        "hub cover",
        "WHOM",
        "--by --until --reason --kept-apart --key-file",
        "hub",
        "cover",
        "let a colleague stand in",
    ),
    Command(
        "hub hand-over",
        "WHOM",
        "--to --reason --key-file",
        "hub",
        "hand_over",
        "give people to a colleague",
    ),
    Command(
        "hub share",
        "PERSON",
        "--with --opens --agreed --how --staying-safe --until --reason --key-file",
        "sharing",
        "share",
        "let another organisation in",
    ),
    Command(
        "hub stop-sharing",
        "PERSON",
        "--with --reason --key-file",
        "sharing",
        "stop_sharing",
        "close that again",
    ),
    Command("hub shared", "", "--key-file", "sharing", "shared", "list who is let in to whom"),
    Command("hub waiting", "", "--key-file", "hub", "waiting", "list what waits for a lead"),
    Command("hub let-in", "PERSON", "--key-file", "hub", "let_in", "let it into the record"),
    Command("hub same", "", "--key-file", "hub_same", "same", "list who may be the same person"),
    Command(
        "hub same-as",
        "SHOWN OTHER",
        "--reason --key-file",
        "hub_same",
        "same_as",
        "show two records as one person",
    ),
    Command(
        "hub not-same",
        "ONE OTHER",
        "--reason --key-file",
        "hub_same",
        "not_same",
        "say that they are two",
    ),
    Command(
        "hub apart",
        "ONE OTHER",
        "--reason --key-file",
        "hub_same",
        "apart",
        "part two joined records again",
    ),
    Command(
        "hub front-door",
        "FOLDER",
        "--areas --key-file",
        "hub_door",
        "front_door",
        "make a folder for a front door",
    ),
    Command(
        "hub partner",
        "NAME",
        "--key-file",
        "hub_door",
        "partner",
        "give a partner a key",
        "The partner has a new key, and it was lost. Type it again for another.",
    ),
    Command(
        "hub end-partner",
        "NAME",
        "--key-file",
        "hub_door",
        "end_partner",
        "end a partner's key",
    ),
    Command("hub leaver", "WORKER", "--key-file", "hub", "leaver", "somebody leaves the team"),
    Command("hub lost", "LAPTOP", "--key-file", "hub", "lost", "a laptop was lost"),
    Command("hub audit", "", "--key-file", "hub", "audit", "list who read and decided what"),
    Command("hub erase", "PERSON", "--reason --key-file", "hub", "erase", "erase somebody"),
    Command("hub backup", "FILE", "--key-file --backup-key", "hub", "backup", "copy the records"),
    Command(
        "hub restore",
        "FILE",
        "--key-file --backup-key --team-too",
        "hub",
        "restore",
        "put a copy back",
    ),
    Command("hub restored", "", "--key-file", "hub", "restored", "an older backup was put back"),
    Command(
        "front-door serve",
        "",
        "--host --port --certificate --key --behind-proxy",
        "front_door",
        "serve",
        "let people write to the team",
    ),
    Command("check", "", "", "records", "check", "look whether everything is whole"),
    Command(
        "rescue",
        "FOLDER",
        "",
        "records",
        "rescue",
        "save what reads of damaged records",
        "What could be saved is in the new folder.",
    ),
)


def command_of(typed: Typed) -> Command:
    """Return the command that was typed. Raises `WrongUsage` where it is none or takes not that."""
    found = max(
        (one for one in COMMANDS if tuple(typed.words[: len(one.words)]) == one.words),
        key=lambda one: len(one.words),
    )
    if typed.has("--help"):
        return found
    given = len(typed.words) - len(found.words)
    if found is APP and given:
        raise WrongUsage("There is no such command.")
    wanted = 0 if "--all" in found.options and typed.has("--all") else len(found.about)
    if given != wanted:
        raise WrongUsage(f"Type: {found.usage}")
    for name in typed.options:
        if name not in (*EVERYWHERE, *found.options):
            raise WrongUsage(f"{name} does not go with this. Type: {found.usage}")
    return found


def help_text(command: Command) -> str:
    """Return what to type: of one command, or of all where none was named."""
    if command is not APP:
        return f"{command.usage}\n\n{command.says[0].upper()}{command.says[1:]}.\n{_COMMON}"
    width = max(len(_short(one)) for one in COMMANDS) + 3
    lines = [f"  {_short(one):<{width}}{one.says}" for one in COMMANDS]
    return "\n".join(("A notebook for people who walk alongside people.", "", *lines)) + _COMMON


def _short(command: Command) -> str:
    return " ".join(("linkworker", *command.words, *command.about))


_COMMON = """

  --data DIR             the folder of the records (or LINKWORKER_DATA)
  --passphrase-file F    the passphrase is the first line of this file
  --json                 print one JSON document
  --help                 of one command: linkworker note --help

PERSON is an id or its first letters. Names and words about people never stand on the command
line: they come on standard input."""
