import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCES = fileURLToPath(new URL('./', import.meta.url))
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const FETCH_TIMEOUT_MS = 300_000

/** The broker's log settings. */
export const LOG_SETTINGS = join(SOURCES, 'log4j2.properties')

/** Where the jars of the present pom.xml lie, or would lie; a changed pom gets a directory of its own. */
export function jarDirectory(): string {
  const digest = createHash('sha256')
    .update(readFileSync(join(SOURCES, 'pom.xml')))
    .digest('hex')
  return join(CACHE, `kafka-${digest.slice(0, 12)}`)
}

/**
 * Fetches the broker's jars by Maven unless that was done before. Several processes may do so at once.
 * @throws with what Maven said when it fails
 */
export function fetchJars(log: (line: string) => void): string {
  const directory = jarDirectory()
  if (existsSync(directory)) return directory
  log('Fetching Apache Kafka with Maven (once)…')
  mkdirSync(dirname(directory), { recursive: true })
  const fresh = mkdtempSync(`${directory}-`)
  try {
    const maven = spawnSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        join(SOURCES, 'pom.xml'),
        'dependency:copy-dependencies',
        `-DoutputDirectory=${fresh}`,
      ],
      { encoding: 'utf8', timeout: FETCH_TIMEOUT_MS },
    )
    if (maven.status !== 0) {
      throw new Error(`Maven could not fetch Apache Kafka:\n${maven.stdout}${maven.stderr}`, {
        cause: maven.error,
      })
    }
    if (!existsSync(directory)) renameSync(fresh, directory)
  } catch (error) {
    if (!existsSync(directory)) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return directory
}
