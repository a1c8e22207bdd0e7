import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Apache Kafka 4 needs it. */
const OLDEST_JAVA = 17

/** The Java to run: JAVA_HOME's, or the one on the PATH. */
export function javaCommand(): string {
  const home = process.env.JAVA_HOME
  const own = home ? join(home, 'bin', 'java') : ''
  return own && existsSync(own) ? own : 'java'
}

/** Why a broker's jars cannot be started here; undefined when they can. */
export function javaObstacle(): string | undefined {
  const found = spawnSync(javaCommand(), ['-version'], { encoding: 'utf8' })
  if (found.status !== 0) return `Java ${OLDEST_JAVA} is missing`
  const version = /version "(\d+)/.exec(`${found.stderr}${found.stdout}`)?.[1]
  return Number(version) >= OLDEST_JAVA ? undefined : `Java ${version ?? '?'} is older than ${OLDEST_JAVA}`
}

/** Why the jars cannot be fetched here; undefined when they can. */
export function mavenObstacle(): string | undefined {
  return spawnSync('mvn', ['-version'], { stdio: 'ignore' }).status === 0 ? undefined : 'Maven is missing'
}
