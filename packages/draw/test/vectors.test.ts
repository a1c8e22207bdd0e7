import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { verifyInclusion } from '../src/receipts/inclusion-proof.ts'
import { verifyDraw, verifyLight } from '../src/verify/index.ts'
import { primitiveVectors } from './support/primitive-vectors.ts'
import { type TranscriptVector, transcriptVectors } from './support/transcript-vectors.ts'

function frozen(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8'))
}

const primitives = frozen('primitives') as ReturnType<typeof primitiveVectors>
const transcripts = frozen('transcripts') as TranscriptVector[]

describe('the frozen vectors', () => {
  it('of all primitives equal the results of the code', () => {
    expect(JSON.parse(JSON.stringify(primitiveVectors()))).toEqual(primitives)
  })

  it('of whole events equal the results of the code', () => {
    expect(JSON.parse(JSON.stringify(transcriptVectors()))).toEqual(transcripts)
  })

  it('prove each entry at its offset', () => {
    for (const list of primitives.lists) {
      for (const { offset, ...proof } of list.proofs)
        expect(verifyInclusion(proof, list)).toEqual({ ok: true, offset })
    }
  })

  it.each(transcripts.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    const { transcript, entries, anchors } = vector
    const verification = verifyDraw(transcript, entries, { anchors })
    expect(verification.ok).toBe(vector.ok)
    expect(verification.ok ? null : verification.step).toBe(vector.step)
    if (vector.ok && anchors.receipt === undefined) {
      expect(verifyLight(transcript, vector.proofs, { anchors })).toMatchObject({
        ok: true,
        level: vector.level,
      })
    }
  })
})
