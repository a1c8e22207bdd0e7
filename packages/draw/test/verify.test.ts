import { describe, expect, it } from 'vitest'
import { entryTree } from '../src/list/entry-tree.ts'
import { toEntryList } from '../src/list/index.ts'
import { inclusionProof } from '../src/receipts/inclusion-proof.ts'
import { STEPS, verifyDraw, verifyLight, verifySteps } from '../src/verify/index.ts'
import { EventFixture, FIVE_ENTRIES, QUICKNET_ROUNDS } from './support/event-fixture.ts'

const tree = entryTree(toEntryList(FIVE_ENTRIES))
const proofs = [0, 1, 2, 3].map((index) => inclusionProof(tree, index))
const twoAttempts = () =>
  new EventFixture().lock().result().withdraw(1).withdraw(2, 'declined').lock().result()

describe('verifyDraw', () => {
  it('accepts two attempts, and warns of what a reader should know', () => {
    const verification = verifyDraw(twoAttempts().transcript(), FIVE_ENTRIES)
    expect(verification).toMatchObject({ ok: true, level: 'consistent', steps: STEPS, anchors: [] })
    if (!verification.ok) return
    expect(verification.warnings.map((warning) => warning.code)).toEqual([
      'no-beacon',
      'no-beacon',
      'attempts',
      'missing-openings',
      'exclusions',
    ])
    expect(verification.warnings.at(-1)?.message).toBe('entries excluded before the lock: staff 1')
    expect(verification.warnings.at(-2)?.message).toBe(
      '4 winners cannot be matched with an application number',
    )
    expect(verification.beacons.map((beacon) => beacon.message)).toEqual([
      'no beacon: the operator could know the result in advance',
      'no beacon: the operator could know the result in advance',
    ])
    expect(verification.state.slots.map((holder) => [holder?.attempt, holder?.draw.rank])).toEqual([
      [1, 3],
      [2, 1],
    ])
  })

  it('accepts a chain whose last attempt is still open, and warns of it', () => {
    const verification = verifyDraw(
      new EventFixture({ rules: { alternateCount: 0 } }).lock().result().withdraw(1).lock().transcript(),
      FIVE_ENTRIES,
    )
    expect(verification.ok && verification.warnings.map((warning) => warning.message)).toContain(
      'attempt 2 is locked and not drawn yet',
    )
    expect(verification.ok && verification.state.openLock?.attempt).toBe(2)
  })

  it('rejects a chain in which nothing was drawn, and one that does not begin with rules', () => {
    expect(verifyDraw(new EventFixture().transcript(), FIVE_ENTRIES)).toMatchObject({
      ok: false,
      step: 'chain',
      error: 'nothing was drawn yet',
    })
    expect(verifyDraw(new EventFixture().lock().transcript(), FIVE_ENTRIES)).toMatchObject({
      error: 'nothing was drawn yet',
    })
  })

  it('reports the first error in the order of the steps, and the steps before it', () => {
    const transcript = twoAttempts().transcript()
    const broken = { ...transcript, head: '00'.repeat(32) }
    expect(verifyDraw(broken, FIVE_ENTRIES.slice(1))).toMatchObject({
      step: 'list',
      steps: STEPS.slice(0, 4),
    })
    expect(verifyDraw(broken, FIVE_ENTRIES)).toMatchObject({
      step: 'head-and-signatures',
      steps: STEPS.slice(0, 11),
    })
    expect(verifyDraw({}, FIVE_ENTRIES)).toMatchObject({ step: 'shapes', steps: [] })
  })

  it('never throws, whatever it checks', () => {
    for (const value of [null, undefined, 1, 'x', [], { v: 'eungmo-draw/1' }, { records: [null] }]) {
      expect(verifyDraw(value, FIVE_ENTRIES)).toMatchObject({ ok: false, step: 'shapes' })
    }
    for (const entries of [null, 5, [null], [{ id: 'a', tickets: true }], []]) {
      expect(verifyDraw(twoAttempts().transcript(), entries as unknown as typeof FIVE_ENTRIES)).toMatchObject(
        {
          ok: false,
          step: 'list',
        },
      )
    }
  })
})

describe('verifySteps', () => {
  it('runs the steps in order, and a long list piece by piece', () => {
    const entries = Array.from({ length: 10_000 }, (_, at) => ({ id: `e${at}`, tickets: 1 + (at % 2) }))
    const transcript = new EventFixture({ entries, rules: { visitBonus: 1 } }).lock().result().transcript()
    const steps = verifySteps(transcript, entries)
    const seen: string[] = []
    let step = steps.next()
    for (; !step.done; step = steps.next())
      seen.push(`${step.value.step} ${step.value.done}/${step.value.total}`)
    expect(step.value.ok).toBe(true)
    expect(seen).toEqual(
      STEPS.flatMap((name) =>
        name === 'list' ? ['list 0/1', 'list 4096/10000', 'list 8192/10000'] : [`${name} 0/1`],
      ),
    )
  })
})

describe('verifyLight', () => {
  it('accepts the proofs of all drawn, and warns that the list was not checked', () => {
    const verification = verifyLight(twoAttempts().transcript(), proofs)
    expect(verification).toMatchObject({ ok: true, level: 'consistent' })
    expect(verification.ok && verification.warnings.map((warning) => warning.code)).toContain(
      'list-not-checked',
    )
  })

  it('accepts a beacon', () => {
    const [{ lockAt }] = QUICKNET_ROUNDS
    const event = new EventFixture({
      start: '2023-08-23T15:00:00.000Z',
      quicknet: true,
      rules: { beacon: 'quicknet' },
    })
    expect(verifyLight(event.at(lockAt).lock().result().transcript(), proofs)).toMatchObject({ ok: true })
  })

  it('agrees with the whole check on lists of many sizes, and needs every proof', () => {
    for (let size = 5; size < 60; size += 6) {
      const entries = toEntryList(
        Array.from({ length: size }, (_, at) =>
          at % 6 === 5
            ? { id: `e${at}`, tickets: 0, reason: 2 }
            : { id: `e${at}`, tickets: 1 + ((at * 7) % 5) },
        ),
      )
      const event = new EventFixture({ entries }).lock().result().withdraw(2).withdraw(1).lock().result()
      const transcript = event.transcript()
      const sizedTree = entryTree(entries)
      const drawn = event.records.flatMap((record) => (record.type === 'result' ? record.draws : []))
      const needed = drawn.map(({ index }) => inclusionProof(sizedTree, index))
      expect(verifyDraw(transcript, entries).ok).toBe(true)
      expect(verifyLight(transcript, needed).ok).toBe(true)
      needed.forEach((proof, at) => {
        expect(verifyLight(transcript, needed.toSpliced(at, 1))).toMatchObject({
          ok: false,
          step: 'draws',
          error: expect.stringContaining(`the proof of entry ${proof.index} is missing`),
        })
      })
    }
  })

  it('rejects wrong draws that the proofs contradict', () => {
    const event = new EventFixture().lock().result()
    const [rules, lock, result] = event.records
    if (rules?.type !== 'rules' || lock?.type !== 'lock' || result?.type !== 'result')
      throw new Error('three records')
    const errorOf = (draws: readonly object[]) => {
      const changed = new EventFixture()
      changed.records = [rules, lock, { ...result, draws } as typeof result]
      const verification = verifyLight(changed.transcript(), proofs)
      return verification.ok ? 'ok' : `${verification.step}: ${verification.error}`
    }
    const [first, second, third] = result.draws as [object, object, object]
    expect(errorOf(result.draws)).toBe('ok')
    expect(errorOf([first, first, third])).toMatch(/^draws: result 1, rank 1: entry [0-3] was drawn before$/)
    expect(errorOf([second, first, third])).toMatch(/does not hold the ticket/)
    expect(errorOf([first, second])).toBe('draws: result 1 has 2 draws, but its lock requires 3')
    for (const key of ['rank', 'tickets', 'remaining', 'r']) {
      expect(errorOf([{ ...first, [key]: 7 }, second, third])).toMatch(
        new RegExp(`^draws: result 1, rank 1 has ${key} 7`),
      )
    }
    expect(errorOf([{ ...first, id: 'zoe' }, second, third])).toMatch(/^draws: result 1, rank 1 has id zoe/)
  })

  it('rejects wrong, foreign and duplicate proofs', () => {
    const transcript = twoAttempts().transcript()
    const [first] = proofs
    const errorOf = (proofsToCheck: readonly unknown[]) => {
      const verification = verifyLight(transcript, proofsToCheck)
      return verification.ok ? 'ok' : `${verification.step}: ${verification.error}`
    }
    expect(errorOf([...proofs, first])).toBe('list: there are two proofs for entry 0')
    expect(errorOf([{ ...first, tickets: 6 }])).toBe('list: proof 0: the sums do not add up to totalTickets')
    expect(errorOf([{ ...first, tickets: true }])).toContain(
      'list: proof 0: proof.tickets must be an integer',
    )
    expect(errorOf([null])).toContain('list: proof 0: proof must be an object')
  })

  it('rejects numbers of tickets that the rules do not allow, and locks that differ', () => {
    const bonus = new EventFixture({ rules: { visitBonus: 4 } }).lock().result().transcript()
    expect(verifyLight(bonus, proofs)).toMatchObject({
      step: 'list',
      error: 'entry "bob" has 3 tickets, but the visit bonus gives 1 or 5',
    })
  })
})
