import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@eungmo/tooling/postgres/server'
import { expect, test } from 'vitest'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { startApi } from './support/api-fixture.ts'
import { drawNow } from './support/draws.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

const NAME = '제갈하늘누리'
const PHONE = '010-9876-5432'
const NOTE = '전화를 받은 제갈하늘누리 님이 사양함'

/** The texts in every form in which a statement or its parameters could carry them. */
const forms = (texts: readonly string[]) =>
  texts.flatMap((text) => [text, Buffer.from(text).toString('hex'), Buffer.from(text).toString('base64')])

test('no statement carries a name, a phone number, a note or a search text', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-statements-'))
  // Our server's log leaves parameters out; here they are what is looked at.
  const settings = { log_statement: 'all', log_parameter_max_length: -1, log_error_verbosity: 'default' }
  const server = await startPostgres({ dataDir, settings })
  const api = await startApi(server.url)
  try {
    const shop = await api.createShop()
    const owner = api.as(shop.owner)
    const event = await createOpenEvent(owner, { winnerCount: 1, alternateCount: 1 })
    const eventId = event.id
    const planted = { name: NAME, phoneNumber: PHONE }
    const { applicationNumber } = await api.anonymous.participations.register(entryInput(eventId, 1, planted))
    await api.anonymous.participations.register(entryInput(eventId, 2))
    for (const q of [NAME, '하늘누리', 'ㅎㄴㄴㄹ', '5432', PHONE])
      expect((await owner.participants.search({ eventId, q })).items).toMatchObject([{ name: NAME }])
    await owner.participants.list({ eventId })
    await api.anonymous.participations.selfCheck({ eventId, applicationNumber, phoneNumber: PHONE })
    const { drawLogId } = await drawNow(owner, { eventId, winnerCount: 1, visitBonus: false })
    await owner.draws.redraw({ drawLogId, ranks: [1], reason: 'declined', note: NOTE })
    expect((await owner.draws.get({ drawLogId })).history).toContainEqual(
      expect.objectContaining({ note: NOTE }),
    )
    const { chunks } = await exportParticipants(api.contextOf(shop.owner), eventId, {
      purpose: '당첨자 연락',
    })
    expect((await Array.fromAsync(chunks)).join('')).toContain(NAME)

    const log = () => readFileSync(join(server.filesDir, 'postgres.log'), 'utf8')
    const searched = forms([NAME, '하늘누리', 'ㅎㄴㄴㄹ', PHONE, '+821098765432', '01098765432', '사양함'])
    const found = () => searched.filter((text) => log().includes(text))
    expect(log()).toContain('insert into participants')
    expect(found()).toEqual([])
    // As a search in SQL would have shown it.
    await api.sql`select id from participants where event_id = ${eventId} and entry_path like ${`%${NAME}%`}`
    expect(found()).toContain(NAME)
  } finally {
    await api.close()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 60_000)
