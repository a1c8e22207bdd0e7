import type { EntryInput } from '@eungmo/draw/list'
import type { SignedReceipt } from '@eungmo/draw/receipts'
import { verifyDraw } from '@eungmo/draw/verify'
import { count, type Year } from './year.ts'

/** What is stored for days only: counted attempts, and what opens the entries of withdrawn winners. */
export async function checkShortLived(year: Year): Promise<string[]> {
  const { sql } = year.installation.api
  const now = new Date(year.now() - year.passed())
  const attempts = await sql`select 1 from attempt_budgets where expires_at <= ${now.toISOString()}`
  const persons = await sql<{ id: string }[]>`
    select w.participant_id as id from draw_winners w join events e on e.id = w.event_id
    where w.standing = 'withdrawn' and w.person is not null
      and greatest(e.announcement_date, w.selected_at) + e.claim_days * interval '1 day' <= ${now.toISOString()}`
  return [
    ...(attempts.length > 0 ? [`${attempts.length} counted attempts have outlived their day`] : []),
    ...persons.map(({ id }) => `the transcript still opens the entry of the withdrawn winner ${id}`),
  ]
}

/** Verifies every draw, and a receipt that somebody saved, though nothing of a person may be stored any more. */
export async function checkProofs(year: Year): Promise<string[]> {
  const { draws } = year.installation.anonymous
  const problems: string[] = []
  for (const { drawLogId, entries } of year.events) {
    if (!drawLogId) continue
    const transcript = await draws.transcript({ drawLogId })
    const list: EntryInput = await draws.entries({ drawLogId })
    const receipt = entries[0]?.receipt as SignedReceipt
    const verified = verifyDraw(transcript, list, { anchors: { receipt } })
    count(year, 'draws verified with a saved receipt')
    if (!verified.ok) problems.push(`draw ${drawLogId}: ${JSON.stringify(verified).slice(0, 300)}`)
  }
  return problems
}
