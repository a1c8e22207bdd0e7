import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const directory = mkdtempSync(join(tmpdir(), 'eungmo-package-'))
const project = join(directory, 'project')
const tarball = join(directory, 'eungmo-draw-0.1.0.tgz')
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const DRAW = `
import { draw } from '@eungmo/draw'
const entries = [{ id: 'alice', tickets: 5 }, { id: 'bob', tickets: 3 }]
globalThis.winner = draw({ entries, winnerCount: 1, seed: '00'.repeat(32) }).winners[0].id
`

/**
 * Builds and packs as npm does, in a copy (other packages may be reading dist at the same time), and installs the
 * tarball into an empty project, with the two dependencies beside it.
 */
beforeAll(() => {
  const stage = join(directory, 'stage')
  mkdirSync(stage)
  for (const name of ['package.json', 'LICENSE', 'README.md', 'SPEC.md', 'vectors', 'conformance']) {
    cpSync(join(root, name), join(stage, name), { recursive: true })
  }
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const flags = ['-p', join(root, 'tsconfig.build.json'), '--outDir', join(stage, 'dist')]
  execFileSync('node', [tsc, ...flags], { stdio: 'pipe' })
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', directory]
  execFileSync('npm', pack, { cwd: stage, stdio: 'pipe' })
  const installed = join(project, 'node_modules', '@eungmo', 'draw')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  for (const name of ['curves', 'hashes']) {
    const to = join(project, 'node_modules', '@noble', name)
    mkdirSync(join(to, '..'), { recursive: true })
    cpSync(join(root, 'node_modules', '@noble', name), to, { recursive: true, dereference: true })
  }
  writeFileSync(join(project, 'package.json'), '{"name":"empty","private":true,"type":"module"}')
}, 120_000)

async function bundled(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: project },
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

describe('the packed package', () => {
  it('contains what it needs and no tests', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })
    for (const file of [
      'dist/draw.js',
      'dist/draw.d.ts',
      'SPEC.md',
      'README.md',
      'LICENSE',
      'vectors/transcripts.json',
      'conformance/verify.py',
    ]) {
      expect(files).toContain(`package/${file}\n`)
    }
    expect(files).not.toMatch(/\.test\.|__pycache__|bench\/|package\/src/)
  })

  it('passes publint', async () => {
    const { messages } = await publint({ pkgDir: join(directory, 'stage'), pack: false, strict: true })
    expect(messages).toEqual([])
  })

  it('has types that resolve in every way of importing it as ESM', () => {
    const attw = createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json')
    const options = [
      '--profile',
      'esm-only',
      '--exclude-entrypoints',
      './SPEC.md',
      '--no-emoji',
      '--no-color',
    ]
    const { status, stdout } = spawnSync('node', [join(attw, '../dist/index.js'), tarball, ...options], {
      encoding: 'utf8',
    })
    expect({ status, stdout }).toMatchObject({ status: 0 })
  })

  it('names its author, licence and repository', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(manifest).toMatchObject({
      license: 'Apache-2.0',
      author: 'Eungmo',
      repository: { type: 'git', directory: 'packages/draw' },
      publishConfig: { access: 'public', provenance: true },
    })
    expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toBe(
      readFileSync(join(root, '../../LICENSE'), 'utf8'),
    )
  })

  it('works in an empty Node project, every subpath of it', () => {
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const names = Object.keys(exports).filter((name) => name !== './package.json')
    writeFileSync(
      join(project, 'main.mjs'),
      `${DRAW}${names.map((name) => `await import('@eungmo/draw${name.slice(1)}')`).join('\n')}\nprocess.stdout.write(globalThis.winner)`,
    )
    expect(spawnSync('node', ['main.mjs'], { cwd: project, encoding: 'utf8' })).toMatchObject({
      stdout: 'bob',
      stderr: '',
    })
  })

  it('has a command line that runs on Node', () => {
    const bin = join(project, 'eungmo-draw')
    symlinkSync(join(project, 'node_modules/@eungmo/draw/dist/cli/main.js'), bin)
    const csv = join(project, 'entries.csv')
    const out = join(project, 'transcript.json')
    writeFileSync(csv, 'id\nalice\nbob\n')
    expect(
      spawnSync('node', [bin, 'draw', csv, '--winners', '1', '--out', out], { encoding: 'utf8' }).status,
    ).toBe(0)
    const verified = spawnSync('node', [bin, 'verify', out, '--entries', csv], { encoding: 'utf8' })
    expect([verified.status, verified.stderr]).toEqual([0, ''])
    expect(verified.stdout).toContain('VERIFIED: consistent, 2 entries')
  })

  it('works in an empty browser bundle', async () => {
    const sandbox: { winner?: string } = {}
    new Function('globalThis', await bundled(DRAW))(sandbox)
    expect(sandbox.winner).toBe('bob')
  })

  it('is small: the engine under 6 KB min+gz', async () => {
    const size = async (code: string) => gzipSync(await bundled(code), { level: 9 }).length
    const engine = await size(DRAW)
    const withHashes = await size(
      `${DRAW}import { entryTree } from '@eungmo/draw/list'
      import { createSeedChain, drawSeed } from '@eungmo/draw/records'
      import { verifyInclusion } from '@eungmo/draw/receipts'
      globalThis.rest = [entryTree, drawSeed, createSeedChain, verifyInclusion]`,
    )
    const everything = await size(
      `import { verifyDraw } from '@eungmo/draw/verify'; globalThis.verify = verifyDraw`,
    )
    expect(engine).toBeLessThan(6 * 1024)
    expect(withHashes).toBeLessThan(10 * 1024)
    expect(everything).toBeLessThan(47 * 1024)
    process.stdout.write(
      `min+gz: engine ${engine} B, with root, seeds and proofs ${withHashes} B, verifier with beacon ${everything} B\n`,
    )
  })

  it('has no curve in a bundle unless it verifies, signs or reads a beacon', async () => {
    const names = {
      '': ['draw'],
      '/sampling': ['SeededStream', 'strikeOut', 'uniformInteger', 'naiveStrikeOut'],
      '/list': ['toEntryList', 'EntryCsvReader', 'entriesCsv', 'decodeEntries', 'entryId', 'entryTree'],
      '/records': ['nextLock', 'nextResult', 'foldRecords', 'parseTranscript', 'createSeedChain', 'textHash'],
      '/receipts': ['inclusionProof', 'verifyInclusion', 'parseSignedReceipt', 'receiptText'],
      '/beacon': ['QUICKNET', 'roundAfter', 'roundAt', 'roundTime'],
      '/encoding': ['canonicalJson', 'parseStrictJson', 'toHex', 'portableSha256'],
    }
    for (const [subpath, imported] of Object.entries(names)) {
      const list = imported.join(', ')
      const code = await bundled(
        `import { ${list} } from '@eungmo/draw${subpath}'; globalThis.used = [${list}]`,
      )
      expect([
        subpath,
        code.includes('BLS_SIG'),
        code.includes('Curve25519') || code.includes('zip215'),
      ]).toEqual([subpath, false, false])
    }
  })

  it('adds one function of a subpath to a bundle without the rest', async () => {
    const size = async (name: string, subpath: string) => {
      const code = await bundled(
        `import { ${name} } from '@eungmo/draw/${subpath}'; globalThis.used = ${name}`,
      )
      return gzipSync(code, { level: 9 }).length
    }
    expect(await size('toHex', 'encoding')).toBeLessThan(300)
    expect(await size('uniformInteger', 'sampling')).toBeLessThan(400)
    expect(await size('roundAfter', 'beacon')).toBeLessThan(600)
    expect(await size('entriesCsv', 'list')).toBeLessThan(400)
    expect(await size('personHash', 'list')).toBeLessThan(3200)
    expect(await size('emptySlots', 'records')).toBeLessThan(300)
    expect(await size('receiptText', 'receipts')).toBeLessThan(1200)
  })
})
