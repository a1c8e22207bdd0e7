"""Sections 4 and 7 to 10 of SPEC.md: records, transcript, and the checks in their order."""

import ed25519
import strict_json as js
from protocol import (
    PROTOCOL,
    Invalid,
    canonical_list,
    due_round,
    entry_id,
    is_beacon,
    previous_secret,
    root,
    sample,
    seed,
    sha256,
    tag,
    top,
)

MAX_DRAWN = 10_000
COUNT, COUNT_OR_0, ENTRIES = js.integer(1, MAX_DRAWN), js.integer(0, MAX_DRAWN), js.integer(1, 2**31 - 1)
PER_ENTRY = "per-entry"
RESERVED_REASONS = (6, 7)
HEAD = dict(v=js.one_of(PROTOCOL), eventId=js.text, seq=js.integer(0), prev=js.hexadecimal(32), at=js.time)
DRAWN = js.shape(
    rank=COUNT,
    index=js.integer(0, 2**31 - 2),
    id=js.entry_id,
    tickets=js.integer(1),
    remaining=js.integer(1),
    r=js.integer(0),
)
SHAPES = {
    "rules": js.shape(
        **HEAD,
        type=js.one_of("rules"),
        winnerCount=COUNT,
        alternateCount=COUNT_OR_0,
        visitBonus=js.or_null(js.integer_or(PER_ENTRY, 0)),
        visitProof=js.one_of("static", "rotating"),
        endsAt=js.or_null(js.time),
        drawAt=js.or_null(js.time),
        claimDays=js.or_null(js.integer(1, 365)),
        sitOutMonths=js.integer(0, 120),
        beacon=js.one_of("none", "quicknet"),
        beaconDelay=js.integer(15, 604800),
        seedCommitment=js.hexadecimal(32),
        operatorKey=js.or_null(js.hexadecimal(32)),
        textHash=js.or_null(js.hexadecimal(32)),
    ),
    "lock": js.shape(
        **HEAD,
        type=js.one_of("lock"),
        attempt=js.integer(1, 256),
        algorithm=js.one_of("strike-out/chacha20/1"),
        entryCount=ENTRIES,
        eligibleCount=ENTRIES,
        totalTickets=js.integer(1),
        entriesRoot=js.hexadecimal(32),
        winnerCount=COUNT,
        alternateCount=COUNT_OR_0,
        visitBonus=js.integer_or(PER_ENTRY, 0),
        serverSeed=js.or_null(js.hexadecimal(32)),
        round=js.or_null(js.integer(1)),
    ),
    "result": js.shape(
        **HEAD,
        type=js.one_of("result"),
        attempt=js.integer(1, 256),
        signature=js.or_null(js.hexadecimal(48)),
        seed=js.hexadecimal(32),
        draws=js.array(DRAWN),
    ),
    "withdraw": js.shape(
        **HEAD,
        type=js.one_of("withdraw"),
        slot=COUNT,
        reason=js.one_of("unreachable", "deadline", "declined", "ineligible", "withdrawn"),
        filledBy=js.or_null(COUNT),
    ),
    "cancel": js.shape(**HEAD, type=js.one_of("cancel")),
}
RECEIPT = js.shape(
    receipt=js.shape(
        v=js.one_of(PROTOCOL),
        type=js.one_of("receipt"),
        eventId=js.text,
        rules=js.hexadecimal(32),
        id=js.entry_id,
        applicationNumber=js.text,
        person=js.hexadecimal(32),
        visited=js.integer(0, 1),
        n=js.integer(0),
        at=js.time,
    ),
    signature=js.hexadecimal(64),
)


AMENDABLE_BEFORE_LOCK = (
    "winnerCount",
    "alternateCount",
    "visitBonus",
    "visitProof",
    "endsAt",
    "drawAt",
    "claimDays",
    "beaconDelay",
    "textHash",
)


class CheckError(Exception):
    """The first error, with its step."""

    def __init__(self, step, message):
        super().__init__(f"{step}: {message}")
        self.step = step


def check(step, condition, message):
    if not condition:
        raise CheckError(step, message)


def record_shape(value, path):
    js.require(type(value) is dict and type(value.get("type")) is str and value["type"] in SHAPES, path, "a record")
    SHAPES[value["type"]](value, path)


TRANSCRIPT = js.shape(
    v=js.one_of(PROTOCOL),
    records=js.array(record_shape),
    signatures=js.array(js.or_null(js.hexadecimal(64))),
    openings=js.array(
        js.shape(index=js.integer(0, 2**31 - 2), applicationNumber=js.text, person=js.hexadecimal(32))
    ),
    head=js.hexadecimal(32),
)


def record_hash(record):
    return sha256(tag("record") + js.canonical(record).encode("ascii")).hex()


def receipt_signed(operator_key, receipt, signature):
    message = tag("receipt") + sha256(js.canonical(receipt).encode("ascii"))
    return ed25519.is_signature(bytes.fromhex(operator_key), message, bytes.fromhex(signature))


def verify(transcript, entries, anchors):
    """Raises the first CheckError; returns 'consistent' or 'anchored', and how many beacon signatures were checked."""
    try:
        TRANSCRIPT(transcript, "transcript")
        js.require(transcript["records"], "transcript.records", "at least one record")
        js.require(len(transcript["records"]) == len(transcript["signatures"]), "signatures", "one for each record")
    except js.Malformed as error:
        raise CheckError("shapes", str(error)) from None
    records = transcript["records"]
    hashes = [record_hash(record) for record in records]
    check_chain(records, hashes)
    check_rules(records)
    attempts = attempts_of(records)
    check_seed_chain(attempts)
    ordered = check_list(attempts, entries)
    for lock, _, rules in attempts:
        due = None
        if rules["beacon"] == "quicknet":
            due = due_round(js.milliseconds(lock["at"]), rules["beaconDelay"])
        check("round", lock["round"] == due, f"lock {lock['attempt']} names {lock['round']}, due is {due}")
    beacons = check_beacons(attempts)
    for lock, result, _ in attempts:
        if result:
            names = ("eventId", "attempt", "entriesRoot", "serverSeed", "round")
            check("seed", seed(*(lock[name] for name in names), result["signature"]) == result["seed"], "another seed")
    if attempts:
        check_draws(attempts, ordered)
    winners = check_vacancies(records)
    check_openings(transcript["openings"], winners, records[0]["eventId"])
    check_signatures(transcript, hashes)
    check_anchors(anchors, records, hashes, attempts, ordered)
    return ("anchored" if anchors else "consistent"), beacons


def check_chain(records, hashes):
    before, attempts, results = None, 0, 0
    for seq, record in enumerate(records):
        where, kind = f"record {seq}", record["type"]
        check("chain", record["eventId"] == records[0]["eventId"], f"{where}: another event")
        check("chain", record["seq"] == seq, f"{where}: seq")
        check("chain", record["prev"] == (hashes[seq - 1] if seq else "0" * 64), f"{where}: prev")
        check("chain", before is None or before["at"] <= record["at"], f"{where}: goes back in time")
        check("chain", before is not None or kind == "rules", "the first record must be rules")
        check("chain", before is None or before["type"] != "cancel", f"{where}: after the cancellation")
        check("chain", kind != "cancel" or not attempts, f"{where}: cancelled after a lock")
        after_lock = before is not None and before["type"] == "lock"
        check("chain", after_lock == (kind == "result"), f"{where}: a result follows its lock, and only there")
        if kind == "lock":
            attempts += 1
        if kind in ("lock", "result"):
            check("chain", record["attempt"] == attempts, f"{where}: attempt")
        results += kind == "result"
        check("chain", kind != "withdraw" or results, f"{where}: a withdrawal before any result")
        before = record
    check("chain", results or records[-1]["type"] == "cancel", "nothing was drawn yet")


def check_rules(records):
    rules, locked = None, None
    for record in records:
        if record["type"] == "lock":
            if locked is None:
                locked = record
                check_first_lock(rules, record)
            check("rules", record["visitBonus"] == locked["visitBonus"], "a later lock has another bonus")
        if record["type"] != "rules":
            continue
        check("rules", record["winnerCount"] + record["alternateCount"] <= MAX_DRAWN, "too many are to be drawn")
        if rules is not None:
            for key in ("seedCommitment", "operatorKey", "sitOutMonths"):
                check("rules", rules[key] == record[key], f"{key} was changed")
            check("rules", not (rules["beacon"] == "quicknet" and record["beacon"] == "none"), "quicknet became none")
            for key in AMENDABLE_BEFORE_LOCK:
                check("rules", locked is None or rules[key] == record[key], f"{key} was changed after lock 1")
        rules = record


def check_first_lock(rules, lock):
    check("rules", lock["winnerCount"] == rules["winnerCount"], "lock 1 has another winnerCount than the rules")
    left = max(0, min(rules["alternateCount"], lock["eligibleCount"] - lock["winnerCount"]))
    check("rules", lock["alternateCount"] == left, f"lock 1 must draw {left} alternates")
    for key in ("endsAt", "drawAt"):
        check("rules", rules[key] is None or lock["at"] >= rules[key], f"lock 1 is before {key}")
    allowed = (0, 1) if rules["visitBonus"] is None else (rules["visitBonus"],)
    check("rules", lock["visitBonus"] in allowed, "lock 1 has a bonus that the rules do not allow")


def attempts_of(records):
    attempts, rules = [], None
    for at, record in enumerate(records):
        if record["type"] == "rules":
            rules = record
        if record["type"] == "lock":
            attempts.append((record, records[at + 1] if at + 1 < len(records) else None, rules))
    return attempts


def check_seed_chain(attempts):
    commitment = attempts[0][2]["seedCommitment"] if attempts else None
    for lock, _, rules in attempts:
        secret = lock["serverSeed"]
        if secret is None:
            check("seed-chain", rules["beacon"] == "quicknet", "no secret and no beacon")
        else:
            check("seed-chain", commitment is not None, "a secret after a lost one")
            check("seed-chain", previous_secret(lock["eventId"], secret) == commitment, "not the committed secret")
        commitment = secret


def check_list(attempts, entries):
    if not attempts:
        check("list", not entries, "a cancelled event has no list")
        return []
    try:
        ordered = canonical_list(entries)
    except Invalid as error:
        raise CheckError("list", str(error)) from None
    total = sum(entry[1] for entry in ordered)
    eligible = sum(entry[1] > 0 for entry in ordered)
    first, _, _ = attempts[0]
    for name, _, reason in ordered:
        check("list", reason not in RESERVED_REASONS, f"entry {name} has a reserved reason")
    expected = {
        "entryCount": len(ordered),
        "eligibleCount": eligible,
        "totalTickets": total,
        "entriesRoot": root(first["eventId"], len(ordered), top(ordered)),
    }
    for lock, _, _ in attempts:
        for key, value in expected.items():
            check("list", lock[key] == value, f"lock {lock['attempt']} has another {key} than the list")
    bonus = first["visitBonus"]
    for name, tickets, reason in ordered:
        check("list", bonus == PER_ENTRY or reason or tickets in (1, 1 + bonus), f"entry {name} has {tickets} tickets")
    return ordered


def check_beacons(attempts):
    checked = 0
    for lock, result, _ in attempts:
        if result is None:
            continue
        signature = result["signature"]
        check("signature", (lock["round"] is None) == (signature is None), "signature and round do not go together")
        if signature is not None:
            check("signature", is_beacon(lock["round"], signature), f"not quicknet's for round {lock['round']}")
            checked += 1
    return checked


def check_draws(attempts, ordered):
    struck = set()
    for lock, result, _ in attempts:
        count = lock["winnerCount"] + lock["alternateCount"]
        left = sum(entry[1] > 0 for entry in ordered) - len(struck)
        check("draws", count <= left, f"{count} to be drawn, {left} left")
        if result is None:
            continue
        drawn = sample([entry[1] for entry in ordered], count, result["seed"], struck)
        expected = [
            {"rank": at + 1, "index": i, "id": ordered[i][0], "tickets": ordered[i][1], "remaining": left, "r": r}
            for at, (i, left, r) in enumerate(drawn)
        ]
        check("draws", result["draws"] == expected, f"result {lock['attempt']} differs from the draw")
        struck.update(index for index, _, _ in drawn)


def check_vacancies(records):
    """Returns the ids of all who hold or held a slot, by index."""
    slots, waiting, winners, first = {}, [], {}, None

    def put(slot, drawn):
        slots[slot] = drawn
        winners[drawn["index"]] = drawn["id"]

    for record in records:
        empty = sorted(slot for slot, holder in slots.items() if holder is None)
        if record["type"] == "lock":
            first = first or record
            if record is not first:
                counts = (record["winnerCount"], record["alternateCount"])
                check("vacancies", empty and counts == (len(empty), 0), f"attempt {record['attempt']} for {empty}")
        elif record["type"] == "result" and record["attempt"] == 1:
            for drawn in record["draws"]:
                if drawn["rank"] <= first["winnerCount"]:
                    put(drawn["rank"], drawn)
                else:
                    waiting.append(drawn)
        elif record["type"] == "result":
            for slot, drawn in zip(empty, record["draws"]):
                put(slot, drawn)
        elif record["type"] == "withdraw":
            check("vacancies", slots.get(record["slot"]) is not None, f"slot {record['slot']} has no holder")
            following = waiting.pop(0) if waiting else None
            check("vacancies", record["filledBy"] == (following and following["rank"]), "filled by another")
            slots[record["slot"]] = None
            if following:
                put(record["slot"], following)
    return winners


def check_openings(openings, winners, event_id):
    opened = set()
    for opening in openings:
        index = opening["index"]
        check("openings", index in winners and index not in opened, f"entry {index} may not be opened, or not twice")
        opened.add(index)
        found = entry_id(event_id, opening["applicationNumber"], bytes.fromhex(opening["person"]))
        check("openings", found == winners[index], f"entry {index} is somebody else")


def check_signatures(transcript, hashes):
    step, key = "head-and-signatures", transcript["records"][0]["operatorKey"]
    check(step, transcript["head"] == hashes[-1], "the head is not the last record's hash")
    for seq, (digest, signature) in enumerate(zip(hashes, transcript["signatures"])):
        check(step, (key is None) == (signature is None), f"record {seq}: signature and key do not go together")
        if key is not None:
            message = tag("sig") + bytes.fromhex(digest)
            right = ed25519.is_signature(bytes.fromhex(key), message, bytes.fromhex(signature))
            check(step, right, f"record {seq} is not signed by the operator")


def check_anchors(anchors, records, hashes, attempts, ordered):
    kinds = {digest: record["type"] for digest, record in zip(hashes, records)}
    rules = records[0]
    if "receipt" in anchors:
        check_receipt(anchors["receipt"], records, hashes, attempts[0][0] if attempts else None, ordered)
    if "rulesHash" in anchors:
        check("anchors", kinds.get(anchors["rulesHash"]) == "rules", "other rules were seen")
    if "lockHash" in anchors:
        check("anchors", kinds.get(anchors["lockHash"]) == "lock", "another lock was seen")
    if "operatorKey" in anchors:
        check("anchors", rules["operatorKey"] == anchors["operatorKey"], "another key is known")
    if "head" in anchors:
        check("anchors", anchors["head"] in kinds, "the known head is not in this chain")


def check_receipt(signed, records, hashes, lock, ordered):
    try:
        RECEIPT(signed, "receipt")
    except js.Malformed as error:
        raise CheckError("anchors", str(error)) from None
    receipt = signed["receipt"]
    check("anchors", receipt["eventId"] == records[0]["eventId"], "the receipt is of another event")
    key = records[0]["operatorKey"]
    check("anchors", key is not None, "the rules name no key")
    check("anchors", receipt_signed(key, receipt, signed["signature"]), "the receipt is not the operator's")
    found = entry_id(receipt["eventId"], receipt["applicationNumber"], bytes.fromhex(receipt["person"]))
    check("anchors", found == receipt["id"], "the number and person of the receipt do not lead to its id")
    end = len(records) if lock is None else lock["seq"]
    before = [digest for record, digest in zip(records[:end], hashes) if record["type"] == "rules"]
    check("anchors", receipt["rules"] in before, "the rules of the receipt are not in the chain")
    if lock is None:
        return
    entry = next((entry for entry in ordered if entry[0] == receipt["id"]), None)
    check("anchors", entry is not None, "the entry of the receipt is not in the list")
    if receipt["visited"] and lock["visitBonus"] != PER_ENTRY and entry[2] == 0:
        check("anchors", entry[1] == 1 + lock["visitBonus"], "the visit of the receipt is not counted")
