import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { QUICKNET } from '@eungmo/draw/beacon'
import { testChain } from '../../../../packages/api/test/support/test-drand-relay.ts'

/**
 * Copies the build and replaces quicknet's key by the test chain's: tests cannot sign quicknet's next round, and a setting
 * that names another chain would allow cheating. The copy lies beside the build, so that its packages resolve.
 */
export function testChainBuild(web: string, name: string): { folder: string; remove(): void } {
  const folder = join(web, '.svelte-kit', name)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  remove()
  cpSync(join(web, 'build'), folder, { recursive: true })
  const changed = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .filter((file) => trustTestChain(join(folder, file)))
  if (changed.length < 2)
    throw new Error(
      `Expected quicknet's key in server and browser files of the build, found it in ${changed.length} files.`,
    )
  return { folder, remove }
}

function trustTestChain(file: string): boolean {
  const text = readFileSync(file, 'utf8')
  if (!text.includes(QUICKNET.publicKey)) return false
  const changed = text
    .replaceAll(QUICKNET.publicKey, testChain.publicKey)
    .replaceAll(QUICKNET.hash, testChain.hash)
  writeFileSync(file, changed)
  for (const packed of [`${file}.br`, `${file}.gz`]) if (existsSync(packed)) rmSync(packed)
  return true
}
