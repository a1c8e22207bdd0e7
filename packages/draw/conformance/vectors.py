"""Runs the frozen vectors through this implementation."""

import itertools
import json
import pathlib

import protocol
import strict_json as js
import verification


def run(directory):
    """Returns the number of vectors that passed, and a line for each that failed."""
    passed, failed = 0, []
    for name, right in itertools.chain(primitives(load(directory, "primitives")), events(load(directory, "transcripts"))):
        if right:
            passed += 1
        else:
            failed.append(name)
    return passed, failed


def load(directory, name):
    return json.loads((pathlib.Path(directory) / f"{name}.json").read_text("utf-8"))


def primitives(vectors):
    for v in vectors["stream"]:
        source = protocol.stream(v["seed"])
        yield "stream " + v["seed"], bytes(itertools.islice(source, len(v["bytes"]) // 2)).hex() == v["bytes"]
    for v in vectors["below"]:
        source = protocol.stream(v["seed"])
        yield "below " + v["seed"], [protocol.below(source, limit) for limit in v["limits"]] == v["values"]
    for v in vectors["seedChains"]:
        chain = [v["commitment"], *v["secrets"]]
        hashed = [protocol.previous_secret(v["eventId"], secret) for secret in v["secrets"]]
        yield f"seed chain of {len(v['secrets'])}", hashed == chain[:-1]
    for v in vectors["entryIds"]:
        person = protocol.person(bytes.fromhex(v["salt"]), v["phone"])
        found = protocol.entry_id(v["eventId"], v["applicationNumber"], person)
        yield "entry id " + v["id"], (person.hex(), found) == (v["person"], v["id"])
    for v in vectors["texts"]:
        yield "text", protocol.sha256(v["text"].encode("utf-8")).hex() == v["textHash"]
    for v in vectors["lists"]:
        yield from list_vector(v)
    for v in vectors["seeds"]:
        beacon = v["beacon"] or {"round": None, "signature": None}
        found = protocol.seed(
            v["eventId"], v["attempt"], v["entriesRoot"], v["serverSeed"], beacon["round"], beacon["signature"]
        )
        yield "seed " + v["seed"], found == v["seed"]
    for v in vectors["samples"]:
        drawn = protocol.sample(v["tickets"], v["count"], v["seed"], set(v["struck"]))
        yield "sample", drawn == list(zip(v["indexes"], v["remaining"], v["values"]))
    for v in vectors["records"]:
        found = js.canonical(v["record"]), verification.record_hash(v["record"])
        yield "record " + v["hash"], found == (v["jcs"], v["hash"])
    for v in vectors["receipts"]:
        receipt = v["receipt"]
        person = protocol.person(bytes.fromhex(v["salt"]), v["phone"])
        found = protocol.entry_id(receipt["eventId"], receipt["applicationNumber"], person)
        belongs = (person.hex(), found) == (receipt["person"], receipt["id"])
        signed = verification.receipt_signed(v["operatorKey"], receipt, v["signature"])
        yield "receipt", (signed, belongs) == (v["signed"], v["belongs"])
    for v in vectors["rounds"]:
        yield "round at " + v["at"], protocol.due_round(js.milliseconds(v["at"]), v["beaconDelay"]) == v["round"]
    for v in vectors["beacons"]:
        yield "beacon: " + v["what"], beacon_valid(v) == v["valid"]


def list_vector(v):
    ordered = protocol.canonical_list([(e["id"], e["tickets"], e.get("reason", 0)) for e in v["entries"]])
    found = protocol.root(v["eventId"], len(ordered), protocol.top(ordered))
    yield f"root of {len(ordered)} entries", found == v["entriesRoot"]
    for proof in v["proofs"]:
        yield f"proof of {proof['id']}", protocol.proof_offset(proof, v) == proof["offset"]


def beacon_valid(v):
    try:
        js.hexadecimal(48)(v["signature"], "signature")
    except js.Malformed:
        return False
    return protocol.is_beacon(v["round"], v["signature"])


def events(vectors):
    for v in vectors:
        entries = [(e["id"], e["tickets"], e.get("reason", 0)) for e in v["entries"]]
        try:
            level, _ = verification.verify(v["transcript"], entries, v["anchors"])
            found = (True, None, level)
        except verification.CheckError as error:
            found = (False, error.step, None)
        yield v["name"], found == (v["ok"], v["step"], v["level"])
