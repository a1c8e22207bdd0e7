import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The root of the checkout. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url))

const Manifest = z.object({
  name: z.string(),
  workspaces: z.array(z.string()).default([]),
  scripts: z.record(z.string(), z.string()).default({}),
})

export type Workspace = { name: string; directory: string; scripts: Record<string, string> }

function readManifest(directory: string) {
  return Manifest.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')))
}

/** The workspaces of the checkout, in the order of their folders. */
export function workspaces(root = ROOT): Workspace[] {
  return readManifest(root)
    .workspaces.flatMap((pattern) => globSync(join(pattern, 'package.json'), { cwd: root }).sort())
    .map((file) => join(root, dirname(file)))
    .map((directory) => {
      const { name, scripts } = readManifest(directory)
      return { name, directory, scripts }
    })
}

/** The files that git tracks, and new ones that it does not ignore; relative to `root`. */
export function repositoryFiles(root = ROOT): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate']
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' })
  const gone = new Set(deleted.split('\0'))
  return listed.split('\0').filter((file) => file !== '' && !gone.has(file))
}
