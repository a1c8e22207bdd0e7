import { recordStatements } from '@eungmo/db/testing/recorded-statements'
import { expect, test } from 'vitest'
import { createPublicReads } from '../src/public-reads.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  callers: { owner },
} = await startTwoShops()
const { secrets } = api.dependencies

test('an entry page is read in one statement, and 100 requests at once cost two', async () => {
  const { db, statements } = recordStatements(api.sql)
  const reads = createPublicReads({ db, secrets })
  const { slug, title } = await createOpenEvent(owner)
  expect((await reads.entryPage(slug)).view).toMatchObject({ slug, title, phase: 'open' })
  expect(statements).toHaveLength(1)

  statements.length = 0
  const pages = await Promise.all(Array.from({ length: 100 }, () => reads.entryPage(slug)))
  expect(new Set(pages.map(({ view }) => view.title))).toEqual(new Set([title]))
  expect(statements).toHaveLength(2)
})

test('a request after a change gets the change, with a rush of others before it', async () => {
  const event = await createOpenEvent(owner)
  for (const title of ['하나', '둘', '셋']) {
    const rush = Array.from({ length: 20 }, () => api.anonymous.events.getBySlug({ slug: event.slug }))
    await owner.events.update({ eventId: event.id, title: `${title} 번째 제목` })
    const [page, json] = await Promise.all([
      api.anonymous.events.getBySlug({ slug: event.slug }),
      api.anonymous.events.get({ eventId: event.id }),
    ])
    expect([page.title, json.title]).toEqual([`${title} 번째 제목`, `${title} 번째 제목`])
    await Promise.all(rush)
  }
})

test('an unknown address is NOT_FOUND for every caller, until the event is published', async () => {
  const draft = await owner.events.create(eventInput())
  const rush = Array.from({ length: 10 }, () => api.anonymous.events.getBySlug({ slug: draft.slug }))
  for (const result of await Promise.allSettled(rush))
    expect(result).toMatchObject({ status: 'rejected', reason: { cause: { code: 'NOT_FOUND' } } })
  await owner.events.publish({ eventId: draft.id })
  expect((await api.anonymous.events.getBySlug({ slug: draft.slug })).phase).toBe('open')
})
