import { hostname, userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import type { Operator } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'
import { errorMessage } from '../errors/error-codes.ts'

/** A command line that does not fit: the message is for the operator, the exit code is 2. */
class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** A command that cannot do what it was called for: the message is for the operator, the exit code is 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** How a command is called: the schema names its options, and `target` where it has one word in front. */
interface CommandLine<Schema extends z.ZodObject> {
  usage: string
  schema: Schema
}

/**
 * Runs an operator's command and sets the exit code: 0 when it is done, 1 with one line where it cannot be, 2 with
 * the usage for a wrong command line. `--help` prints the usage.
 */
export async function runCommand<Schema extends z.ZodObject>(
  { usage, schema }: CommandLine<Schema>,
  run: (input: z.output<Schema>) => Promise<void>,
): Promise<void> {
  try {
    const words = process.argv.slice(2)
    if (words.includes('--help')) return print(usage)
    await run(readArguments(schema, words))
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1
    process.stderr.write(`${lineOf(error, usage)}\n`)
  }
}

/** Prints a line on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Who runs a command, for the access log of a shop: the system's user and the name of the machine stand where a
 * request has its address.
 */
export const operatorOf = (shopId: string): Operator => ({
  via: 'command',
  shopId,
  clientAddress: `${userInfo().username}@${hostname()}`,
})

function readArguments<Schema extends z.ZodObject>(
  schema: Schema,
  words: readonly string[],
): z.output<Schema> {
  const names = Object.keys(schema.shape).filter((name) => name !== 'target')
  const { values, positionals } = splitWords(words, names)
  const [target, ...more] = positionals
  if (more.length > 0) throw new UsageError(`not expected: ${more.join(' ')}`)
  const parsed = schema.safeParse({ ...values, ...(target !== undefined && { target }) })
  if (parsed.success) return parsed.data
  const name = String(parsed.error.issues[0]?.path[0] ?? 'target')
  if (name !== 'target') throw new UsageError(`--${name} is missing, or its value cannot be used`)
  throw new UsageError(target === undefined ? 'an argument is missing' : `not expected: ${target}`)
}

function splitWords(words: readonly string[], names: readonly string[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function lineOf(error: unknown, usage: string): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`
  if (error instanceof DomainError) return errorMessage(error.code, error.details, 'en')
  return error instanceof Error ? error.message : String(error)
}
