import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { sealEnvelope } from '../../src/crypto/envelope.ts'
import { sealNote } from '../../src/crypto/personal-envelopes.ts'
import { createDependencies } from '../../src/dependencies.ts'
import { checkKeys } from '../../src/key-checks/check-keys.ts'
import { createCaller } from '../../src/router.ts'
import type { ApiFixture } from './api-fixture.ts'
import { drawNow } from './draws.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent } from './sample-events.ts'

const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
export const [k1, k2] = [keyOf('k1', 1), keyOf('k2', 2)]
/** SECRET_KEYS after the new key was moved to the front. */
export const rotated = `${k2},${k1}`
const program = fileURLToPath(new URL('../../src/reseal/main.ts', import.meta.url))

/** Another process on the same database, with these keys. */
export async function startProcess(api: ApiFixture, secretKeys: string) {
  const { log, publicUrl } = api.dependencies
  const { dependencies, close } = createDependencies({
    databaseUrl: api.url,
    secretKeys,
    publicUrl,
    log,
    rateLimit: false,
  })
  onTestFinished(close)
  await checkKeys(dependencies)
  const as = (viewer: Parameters<ApiFixture['as']>[0]) =>
    createCaller({ ...api.contextOf(viewer), dependencies })
  return { dependencies, as, anonymous: as({ kind: 'anonymous' }) }
}

/** `bun run reseal` as a process of its own. */
export function runCommand(api: ApiFixture, secretKeys = rotated) {
  const child = Bun.spawn([process.execPath, program], {
    env: { PATH: process.env.PATH, DATABASE_URL: api.url, SECRET_KEYS: secretKeys },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  onTestFinished(() => child.kill())
  return child
}

/** What it printed, and its exit code. */
export async function resultOf(child: ReturnType<typeof runCommand>) {
  const [out, err] = [await new Response(child.stdout).text(), await new Response(child.stderr).text()]
  return { lines: out.trimEnd().split('\n'), err, code: await child.exited }
}

/** A drawn event with an envelope in every column that has them. */
export async function createStory(api: ApiFixture) {
  const members = await api.createShop()
  const owner = api.as(members.owner)
  const event = await createOpenEvent(owner, { alternateCount: 1 })
  const entries = await enterParticipants(api.anonymous, event.id, 6)
  const { drawLogId } = await drawNow(owner, { eventId: event.id, winnerCount: 2, visitBonus: false })
  await owner.draws.redraw({ drawLogId, ranks: [1], reason: '연락 안 됨', note: '전화를 안 받음' })
  await storeClaim(api, drawLogId)
  await storeExclusion(api, event.id)
  return { members, event, entries, drawLogId }
}

/** A claim of the winner of rank 2, and an attempt to reach them. */
async function storeClaim({ sql, dependencies: { secrets } }: ApiFixture, drawLogId: string): Promise<void> {
  const id = crypto.randomUUID()
  const details = sealEnvelope(secrets, 'claim', `${drawLogId}/2`, Buffer.alloc(256))
  const note = sealNote(secrets, { primaryKey: [id], column: 'note' }, '다시 전화하기')
  await sql`insert into claims (draw_log_id, draw_rank, event_id, participant_id, details)
    select draw_log_id, draw_rank, event_id, participant_id, ${details} from draw_winners
    where draw_log_id = ${drawLogId} and draw_rank = 2`
  await sql`insert into contact_attempts
      (id, draw_log_id, draw_rank, event_id, participant_id, attempted_by, means, note)
    select ${id}, draw_log_id, draw_rank, event_id, participant_id, gen_random_uuid(), 'phone', ${note}
    from draw_winners where draw_log_id = ${drawLogId} and draw_rank = 2`
}

/** The note of an exclusion, of one of the event's participants. */
async function storeExclusion(
  { sql, dependencies: { secrets } }: ApiFixture,
  eventId: string,
): Promise<void> {
  const [row] = await sql<{ id: string }[]>`select id from participants where event_id = ${eventId} limit 1`
  if (!row) throw new Error('the event has no participants')
  const note = sealNote(secrets, { primaryKey: [eventId, row.id], column: 'exclusion_note' }, '동생')
  await sql`update participants set exclusion_note = ${note} where event_id = ${eventId} and id = ${row.id}`
}
