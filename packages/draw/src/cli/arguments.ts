import { readFileSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** A wrong command line: the message is for the user, the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>

/** Reads one file name and options with values. @throws {UsageError} for any other arguments */
export function readArguments(words: readonly string[], names: readonly string[]) {
  const options: Options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  let parsed: ReturnType<typeof parseArgs>
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  const [file, ...more] = parsed.positionals
  if (file === undefined) throw new UsageError('a file name is missing')
  if (more.length > 0) throw new UsageError(`expected one file name, but also got ${more.join(' ')}`)
  const value = (name: string): string | undefined => {
    const text = parsed.values[name]
    return typeof text === 'string' ? text : undefined
  }
  return { file, value }
}

/** The text of a UTF-8 file. @throws {UsageError} where it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`)
  }
}
