import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from '../bench/checkout.ts'

/** The version from PyPI; the fuzzer finds other things with another one. */
const VERSION = '4.32.5'

const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
const environment = join(cache, 'eungmo', `schemathesis-${VERSION}`)
const program = join(environment, 'bin', 'schemathesis')

/** Why schemathesis cannot be installed here; undefined where it can. */
export function pythonObstacle(): string | undefined {
  const { status } = spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' })
  return status === 0 ? undefined : 'python3 with venv is missing'
}

/** Runs schemathesis, and installs it into a virtual environment before the first run. Resolves to its exit code. */
export async function schemathesis(args: string[]): Promise<number> {
  if (!existsSync(program)) {
    await run(['python3', '-m', 'venv', '--clear', environment], '/')
    await run([join(environment, 'bin', 'pip'), 'install', '--quiet', `schemathesis==${VERSION}`], '/')
  }
  const child = Bun.spawn([program, ...args], { cwd: environment, stdout: 'inherit', stderr: 'inherit' })
  return child.exited
}
