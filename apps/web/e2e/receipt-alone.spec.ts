import { uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

const NAME = '홀로영수증'
const PRIZE = '숨긴 경품 달맞이잔'

/** Fields of an entry that its receipt must not show. */
const OWN_FIELDS = ['"participatedAt"', '"entryPath"', '"outcome"', '"rank"', '"prize"', '"salt"']

/** A drawn and announced event whose winner holds a receipt. */
async function winnerWithReceipt(shop: ShopClient) {
  const phone = uniquePhoneNumber()
  const hours = (n: number) => new Date(Date.now() + n * 3_600_000)
  const event = await shop.call<{ id: string; slug: string }>('POST', '/events', {
    title: '영수증 시험',
    startsAt: hours(-1),
    endsAt: hours(240),
    announcementDate: hours(264),
    prizes: [{ name: PRIZE, count: 1 }],
    winnerCount: 1,
  })
  await shop.call('POST', `/events/${event.id}/publish`, {})
  const entry = await shop.call<{ applicationNumber: string; receipt: object }>('POST', '/participations', {
    eventId: event.id,
    name: NAME,
    phoneNumber: phone,
    entryPath: 'SNS',
    privacyConsent: true,
  })
  await shop.close(event.id)
  await shop.draw(event.id, 1)
  return { event, phone, ...entry, receipt: JSON.stringify(entry.receipt) }
}

test('a receipt alone shows list status only, through every door', async ({ shop }) => {
  const { event, phone, applicationNumber, receipt } = await winnerWithReceipt(shop)
  const { baseUrl } = shop.stack
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(baseUrl + path, {
      ...init,
      headers: { origin: baseUrl, ...init.headers },
      redirect: 'manual',
    })
    return { status: response.status, text: await response.text() }
  }
  const json = (body: object) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const post = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
    method: 'POST',
    headers,
    body: new URLSearchParams(fields),
  })
  const asAction = { accept: 'application/json', 'x-sveltekit-action': 'true' }
  const check = `/e/${event.slug}/check?/receipt`
  const selfCheck = (proof: object) => json({ eventId: event.id, ...proof })

  const doors = {
    trpc: await send('/api/trpc/participations.selfCheck', selfCheck({ receipt })),
    trpcObject: await send('/api/trpc/participations.selfCheck', selfCheck({ receipt: JSON.parse(receipt) })),
    page: await send(check, post({ receipt }, { accept: 'text/html' })),
    pageWithEmptyPhone: await send(check, post({ receipt, phoneNumber: ' ' }, { accept: 'text/html' })),
    action: await send(check, post({ receipt }, asAction)),
    donePage: await send(`/e/${event.slug}/done?receipt=${encodeURIComponent(receipt)}`),
    winners: await send(`/e/${event.slug}/winners`),
  }
  const own = { phoneNumber: phone }
  const whole = {
    trpc: await send('/api/trpc/participations.selfCheck', selfCheck({ receipt, ...own })),
    page: await send(check, post({ receipt, ...own }, { accept: 'text/html' })),
    action: await send(check, post({ receipt, ...own }, asAction)),
  }

  for (const proof of ['', 'x', applicationNumber])
    for (const path of ['/api/v1/participations/withdraw', '/api/trpc/participations.withdraw'])
      expect((await send(path, json({ eventId: event.id, receipt, proof }))).status, path).toBe(400)

  const personal = [NAME, phone, `82${phone.slice(1)}`]
  const found = (text: string, texts: readonly string[]) => texts.filter((secret) => text.includes(secret))
  for (const [door, { status, text }] of Object.entries(doors)) {
    expect(status, door).toBe(200)
    expect(found(text, personal), door).toEqual([])
    if (door === 'winners') continue
    expect(found(text, OWN_FIELDS), door).toEqual([])
    expect(found(text, [PRIZE, '축하해요', '이번에는 당첨되지']), door).toEqual([])
  }
  for (const door of ['page', 'pageWithEmptyPhone'] as const)
    expect(doors[door].text).toContain('당첨 여부는 전화번호도 적어야')
  // The address with the receipt is in the page's links; the entry is not in its data.
  expect(doors.donePage.text).toContain('entry:null')
  const view: { result: { data: object } } = JSON.parse(doors.trpc.text)
  expect(Object.keys(view.result.data).toSorted()).toEqual([
    'announcementDate',
    'applicationNumber',
    'eventId',
    'exclusionReason',
    'inclusion',
    'missing',
    'receipt',
    'shows',
    'slug',
    'tickets',
    'title',
  ])

  // The same doors show what they hide to the holder of the phone number.
  for (const [door, { text }] of Object.entries(whole)) expect(found(text, [PRIZE]), door).toEqual([PRIZE])
  expect(found(whole.trpc.text, OWN_FIELDS)).toEqual(OWN_FIELDS)

  // Other questions about one person want the phone number.
  const other = await send('/api/trpc/participations.receipt', selfCheck({ receipt, applicationNumber }))
  expect([other.status, found(other.text, personal)]).toEqual([400, []])
})
