import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, matchesGlob, relative } from 'node:path'
import { runCommand } from '../../processes/run-command.ts'
import { ROOT } from '../../repository.ts'
import type { Instruction, Stage } from './dockerfile.ts'

/** The result of a stage: its file system below `root`, its environment, and what its image runs. */
export type BuiltStage = {
  root: string
  workdir: string
  env: Record<string, string>
  cmd: string[]
  healthcheck: string
}

const RUN_TIMEOUT_MS = 300_000

/**
 * Does what `docker build` would do, in plain directories below `home`: copies the files and runs the commands. This shows
 * that they fit together, not that the base images hold what is expected.
 */
export async function walkDockerfile(stages: Stage[], home: string): Promise<Map<string, BuiltStage>> {
  const done = new Map<string, BuiltStage>()
  for (const { name, from, instructions } of stages) {
    const base = done.get(from)
    const walked: BuiltStage = {
      root: join(home, name),
      workdir: base?.workdir ?? '/',
      env: { ...base?.env },
      cmd: base?.cmd ?? [],
      healthcheck: base?.healthcheck ?? '',
    }
    mkdirSync(walked.root, { recursive: true })
    if (base) copyTree(base.root, walked.root)
    for (const instruction of instructions) await follow(instruction, walked, done)
    done.set(name, walked)
  }
  return done
}

/** Stages share most of their files, and hard links (where the system's cp can create them) are a hundred times faster. */
function copyTree(from: string, to: string): void {
  const linked = spawnSync('cp', ['-al', `${from}/.`, to], { stdio: 'ignore' }).status === 0
  if (!linked) cpSync(from, to, { recursive: true, verbatimSymlinks: true })
}

async function follow(
  instruction: Instruction,
  walked: BuiltStage,
  done: Map<string, BuiltStage>,
): Promise<void> {
  const at = (path: string) =>
    path.startsWith('/') ? join(walked.root, path) : join(walked.root, walked.workdir, path)
  switch (instruction.kind) {
    case 'workdir':
      walked.workdir = instruction.path
      mkdirSync(at('.'), { recursive: true })
      return
    case 'copy': {
      const stage = instruction.from === undefined ? undefined : done.get(instruction.from)
      for (const source of instruction.sources) {
        const path = stage ? join(stage.root, source) : join(ROOT, source)
        if (!existsSync(path)) throw new Error(`COPY ${source}: there is no such file or directory`)
        const into = statSync(path).isFile() && instruction.target.endsWith('/')
        const target = at(into ? join(instruction.target, basename(source)) : instruction.target)
        mkdirSync(dirname(target), { recursive: true })
        if (stage && statSync(path).isDirectory()) {
          mkdirSync(target, { recursive: true })
          copyTree(path, target)
        } else
          cpSync(path, target, {
            recursive: true,
            verbatimSymlinks: true,
            filter: stage ? undefined : isInContext,
          })
      }
      return
    }
    case 'run': {
      const { code, output } = await runCommand(['sh', '-c', instruction.command], {
        cwd: at('.'),
        // The build's results are the same as the checkout's own, and are taken from its cache.
        env: { ...process.env, ...walked.env, TURBO_CACHE_DIR: join(ROOT, '.turbo', 'cache') },
        timeoutMs: RUN_TIMEOUT_MS,
        signal: new AbortController().signal,
      })
      if (code !== 0) throw new Error(`RUN ${instruction.command} ended with ${code}:\n${output}`)
      return
    }
    case 'env':
      Object.assign(walked.env, instruction.variables)
      return
    case 'cmd':
      walked.cmd = instruction.words
      return
    case 'healthcheck':
      walked.healthcheck = instruction.command
  }
}

const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** Whether .dockerignore lets a file of the checkout into the build. */
function isInContext(path: string): boolean {
  const name = relative(ROOT, path)
  return !ignored.some((pattern) => matchesGlob(name, pattern))
}
