#!/usr/bin/env python3
"""A second verifier of eungmo-draw/1, written from SPEC.md alone. Python 3.9 or later, only its standard library.

    python3 verify.py TRANSCRIPT.json [ENTRIES.csv] [--receipt FILE] [--rules-hash HEX] [--lock-hash HEX]
                      [--operator-key HEX] [--head HEX]
    python3 verify.py --vectors DIRECTORY

A cancelled event has no entries.

Exit status: 0 verified, 1 not verified, 2 wrong use.
"""

import argparse
import json
import pathlib
import sys

import protocol
import strict_json
import vectors
import verification

sys.setrecursionlimit(10_000)


def main():
    parser = argparse.ArgumentParser(description="Verifies a draw of eungmo-draw/1.")
    parser.add_argument("transcript", nargs="?")
    parser.add_argument("entries", nargs="?")
    parser.add_argument("--receipt")
    for name in ("rules-hash", "lock-hash", "operator-key", "head"):
        parser.add_argument("--" + name)
    parser.add_argument("--vectors")
    options = parser.parse_args()
    if options.vectors:
        return run_vectors(options.vectors)
    if options.transcript is None:
        parser.error("a transcript and its entries are needed")
    return run_verification(options)


def run_vectors(directory):
    passed, failed = vectors.run(directory)
    for name in failed:
        print("FAILED: " + name)
    print(f"{passed} vectors passed, {len(failed)} failed; beacon signatures were checked")
    return 1 if failed or not passed else 0


def run_verification(options):
    named = {"rulesHash": options.rules_hash, "lockHash": options.lock_hash, "operatorKey": options.operator_key, "head": options.head}
    anchors = {name: value for name, value in named.items() if value is not None}
    try:
        transcript = pathlib.Path(options.transcript).read_bytes().decode("utf-8")
        entries = None if options.entries is None else pathlib.Path(options.entries).read_bytes().decode("utf-8")
        if options.receipt:
            anchors["receipt"] = strict_json.parse(pathlib.Path(options.receipt).read_text("utf-8"))
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        level, beacons = verification.verify(parsed(transcript), [] if entries is None else listed(entries), anchors)
    except verification.CheckError as error:
        print(f"NOT VERIFIED: {error}")
        return 1
    print(f"VERIFIED: {level}; {beacons} beacon signatures were checked")
    return 0


def parsed(text):
    try:
        return strict_json.parse(text)
    except (strict_json.Malformed, json.JSONDecodeError) as error:
        raise verification.CheckError("shapes", str(error)) from None


def listed(text):
    try:
        return protocol.parse_csv(text)
    except protocol.Invalid as error:
        raise verification.CheckError("list", str(error)) from None


if __name__ == "__main__":
    sys.exit(main())
