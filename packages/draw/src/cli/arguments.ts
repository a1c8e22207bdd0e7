import { readFileSync } from 'node:fs'
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** The command line was used wrongly: a message for the person at the keyboard, exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>

/** Reads one file name and options with values. @throws {UsageError} for anything else. */
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
  if (more.length > 0) throw new UsageError(`one file name is enough, got also ${more.join(' ')}`)
  const value = (name: string): string | undefined => {
    const given = parsed.values[name]
    return typeof given === 'string' ? given : undefined
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
