// What `npm start` and `npm test` do before anything is installed: find Bun, install the dependencies, continue in
// TypeScript. Plain JavaScript for Node 20 and for Bun, without any dependency.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = join(root, 'node_modules', '.bin')
const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('@')[1]
const series = version.split('.').slice(0, 2).join('.')

/** @param {string} command */
function isRightBun(command) {
  const result = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return result.status === 0 && result.stdout.trim().startsWith(`${series}.`)
}

/**
 * The command line of a Bun: this process's own, the one on the PATH, the one installed here, or npm's.
 * @returns {{ command: string, args: string[] }}
 */
function findBun() {
  if (process.versions.bun?.startsWith(`${series}.`)) return { command: process.execPath, args: [] }
  for (const command of ['bun', join(bin, 'bun')]) if (isRightBun(command)) return { command, args: [] }
  return { command: 'npx', args: ['--yes', `bun@${version}`] }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

/** @param {{ command: string, args: string[] }} bun */
function install({ command, args }) {
  const quiet = existsSync(join(root, 'node_modules', '.bin', 'turbo'))
  if (!quiet) process.stdout.write('Installing dependencies…\n')
  const done = spawnSync(command, [...args, 'install', '--frozen-lockfile'], { cwd: root, encoding: 'utf8' })
  if (done.error) fail(`${command} cannot be run: ${done.error.message}`)
  if (done.status !== 0) fail(`The dependencies could not be installed:\n${done.stdout}${done.stderr}`)
}

/**
 * Installs what the project needs and runs `script` (relative to the root) under Bun with this process's arguments,
 * forwards signals to it and exits with its exit code.
 * @param {string} script
 */
export function continueInBun(script) {
  const bun = findBun()
  install(bun)
  const local = join(bin, 'bun')
  const command = bun.args.length === 0 ? bun.command : local
  if (!isRightBun(command)) fail(`Bun ${series} was not found and could not be installed.`)
  const path = [bin, dirname(command), process.env.PATH]
    .filter((part) => part && part !== '.')
    .join(delimiter)
  const child = spawn(command, [join(root, script), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  process.on('SIGINT', () => child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.once('error', (error) => fail(`${command} cannot be run: ${error.message}`))
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
