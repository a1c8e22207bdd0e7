import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { run } from '../bench/checkout.ts'

/** Every package with its version and the hashes of its files. */
const requirements = join(import.meta.dirname, 'requirements.txt')
const hooks = join(import.meta.dirname, 'hooks.py')

/** Prints the version of an interpreter that can install the requirements, and fails for any other. */
const INTERPRETER_CHECK = [
  'import sys, venv, ensurepip',
  'assert sys.version_info >= (3, 11)',
  'print(*sys.version_info[:3], sep=".")',
].join('; ')

function pythonVersion(): string | undefined {
  const { status, stdout } = spawnSync('python3', ['-c', INTERPRETER_CHECK], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

/** Why schemathesis cannot be installed here; undefined where it can. */
export function pythonObstacle(): string | undefined {
  return pythonVersion() ? undefined : 'python3 (3.11 or newer) with venv is missing'
}

/**
 * Runs schemathesis in `directory`, and installs it into a virtual environment of its own before the first run.
 * Resolves to its exit code. @throws when it cannot be installed
 */
export async function schemathesis(args: string[], directory: string): Promise<number> {
  const program = await install()
  const env = { ...process.env, SCHEMATHESIS_HOOKS: hooks }
  const child = Bun.spawn([program, ...args], { cwd: directory, env, stdout: 'inherit', stderr: 'inherit' })
  return child.exited
}

/** The environment is another one for each interpreter and each list of packages. */
async function install(): Promise<string> {
  const key = createHash('sha256')
    .update(readFileSync(requirements))
    .update(pythonVersion() ?? '')
    .digest('hex')
    .slice(0, 16)
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const environment = join(cache, 'eungmo', `schemathesis-${key}`)
  const bin = join(environment, 'bin')
  // Written last: an installation that was interrupted is repeated.
  const installed = join(environment, 'installed')
  if (!existsSync(installed)) {
    await run(['python3', '-m', 'venv', '--clear', environment], '/')
    const options = ['--quiet', '--require-hashes', '--only-binary', ':all:']
    await run([join(bin, 'pip'), 'install', ...options, '--requirement', requirements], '/')
    writeFileSync(installed, '')
  }
  return join(bin, 'schemathesis')
}
