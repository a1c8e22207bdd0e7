import { commandEnvironment, readEnvironmentOrExit } from '@eungmo/config/environment'

/** The database of a command. Ends the process with one line when DATABASE_URL is missing or invalid. */
export const commandDatabaseUrl = (): string => readEnvironmentOrExit(commandEnvironment).DATABASE_URL

/** Prints a line on standard output. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
