import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join, relative } from 'node:path'
import { LOG_FOLDER, RUN_LOCK } from './run-file.ts'
import { SettingsError } from './settings.ts'

/** What belongs to this run. */
const STAYS = [RUN_LOCK, LOG_FOLDER]

/**
 * Moves everything but the logs to `<directory>-before-<date>` beside the data directory, and deletes nothing. The files of
 * the database are renamed in the same way where they are outside of it. Returns the line that says so.
 * @throws SettingsError when something cannot be moved, such as a mounted directory
 */
export function moveAside(dataDir: string, databaseDir: string, now = new Date()): string {
  const suffix = `before-${now.toISOString().slice(0, 10)}`
  const aside = freeName(`${dataDir}-${suffix}`)
  const places = [aside]
  try {
    mkdirSync(aside, { mode: 0o700 })
    for (const name of readdirSync(dataDir)) {
      if (!STAYS.includes(name)) renameSync(join(dataDir, name), join(aside, name))
    }
    if (existsSync(databaseDir)) {
      const databaseAside = freeName(`${databaseDir}-${suffix}`)
      renameSync(databaseDir, databaseAside)
      places.push(databaseAside)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new SettingsError(
      `${dataDir} holds the data of an earlier version, which this one cannot read; move it away yourself (${reason}).`,
    )
  }
  const shown = places.map((place) => relative(process.cwd(), place) || place).join(' and ')
  return `The data of an earlier version, which this one cannot read, is now in ${shown}; a new database is created.`
}

function freeName(wanted: string): string {
  let name = wanted
  for (let number = 2; existsSync(name); number++) name = `${wanted}-${number}`
  return name
}
