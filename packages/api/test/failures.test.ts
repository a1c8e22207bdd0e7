import type { LogFields } from '@eungmo/messaging/logging/logger'
import { expect, inject, test } from 'vitest'
import { logFailure } from '../src/errors/log-failure.ts'
import { textStream } from '../src/http/text-stream.ts'
import { startApi } from './support/api-fixture.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent } from './support/sample-events.ts'

interface Line {
  level: string
  fields: LogFields
}

function recordingLogger() {
  const lines: Line[] = []
  const at = (level: string) => (fields: Line['fields']) => void lines.push({ level, fields })
  return { lines, log: { debug: () => undefined, info: at('info'), warn: at('warn'), error: at('error') } }
}

test('every 5xx over REST has one logged cause, also of a list that is streamed', async () => {
  const { lines, log } = recordingLogger()
  const api = await startApi(inject('postgresUrl'), { log })
  try {
    const { owner } = await api.createShop()
    const { id } = await createOpenEvent(api.as(owner))
    await api.anonymous.participations.register(entryInput(id, 1))
    const missing = Bun.randomUUIDv7()
    for (const table of ['participants', 'draw_logs', 'events']) {
      await api.sql.unsafe(`alter table ${table} rename to ${table}_away`)
      for (const path of [`/events/${id}/participants`, `/draws/${missing}/entries`, `/events/${id}`]) {
        lines.length = 0
        const { status } = await api.rest('GET', path, { viewer: owner })
        expect(
          lines.map(({ level }) => level),
          path,
        ).toEqual(status >= 500 ? ['error'] : [])
      }
      await api.sql.unsafe(`alter table ${table}_away rename to ${table}`)
    }
  } finally {
    await api.close()
  }
})

test('a stream that fails after its first piece is broken off, and its cause is logged', async () => {
  const { lines, log } = recordingLogger()
  const failure = new Error('the connection ended')
  async function* chunks() {
    yield 'id,tickets\n'
    throw failure
  }
  const response = new Response(textStream(chunks(), (error) => logFailure(log, error)))
  await expect(response.text()).rejects.toThrow()
  expect(lines).toEqual([{ level: 'error', fields: { err: failure } }])
})

test('what a member was denied is a line with the procedure and the ids, and an unknown id is none', async () => {
  const { lines, log } = recordingLogger()
  const api = await startApi(inject('postgresUrl'), { log })
  try {
    const { owner, staff } = await api.createShop()
    const { owner: stranger } = await api.createShop('다른 가게')
    const { id } = await createOpenEvent(api.as(owner))
    const key = { ...owner, via: 'api-key', apiKeyId: Bun.randomUUIDv7(), scopes: [] } as const
    lines.length = 0
    await api.rest('GET', `/events/${id}/participants`, { viewer: stranger })
    await api.rest('POST', `/events/${id}/publish`, { viewer: staff, body: {} })
    await api.rest('GET', `/events/${id}/participants`, { viewer: key })
    await api.rest('GET', `/events/${Bun.randomUUIDv7()}/participants`, { viewer: owner })
    await api.rest('GET', `/events/${id}/participants`)
    const idsOf = ({ userId, shopId }: typeof owner) => ({ userId, shopId })
    expect(lines).toEqual([
      { level: 'warn', fields: { procedure: 'participants.list', ...idsOf(stranger) } },
      { level: 'warn', fields: { procedure: 'events.publish', ...idsOf(staff) } },
      {
        level: 'warn',
        fields: { procedure: 'participants.list', ...idsOf(owner), apiKeyId: key.apiKeyId },
      },
    ])
  } finally {
    await api.close()
  }
})
