import { setTimeout as pause } from 'node:timers/promises'
import type { Dependencies } from '@eungmo/api/dependencies'
import type { createCaller } from '@eungmo/api/router'
import { enterDemoPeople } from './entries.ts'

type Api = ReturnType<typeof createCaller>
type Registering = Pick<Dependencies, 'registrar' | 'sql'>

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Time to publish and enter before the ended event ends, at least; on a slow machine it is longer. */
const MIN_OPEN_FOR_MS = 3_000

/** A full hour in Korea, `days` from today; 21:00 by default. */
function inKorea(days: number, hour = 21): Date {
  const midnight = Math.floor((Date.now() + 9 * HOUR_MS) / DAY_MS) * DAY_MS - 9 * HOUR_MS
  return new Date(midnight + days * DAY_MS + hour * HOUR_MS)
}

async function visitTokenOf(api: Api, eventId: string): Promise<string> {
  const store = (await api.channels.list({ eventId })).find(({ kind }) => kind === 'store')
  return (store && new URL(store.link).searchParams.get('t')) ?? ''
}

/** Creates the demo's events where they are missing; resolves to the open one. */
export async function createDemoEvents(
  api: Api,
  dependencies: Registering,
): Promise<{ eventId: string; slug: string }> {
  const existing = await api.events.list()
  const find = (title: string) =>
    existing.find((event) => event.title === title && event.status !== 'cancelled')
  const startedAt = performance.now()
  const open = await createOpenEvent(api, dependencies, find(OPEN_TITLE))
  const openForMs = Math.max(MIN_OPEN_FOR_MS, 4 * (performance.now() - startedAt))
  if (!find(ENDED_TITLE)) await createEndedEvent(api, dependencies, openForMs)
  return open
}

const OPEN_TITLE = '오픈 1주년 케이크 증정'

async function createOpenEvent(
  api: Api,
  dependencies: Registering,
  found: { id: string; slug: string; status: string } | undefined,
): Promise<{ eventId: string; slug: string }> {
  const event =
    found ??
    (await api.events.create({
      title: OPEN_TITLE,
      story:
        '링고베이커리가 문을 연 지 벌써 1년이 되었어요. 매일 아침 찾아 주신 동네 분들께 감사한 마음을 담아 케이크를 준비했습니다.\n매장에 들르시면 응모권을 한 장 더 드려요.',
      startsAt: new Date(Date.now() - 3 * DAY_MS).toISOString(),
      endsAt: inKorea(28).toISOString(),
      announcementDate: inKorea(32, 14).toISOString(),
      prizes: [
        { name: '딸기 생크림 케이크 2호', count: 1 },
        { name: '조각 케이크 2종 세트', count: 2 },
      ],
      visitBonus: 1,
      alternateCount: 2,
    }))
  if (event.status === 'draft') await api.events.publish({ eventId: event.id })
  const visitToken = await visitTokenOf(api, event.id)
  await enterDemoPeople(dependencies, { eventId: event.id, visitToken, count: 47, hours: 30, seed: 11 })
  return { eventId: event.id, slug: event.slug }
}

const ENDED_TITLE = '가을 신메뉴 시식단'

/** Opened two weeks ago and ends in some seconds, so that it is drawn like any other event: after its end. */
async function createEndedEvent(api: Api, dependencies: Registering, openForMs: number): Promise<void> {
  const endsAt = new Date(Date.now() + openForMs)
  const event = await api.events.create({
    title: ENDED_TITLE,
    story: '새로 구운 밤 식빵과 무화과 타르트를 가장 먼저 맛보실 분을 모셨어요.',
    startsAt: new Date(Date.now() - 14 * DAY_MS).toISOString(),
    endsAt: endsAt.toISOString(),
    announcementDate: endsAt.toISOString(),
    prizes: [{ name: '밤 식빵·무화과 타르트 시식 세트', count: 5 }],
    visitBonus: 1,
    alternateCount: 1,
  })
  await api.events.publish({ eventId: event.id })
  const visitToken = await visitTokenOf(api, event.id)
  await enterDemoPeople(dependencies, { eventId: event.id, visitToken, count: 36, hours: 300, seed: 42 })
  while (Date.now() <= endsAt.getTime()) await pause(endsAt.getTime() - Date.now() + 50)
  await api.draws.drawWinners({ eventId: event.id, winnerCount: 5, visitBonus: true })
}
