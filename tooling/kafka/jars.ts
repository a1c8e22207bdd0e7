import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE_DIRECTORY = fileURLToPath(new URL('./', import.meta.url))
const CACHE_DIRECTORY = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const FETCH_TIMEOUT_MS = 300_000

/** The broker's log settings. */
export const LOG_SETTINGS = join(SOURCE_DIRECTORY, 'log4j2.properties')

/** The directory for the jars of the current pom.xml, whether or not it exists; a changed pom.xml gets another one. */
export function jarDirectory(): string {
  const digest = createHash('sha256')
    .update(readFileSync(join(SOURCE_DIRECTORY, 'pom.xml')))
    .digest('hex')
  return join(CACHE_DIRECTORY, `kafka-${digest.slice(0, 12)}`)
}

/**
 * Fetches the broker's jars with Maven unless they are there. Several processes may do so at once.
 * @throws with Maven's output when it fails
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
        join(SOURCE_DIRECTORY, 'pom.xml'),
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
