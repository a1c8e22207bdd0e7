/**
 * Writes vectors/*.json. The vectors are frozen: run it to add some, and check in the diff that none has
 * changed. bun test/support/write-vectors.ts
 */
import { writeFileSync } from 'node:fs'
import { primitiveVectors } from './primitive-vectors.ts'
import { transcriptVectors } from './transcript-vectors.ts'

for (const [name, content] of [
  ['primitives', primitiveVectors()],
  ['transcripts', transcriptVectors()],
] as const) {
  const file = new URL(`../../vectors/${name}.json`, import.meta.url)
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`)
}
