import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../repository.ts'

export interface Checkout {
  /** What the caller named: a branch, a tag or a commit. */
  ref: string
  commit: string
  directory: string
  remove(): Promise<void>
}

export interface Run {
  stdout: string
  /** Processor time of the command and of its children that it waited for. */
  processorMs: number
}

/** Runs a command to its end. @throws with both outputs when it fails */
export async function run(words: string[], cwd: string, env: Record<string, string> = {}): Promise<Run> {
  const child = Bun.spawn(words, { cwd, env: { ...process.env, ...env }, stdout: 'pipe', stderr: 'pipe' })
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ])
  if (code !== 0) throw new Error(`${words.join(' ')} in ${cwd} ended with ${code}:\n${stdout}${stderr}`)
  return { stdout, processorMs: Number(child.resourceUsage()?.cpuTime.total ?? 0) / 1_000 }
}

/** Checks a commit out into a worktree of its own under `parent`, installs its dependencies and builds it. */
export async function checkOut(ref: string, parent: string, name: string): Promise<Checkout> {
  const { stdout } = await run(['git', 'rev-parse', '--verify', `${ref}^{commit}`], ROOT)
  const commit = stdout.trim()
  const directory = join(parent, name)
  mkdirSync(parent, { recursive: true })
  await run(['git', 'worktree', 'add', '--detach', directory, commit], ROOT)
  const remove = async () => {
    await run(['git', 'worktree', 'remove', '--force', directory], ROOT)
  }
  try {
    const bin = join(directory, 'node_modules', '.bin')
    const env = { PATH: `${bin}:${process.env.PATH ?? ''}`, TURBO_TELEMETRY_DISABLED: '1' }
    await run([process.execPath, 'install', '--frozen-lockfile'], directory)
    await run([join(bin, 'turbo'), 'run', 'build'], directory, env)
    return { ref, commit, directory, remove }
  } catch (error) {
    await remove()
    throw error
  }
}
