"""Section 2 of SPEC.md: the JSON of records, the shapes of values, and JCS."""

import datetime
import json
import re

MAX = 2**53 - 1
PLAIN = re.compile(r"[ !#-\[\]-~]*\Z")
ID = re.compile(r"[A-Za-z0-9_.@+:-]{1,64}\Z")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\Z")
HEX = re.compile(r"[0-9a-f]*\Z")


class Malformed(ValueError):
    """A value with the wrong shape."""


def parse(text):
    """JSON text of the subset."""
    if "\\" in text:
        raise Malformed("an escape")

    def members(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise Malformed("a duplicate key")
        return dict(pairs)

    def reject(spelling):
        raise Malformed("a number spelled " + spelling)

    def whole(spelling):
        return reject(spelling) if spelling.startswith("-") else int(spelling)

    return json.loads(text, object_pairs_hook=members, parse_float=reject, parse_constant=reject, parse_int=whole)


def canonical(value):
    """JCS of a value of the subset."""
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    if type(value) is str:
        return '"' + value + '"'
    if type(value) is list:
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in sorted(value)) + "}"


# --- shapes: functions that raise Malformed, or return nothing


def require(condition, path, expected):
    if not condition:
        raise Malformed(f"{path} must be {expected}")


def integer(least, most=MAX):
    def check(value, path):
        require(type(value) is int and least <= value <= most, path, f"an integer from {least} to {most}")

    return check


def hexadecimal(size):
    def check(value, path):
        require(type(value) is str and len(value) == 2 * size and HEX.match(value), path, f"{2 * size} lowercase hex digits")

    return check


def one_of(*texts):
    def check(value, path):
        require(type(value) is str and value in texts, path, " or ".join(texts))

    return check


def text(value, path):
    require(type(value) is str and 1 <= len(value) <= 64 and PLAIN.match(value), path, "1 to 64 plain characters")


def entry_id(value, path):
    require(type(value) is str and ID.match(value), path, "an entry id")


def time(value, path):
    require(type(value) is str and TIME.match(value), path, "a time")
    try:
        milliseconds(value)
    except ValueError:
        raise Malformed(f"{path} must be a time that exists") from None


def milliseconds(value):
    """Milliseconds since 1970 of a time."""
    moment = datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
    return (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(milliseconds=1)


def integer_or(word, low):
    """An integer of at least low, or this one word."""
    number = integer(low)
    return lambda value, path: None if value == word else number(value, path)


def or_null(check):
    return lambda value, path: None if value is None else check(value, path)


def array(check):
    def check_all(value, path):
        require(type(value) is list, path, "an array")
        for at, item in enumerate(value):
            check(item, f"{path}[{at}]")

    return check_all


def shape(**checks):
    def check_keys(value, path):
        require(type(value) is dict, path, "an object")
        for key in value:
            require(key in checks, f"{path}.{key}", "one of the known keys")
        for key, check in checks.items():
            require(key in value, f"{path}.{key}", "there")
            check(value[key], f"{path}.{key}")

    return check_keys
