"""Words for YAML that cannot be read: what libyaml says, told to someone who writes plans.

Every function returns the fault, or the pair (what was expected, whole message).
"""

from __future__ import annotations

from yaml.error import MarkedYAMLError

from gouvernail.base.text import T, Text
from gouvernail.plan.faults import Fault, short, whole
from gouvernail.plan.location import Location

Words = tuple[Text, Text]

_INDENT = T("Lines of one element start in the same column, two spaces further in than what they belong to.")
_QUOTES = T("Put the text between quotes.")
_TAB = T("Indent with spaces: YAML does not allow tabs.")


def broken(file: str, text: str, error: MarkedYAMLError) -> Fault:
    """Return the fault for text that is not YAML."""
    mark = error.problem_mark or error.context_mark
    if "expected ':'" in str(error.problem):  # libyaml notices on the next line
        mark = error.context_mark or mark
    line = min(int(mark.line) + 1 if mark else 1, text.count("\n") + 1)
    written = text.split("\n")[line - 1] if text else ""
    expected, message = _words(str(error.problem), error, written, mark.column if mark else 0)
    return Fault(file, line, "", short(written), expected, None, message)


def _words(problem: str, error: MarkedYAMLError, written: str, column: int) -> Words:
    start = str(error.context_mark.line + 1 if error.context_mark else 1)
    at = written[column : column + 1]
    if "\t" in written[: len(written) - len(written.lstrip())] or at == "\t":
        return _say(T("This line is indented with a tab."), _TAB)
    if "cannot start any token" in problem:
        wrong = T("“{mark}” has a meaning of its own in YAML and cannot start a text.", mark=at)
        return _say(wrong, _QUOTES)
    if "mapping values are not allowed" in problem:
        wrong = T("A colon followed by a space stands where no field can start.")
        return _say(
            wrong,
            T(
                "Put a text that holds a colon between quotes, or mend the colon or indentation missing just above."
            ),
        )
    if "end of stream" in problem and "quoted" in str(error.context):
        wrong = T("A quotation mark opened on line {start} is never closed.", start=start)
        return _say(wrong, T("Close the quotation mark."))
    if "',' or" in problem:
        wrong = T(
            "A list or mapping in brackets, opened on line {start}, is not closed properly.", start=start
        )
        return _say(wrong, T("Separate its items with commas and close the bracket."))
    if "alias" in problem:
        return _say(
            T("An alias (*name) stands here for an anchor that does not exist."), T("Define &name first.")
        )
    if "expected ':'" in problem:
        return _say(T("A line here is no field: it has no colon."), T("Write “field: value”."))
    if "single document" in str(error.context) or "another document" in problem:
        return _say(T("The file holds several documents, separated by “---”."), T("One file holds one plan."))
    if "block" in str(error.context) or "expected" in problem:
        return _say(T("The indentation changes here in a way that YAML cannot follow."), _INDENT)
    return _say(T("This line is not valid YAML."), T("Check quotes, colons and indentation around it."))


def _say(wrong: Text, expected: Text) -> Words:
    return expected, whole(wrong, expected)


def _fault(file: str, line: int, words: Words, value: str | None = None) -> Fault:
    expected, message = words
    return Fault(file, line, "", value, expected, None, message)


def unreadable(file: str, reason: str) -> Fault:
    """Return the fault for characters that YAML does not allow."""
    wrong = T("The file holds characters that YAML does not allow.")
    return _fault(file, 1, _say(wrong, T("Save it as plain UTF-8 text.")), short(reason))


def control_character(file: str, line: int, character: str) -> Fault:
    """Return the fault for an invisible control character."""
    wrong = T("This line holds an invisible control character (U+{code}).", code=f"{ord(character):04X}")
    return _fault(file, line, _say(wrong, T("Delete the line and type it again.")))


def not_text(file: str) -> Fault:
    """Return the fault for a binary file."""
    wrong = T("This is not a text file.")
    return _fault(file, 1, _say(wrong, T("A plan is a YAML text file saved as UTF-8.")))


def not_utf8(file: str, line: int, words: str) -> Fault:
    """Return the fault for text saved in another encoding than UTF-8."""
    wrong = T("This line holds accented letters that are not saved as UTF-8 (perhaps as Windows-1252).")
    expected = T("Save the file again with the encoding UTF-8.")
    return _fault(file, line, _say(wrong, expected), short(words))


def missing_file(file: str) -> Fault:
    """Return the fault for a plan that is not there."""
    wrong = T("There is no plan here.")
    expected = T("Give a YAML file, or a folder of them; “gouvernail init” writes a first one.")
    return _fault(file, 1, _say(wrong, expected))


def cannot_open(file: str, reason: Text) -> Fault:
    """Return the fault for a file that the system does not let us read."""
    wrong = T("The file cannot be opened: {reason}.", reason=reason)
    return _fault(file, 1, _say(wrong, T("Check that it exists and that you may read it.")))


def too_large(file: str, limit: int) -> Fault:
    """Return the fault for a file far too large to be a plan."""
    wrong = T("The file is too large to be a plan.")
    return _fault(file, 1, _say(wrong, T("A plan has at most {n} MB.", n=limit // 2**20)))


def too_deep(file: str, line: int) -> Fault:
    """Return the fault for endless nesting."""
    wrong = T("Lists and mappings are nested too deeply here.")
    return _fault(file, line, _say(wrong, T("A plan has at most a dozen levels.")))


def too_many(file: str, line: int) -> Fault:
    """Return the fault for aliases that multiply."""
    wrong = T("The aliases (*name) of this file multiply into millions of values.")
    return _fault(file, line, _say(wrong, T("Write the elements out, or use fewer aliases.")))


def endless() -> Words:
    return _say(T("An anchor (&name) contains itself."), T("An alias may only repeat what is complete."))


def key_not_text() -> Words:
    return _say(T("The name of a field must be a text."), T("Write “field: value”."))


def twice(key: str, line: int) -> Words:
    wrong = T("“{field}” is written twice: it already stands on line {line}.", field=key, line=str(line))
    return _say(wrong, T("Keep one of them."))


def merge_not_mapping() -> Words:
    return _say(T("“<<” can only bring in the fields of a mapping."), T("Write “<<: *name”."))


def tag(name: str) -> Words:
    wrong = T("The tag “{tag}” is not understood.", tag=name)
    return _say(wrong, T("Write the value without a tag."))


def not_a_plan(file: str) -> Fault:
    """Return the fault for a file whose root is a list or a text."""
    wrong = T("The file does not start with the sections of a plan.")
    expected = T("Write sections such as “objectives:” at the left margin.")
    return _fault(file, 1, _say(wrong, expected))


def unknown_section(place: Location, name: str, suggestion: str | None) -> Fault:
    """Return the fault for a section that no plan has."""
    wrong = T("“{name}” is not a section of a plan.", name=name)
    expected = T("See “gouvernail init” for a plan with all its sections.")
    message = whole(wrong, expected, suggestion)
    return Fault(place.file, place.line, name, None, expected, suggestion, message)


def section_not_list(place: Location, name: str) -> Fault:
    """Return the fault for a section that holds something else than elements."""
    wrong = T("The section “{name}” must be a list of elements.", name=name)
    expected = T("Write each element as “- id: …” followed by its fields.")
    return Fault(place.file, place.line, name, None, expected, None, whole(wrong, expected))


def section_twice(place: Location, name: str, first: Location) -> Fault:
    """Return the fault for a setting that two files of a folder give."""
    wrong = T("“{name}” is given twice: it already stands at {where}.", name=name, where=str(first))
    expected = T("Keep one of them.")
    return Fault(place.file, place.line, name, None, expected, None, whole(wrong, expected))


def same_id(place: Location, path: str, id: str, first: Location) -> Fault:
    """Return the fault for an id that two elements have."""
    wrong = T("The id “{id}” is already taken at {where}.", id=id, where=str(first))
    expected = T("Every element has an id of its own.")
    return Fault(place.file, place.line, path, id, expected, None, whole(wrong, expected))


def wrong_version(place: Location, value: str, current: int) -> Fault:
    """Return the fault for a version that is no number."""
    wrong = T("“{value}” is not a version of the plan format.", value=value)
    expected = T("Write “version: {current}”.", current=str(current))
    message = whole(wrong, expected, str(current))
    return Fault(place.file, place.line, "version", short(value), expected, str(current), message)


def newer_version(place: Location, value: str, current: int) -> Fault:
    """Return the fault for a plan of a version that this program does not know yet."""
    wrong = T("This plan was made by a newer Gouvernail (format {value}).", value=value)
    expected = T("Update Gouvernail: this one reads formats up to {current}.", current=str(current))
    return Fault(place.file, place.line, "version", short(value), expected, None, whole(wrong, expected))
