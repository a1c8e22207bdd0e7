"""Sections 3 to 6 of SPEC.md: entries, root, proofs, seeds, beacon, stream and draw."""

import base64
import hashlib
import re

import bls12381
from strict_json import ID, MAX

PROTOCOL = "eungmo-draw/1"
CHAIN_HASH = bytes.fromhex("52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971")
PUBLIC_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc2"
    "2b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
GENESIS_MS = 1692803367000


class Invalid(ValueError):
    """A list, a proof or a draw that is not possible."""


def sha256(data):
    return hashlib.sha256(data).digest()


def tag(name):
    return f"{PROTOCOL} {name}".encode("ascii") + b"\x00"


def sized(value):
    data = value.encode("ascii")
    if not 1 <= len(data) <= 64:
        raise Invalid("a text must have 1 to 64 characters")
    return bytes([len(data)]) + data


def u32(value):
    return value.to_bytes(4, "big")


def u64(value):
    return value.to_bytes(8, "big")


# --- section 3


def person(salt, phone):
    return sha256(tag("person") + salt + sized(phone))


def entry_id(event_id, application_number, person_hash):
    digest = sha256(tag("entry") + sized(event_id) + sized(application_number) + person_hash)
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def canonical_list(entries):
    """Entries (id, tickets, reason) in canonical order."""
    for entry, tickets, reason in entries:
        if type(entry) is not str or not ID.match(entry):
            raise Invalid(f"entry {entry!r}: wrong id")
        if type(tickets) is not int or type(reason) is not int or not 0 <= reason <= 7:
            raise Invalid(f"entry {entry}: tickets and reason must be integers")
        if not (1 <= tickets <= MAX if reason == 0 else tickets == 0):
            raise Invalid(f"entry {entry}: {tickets} tickets with reason {reason}")
    ordered = sorted(entries)
    for before, after in zip(ordered, ordered[1:]):
        if before[0] == after[0]:
            raise Invalid(f"entry {after[0]} is in the list twice")
    if not 1 <= sum(entry[1] for entry in ordered) <= MAX or len(ordered) > 2**31 - 1:
        raise Invalid("the list must have 1 to 2^53 - 1 tickets")
    return ordered


def parse_csv(text):
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[-1] == "":
        lines.pop()
    lines = [line.removesuffix("\r") for line in lines]
    names = lines[0].split(",") if lines else []
    if "id" not in names or len(set(names)) != len(names) or not set(names) <= {"id", "tickets", "reason"}:
        raise Invalid("the first line must be id,tickets,reason")
    entries = []
    for number, line in enumerate(lines[1:], 2):
        fields = line.split(",")
        if len(fields) != len(names):
            raise Invalid(f"line {number} must have {len(names)} fields")
        row = dict(zip(names, fields))
        reason = plain_integer(row.get("reason", "0"), number)
        entries.append((row["id"], plain_integer(row.get("tickets", "1" if reason == 0 else "0"), number), reason))
    return entries


def plain_integer(text, line):
    if not re.fullmatch("0|[1-9][0-9]{0,15}", text):
        raise Invalid(f"line {line}: {text!r} is not an integer in plain digits")
    return int(text)


def leaf(entry):
    name, tickets, reason = entry
    return tickets, sha256(b"\x00" + u64(tickets) + bytes([reason]) + name.encode("ascii"))


def node(left, right):
    return left[0] + right[0], sha256(b"\x01" + u64(left[0]) + left[1] + u64(right[0]) + right[1])


def top(ordered):
    if len(ordered) == 1:
        return leaf(ordered[0])
    split = 1 << ((len(ordered) - 1).bit_length() - 1)
    return node(top(ordered[:split]), top(ordered[split:]))


def root(event_id, count, top_node):
    return sha256(tag("root") + sized(event_id) + u64(count) + u64(top_node[0]) + top_node[1]).hex()


def proof_offset(proof, lock):
    """The tickets before the entry that an inclusion proof shows."""
    count = lock["entryCount"]
    first, last, offset = proof["index"], count - 1, 0
    if first >= count:
        raise Invalid("the index is beyond the list")
    current = leaf((proof["id"], proof["tickets"], proof["reason"]))
    for total, digest in proof["siblings"]:
        if last == 0:
            raise Invalid("too many siblings")
        while first % 2 == 0 and first == last:
            first, last = first // 2, last // 2
        if total + current[0] > MAX:
            raise Invalid("the sums are too large")
        sibling = (total, bytes.fromhex(digest))
        if first % 2:
            offset += total
            current = node(sibling, current)
        else:
            current = node(current, sibling)
        first, last = first // 2, last // 2
    if last or current[0] != lock["totalTickets"] or root(lock["eventId"], count, current) != lock["entriesRoot"]:
        raise Invalid("the proof does not lead to the root")
    return offset


# --- section 5


def previous_secret(event_id, secret):
    return sha256(tag("chain") + sized(event_id) + bytes.fromhex(secret)).hex()


def seed(event_id, attempt, entries_root, server_seed, round_number, signature):
    beacon = b"\x00"
    if round_number is not None:
        beacon = b"\x01" + CHAIN_HASH + u64(round_number) + sha256(bytes.fromhex(signature))
    secret = bytes(32) if server_seed is None else bytes.fromhex(server_seed)
    start = tag("seed") + sized(event_id) + u32(attempt) + bytes.fromhex(entries_root)
    return sha256(start + secret + beacon).hex()


def due_round(at_ms, delay):
    return 1 + -(-(at_ms + 1000 * delay - GENESIS_MS) // 3000)


def is_beacon(round_number, signature):
    return bls12381.is_signature(PUBLIC_KEY, sha256(u64(round_number)), bytes.fromhex(signature))


# --- section 6


def quarter_round(s, a, b, c, d):
    for x, y, z, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        s[x] = (s[x] + s[y]) & 0xFFFFFFFF
        mixed = s[z] ^ s[x]
        s[z] = ((mixed << turn) | (mixed >> (32 - turn))) & 0xFFFFFFFF


COLUMNS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15))
DIAGONALS = ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))


def stream(seed_hex):
    """The bytes of the ChaCha20 stream, one after the other."""
    key = bytes.fromhex(seed_hex)
    words = [int.from_bytes(key[at : at + 4], "little") for at in range(0, 32, 4)]
    counter = 0
    while True:
        start = [0x61707865, 0x3320646E, 0x79622D32, 0x6B206574, *words, counter, 0, 0, 0]
        state = start[:]
        for _ in range(10):
            for places in COLUMNS + DIAGONALS:
                quarter_round(state, *places)
        for before, after in zip(start, state):
            yield from ((before + after) & 0xFFFFFFFF).to_bytes(4, "little")
        counter += 1


def below(source, limit):
    while True:
        data = bytes(next(source) for _ in range(8))
        x = (int.from_bytes(data[4:], "little") % 2**21) * 2**32 + int.from_bytes(data[:4], "little")
        r = x % limit
        if x - r <= 2**53 - limit:
            return r


def sample(tickets, count, seed_hex, struck):
    """Draws (index, remaining, r), rank by rank."""
    left = [0 if index in struck else own for index, own in enumerate(tickets)]
    source, drawn = stream(seed_hex), []
    for _ in range(count):
        remaining = sum(left)
        r = below(source, remaining)
        before, index = 0, 0
        while r >= before + left[index]:
            before += left[index]
            index += 1
        drawn.append((index, remaining, r))
        left[index] = 0
    return drawn
