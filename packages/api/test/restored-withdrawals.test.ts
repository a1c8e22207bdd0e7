import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createDestructionJournal } from '../src/destruction/journal/destruction-journal.ts'
import { createCaller } from '../src/router.ts'
import { backUp } from './support/back-up.ts'
import { verifiedDraw } from './support/draws.ts'
import { startOn } from './support/restored-process.ts'
import { enterParticipants, entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'
import { drawnEvent, withdraw } from './support/withdrawals.ts'

const directory = mkdtempSync(join(tmpdir(), 'eungmo-restored-'))
afterAll(() => rmSync(directory, { recursive: true }))

const {
  api,
  callers: { owner },
} = await startTwoShops()
const { db, log } = api.dependencies

test('a restored backup withdraws again: out of the list before the draw, the prize to the alternate after it', async () => {
  const path = join(directory, 'destructions.jsonl')
  const open = await createOpenEvent(owner)
  const [entrant] = await enterParticipants(api.anonymous, open.id, 2)
  const drawn = await drawnEvent(api, owner, { winnerCount: 1, alternateCount: 1 })
  const winner = drawn.winnerOf(1)
  if (!entrant) throw new Error('nobody entered')
  const restore = await backUp(api.url)
  await withdraw(api, open.id, entrant)
  await withdraw(api, drawn.event.id, winner, winner.receipt)
  await createDestructionJournal({ db, path, log }).write()

  const url = await restore()
  for (let start = 1; start <= 2; start++) {
    const restored = startOn(url, path)
    await restored.serve()
    const rows = await restored.sql`
      select p.entry_id as id, exclusion_reason as reason from participants p
      where withdrawn_at is not null and name is null and phone_index is null order by reason`
    expect(rows.map(({ id, reason }) => [id, reason])).toEqual([
      [winner.receipt.receipt.id, 0],
      [entrant.receipt?.receipt.id, 5],
    ])
    expect(
      (await restored.sql`select reason, count from destruction_records`).map(({ count }) => count),
    ).toEqual([1, 1])
    expect(await restored.sql`select id from destruction_journal`).toHaveLength(2)

    const anonymous = createCaller(api.contextOf(undefined, { dependencies: restored }))
    const { transcript } = await verifiedDraw({ ...api, anonymous }, drawn.drawLogId)
    expect(transcript.records.slice(-3).map(({ type }) => type)).toEqual(['lock', 'result', 'withdraw'])
    expect(transcript.records.at(-1)).toMatchObject({ slot: 1, reason: 'withdrawn', filledBy: 2 })
    const again = entryInput(open.id, 0)
    const entering = anonymous.participations.register(again)
    if (start === 1) await expect(entering).resolves.toMatchObject({ receipt: expect.anything() })
    else await expect(entering, 'the new entry stays').rejects.toThrow('ALREADY_PARTICIPATED')
  }
})
