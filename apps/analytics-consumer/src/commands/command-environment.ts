import { z } from 'zod'
import { databaseUrlSchema, readEnvironment } from '../env.ts'

const schema = z.object({ DATABASE_URL: databaseUrlSchema })

/** The database of a command. Ends the process with one line when DATABASE_URL is missing or invalid. */
export function commandDatabaseUrl(): string {
  try {
    return readEnvironment(schema, process.env).DATABASE_URL
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  }
}

/** Prints a line on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
