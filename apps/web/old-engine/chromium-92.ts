import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

/** Older than every supported Chromium, and the oldest that runs on Linux from npm. */
const PACKAGE = '@sparticuz/chromium@92.0.0'
const BROWSER_SHA256 = '56c686eae8dd9ab747e5c3221d4f2c2358537f173ae7ca8b7bcee7405d091b52'
const LIBRARIES_SHA256 = '40658c563df63f62ec5be43312818bad27857c17e59f62ca300de9266838a007'

export interface OldChromium {
  executablePath: string
  env: Record<string, string>
}

function run(command: string, args: string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`)
}

function decompress(file: string, sha256: string): Buffer {
  const compressed = readFileSync(file)
  const found = createHash('sha256').update(compressed).digest('hex')
  if (found !== sha256) throw new Error(`${file} has the SHA-256 ${found}, not ${sha256}.`)
  return brotliDecompressSync(compressed)
}

/**
 * Unpacks Chromium 92 with the libraries that it needs, once per machine. It is not among the installed
 * dependencies: 50 MB that only `bun run test:deep` needs.
 */
export function unpackChromium92(): OldChromium {
  const directory = join(tmpdir(), 'eungmo-chromium-92')
  const executablePath = join(directory, 'chromium')
  if (!existsSync(executablePath)) {
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'package.json'), '{}')
    run('bun', ['add', '--exact', PACKAGE], directory)
    const packed = join(directory, 'node_modules/@sparticuz/chromium/bin')
    const libraries = decompress(join(packed, 'aws.tar.br'), LIBRARIES_SHA256)
    writeFileSync(join(directory, 'libraries.tar'), libraries)
    run('tar', ['-xf', 'libraries.tar'], directory)
    writeFileSync(executablePath, decompress(join(packed, 'chromium.br'), BROWSER_SHA256), { mode: 0o755 })
  }
  return { executablePath, env: { LD_LIBRARY_PATH: join(directory, 'lib') } }
}
