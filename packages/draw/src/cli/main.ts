#!/usr/bin/env node
import { UsageError } from './arguments.ts'
import { drawCommand } from './draw-command.ts'
import { verifyCommand } from './verify-command.ts'

const USAGE = `eungmo-draw: draws that everyone can recompute (protocol eungmo-draw/1)

  eungmo-draw draw ENTRIES.csv --winners N --out TRANSCRIPT.json
      [--alternates N] [--event ID] [--seed HEX]
  eungmo-draw verify TRANSCRIPT.json --entries ENTRIES.csv
      [--receipt FILE] [--rules-hash HEX] [--lock-hash HEX] [--operator-key HEX] [--head HEX]

ENTRIES.csv has the header id, and optionally tickets (1) and reason (0).
--seed is the secret of the draw, 64 hex digits; defaults to 32 random bytes.
An event that was cancelled before a lock has no entries: verify it without --entries.
The options of verify after --entries are anchors: values known from before the draw.
Exit status: 0 drawn or verified, 1 not verified, 2 wrong use.
`

/** Runs the command line and returns its exit status. */
function main(words: readonly string[]): number {
  const [command, ...rest] = words
  try {
    if (command === 'draw') return print(drawCommand(rest))
    if (command === 'verify') {
      const { verified, lines } = verifyCommand(rest)
      print(lines)
      return verified ? 0 : 1
    }
    if (command === '--help' || command === 'help') return print([USAGE.trimEnd()])
    throw new UsageError(command === undefined ? 'a command is missing' : `unknown command: ${command}`)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`eungmo-draw: ${error.message}\n\n${USAGE}`)
    return 2
  }
}

function print(lines: readonly string[]): 0 {
  process.stdout.write(`${lines.join('\n')}\n`)
  return 0
}

process.exitCode = main(process.argv.slice(2))
