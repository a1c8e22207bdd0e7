import type { EntryInput } from '@eungmo/draw/list'
import { verifyDraw } from '@eungmo/draw/verify'
import { expect } from 'vitest'
import type { ApiFixture, Caller } from './api-fixture.ts'

/** Draws; throws when the result is still pending. */
export async function drawNow(owner: Caller, input: Parameters<Caller['draws']['drawWinners']>[0]) {
  const response = await owner.draws.drawWinners(input)
  if (!('winners' in response)) throw new Error('the draw is still pending')
  return response
}

/** Expects a draw to verify, and resolves to what a visitor can download of it. */
export async function verifiedDraw(api: ApiFixture, drawLogId: string) {
  const transcript = await api.anonymous.draws.transcript({ drawLogId })
  const entries: EntryInput = await api.anonymous.draws.entries({ drawLogId })
  const verification = verifyDraw(transcript, entries)
  expect(verification).toMatchObject({ ok: true })
  return { transcript, entries, verification }
}

/** Lets a draw that failed be tried again without its pause. */
export async function skipRetryPause(api: ApiFixture, drawLogId: string): Promise<void> {
  await api.sql`update draw_logs set next_try_at = null where id = ${drawLogId}`
}
