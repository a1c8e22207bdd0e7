import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The oldest Java that Apache Kafka 4 runs on. */
const MIN_JAVA_VERSION = 17

/** The Java to run: the one in JAVA_HOME, or the one on the PATH. */
export function javaCommand(): string {
  const home = process.env.JAVA_HOME
  const fromHome = home ? join(home, 'bin', 'java') : ''
  return fromHome && existsSync(fromHome) ? fromHome : 'java'
}

/** Why a broker's jars cannot be started here; undefined when they can. */
export function javaObstacle(): string | undefined {
  const result = spawnSync(javaCommand(), ['-version'], { encoding: 'utf8' })
  if (result.status !== 0) return `Java ${MIN_JAVA_VERSION} is missing`
  const version = /version "(\d+)/.exec(`${result.stderr}${result.stdout}`)?.[1]
  return Number(version) >= MIN_JAVA_VERSION
    ? undefined
    : `Java ${version ?? '?'} is older than ${MIN_JAVA_VERSION}`
}

/** Why the jars cannot be fetched here; undefined when they can. */
export function mavenObstacle(): string | undefined {
  return spawnSync('mvn', ['-version'], { stdio: 'ignore' }).status === 0 ? undefined : 'Maven is missing'
}
