import { createHmac } from 'node:crypto'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { NotAccepted, type PhoneNotice } from '../src/notices/notifier.ts'
import { solapiAuthorization } from '../src/notices/providers/solapi-signature.ts'
import { solapiAt } from './support/notices.ts'
import { startTestSolapi, TEST_ACCOUNT } from './support/test-solapi.ts'

const solapi = await startTestSolapi()
afterAll(() => solapi.stop())
beforeEach(() => {
  solapi.accepted.length = 0
})

const facts = {
  shop: '링고베이커리',
  event: '오픈 1주년',
  prize: '케이크',
  until: '2026년 12월 20일(일) 18:00',
  link: 'https://eungmo.example/c/abc',
  contact: '02-123-4567',
}
const notice = (overrides: Partial<PhoneNotice> = {}): PhoneNotice => ({
  id: Bun.randomUUIDv7(),
  phoneNumber: '010-1234-5678',
  kind: 'won',
  locale: 'ko',
  facts,
  ...overrides,
})

const post = (authorization: string) =>
  fetch(`${solapi.url}/messages/v4/send-many/detail`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [] }),
  })

test('the signature is HMAC-SHA256 of date and salt, as documented', () => {
  const date = '2019-07-01T00:41:48Z'
  const salt = 'jqsba2jxjnrjor'
  const signature = createHmac('sha256', TEST_ACCOUNT.apiSecret).update(`${date}${salt}`).digest('hex')
  expect(solapiAuthorization(TEST_ACCOUNT, date, salt)).toBe(
    `HMAC-SHA256 apiKey=${TEST_ACCOUNT.apiKey}, date=${date}, salt=${salt}, signature=${signature}`,
  )
})

test('the test server rejects what solapi rejects: key, signature, clock and a signature used twice', async () => {
  const valid = solapiAuthorization(TEST_ACCOUNT)
  const late = new Date(Date.now() - 16 * 60_000).toISOString()
  const errors = [
    [solapiAuthorization({ ...TEST_ACCOUNT, apiKey: 'OTHER' }), 'InvalidAPIKey'],
    [solapiAuthorization({ ...TEST_ACCOUNT, apiSecret: 'other' }), 'SignatureDoesNotMatch'],
    [solapiAuthorization(TEST_ACCOUNT, late), 'RequestTimeTooSkewed'],
  ] as const
  for (const [authorization, errorCode] of errors) {
    const response = await post(authorization)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ errorCode })
  }
  expect((await post(valid)).status).toBe(400)
  expect(await (await post(valid)).json()).toMatchObject({ errorCode: 'DuplicatedSignature' })
})

test('a wrong secret is a problem of the settings, and nothing is sent', async () => {
  const sending = solapiAt(solapi.url, { apiSecret: 'other' }).send([notice()])
  await expect(sending).rejects.toMatchObject({ name: 'NotAccepted', problem: 'settings' })
  expect(solapi.accepted).toEqual([])
})

test('texts of up to 90 bytes in EUC-KR are SMS, longer ones LMS, and kinds with a template Alimtalk', async () => {
  const alimtalk = { channel: 'KA01PF', templates: { won: 'KA01TP' } }
  const provider = solapiAt(solapi.url, { alimtalk })
  const notices = [notice(), notice({ kind: 'two-days-left' }), notice({ locale: 'en' })]
  expect(notices.map(provider.priceClassOf)).toEqual(['alimtalk', 'lms', 'lms'])
  const outcomes = await provider.send(notices)
  expect(outcomes.map(({ id, state }) => [id, state])).toEqual(notices.map(({ id }) => [id, 'sent']))
  expect(solapi.accepted.map(({ type }) => type)).toEqual(['ATA', 'LMS', 'LMS'])
  expect(solapi.accepted[0]?.kakaoOptions).toEqual({
    pfId: 'KA01PF',
    templateId: 'KA01TP',
    variables: Object.fromEntries(Object.entries(facts).map(([name, value]) => [`#{${name}}`, value])),
  })
})

test('a text message holds characters of EUC-KR only', async () => {
  const odd = { ...facts, event: '뷁 🎉 파티 – “축하”', shop: 'Café' }
  await solapiAt(solapi.url).send([notice({ facts: odd })])
  expect(solapi.accepted[0]?.text).toContain("'? 파티 - “축하”'")
  expect(solapi.accepted[0]?.text).toContain('[Caf]')
})

test('each message has its own outcome, by status code', async () => {
  const codes = { '01000000001': '3010', '01000000002': '1061', '01000000003': '1030' }
  for (const [to, code] of Object.entries(codes)) solapi.rejectNumber(to, code)
  const notices = ['010-0000-0001', '010-0000-0002', '010-0000-0003', '010-0000-0004'].map((phoneNumber) =>
    notice({ phoneNumber }),
  )
  const outcomes = await solapiAt(solapi.url).send(notices)
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]))
  expect(notices.map(({ id }) => byId.get(id))).toMatchObject([
    { state: 'failed', problem: 'wrong-number' },
    { state: 'failed', problem: 'blocked' },
    { state: 'failed', problem: 'settings' },
    { state: 'sent', providerMessageId: expect.stringMatching(/^M4V/) },
  ])
})

test('where nothing was accepted for certain the error says so, and how long to wait', async () => {
  const provider = solapiAt(solapi.url)
  solapi.limitFor(7)
  solapi.behave('limit', 'unavailable')
  await expect(provider.send([notice()])).rejects.toMatchObject({
    problem: 'unreachable',
    retryAfterMs: 7_000,
  })
  await expect(provider.send([notice()])).rejects.toBeInstanceOf(NotAccepted)
  const away = solapiAt('http://127.0.0.1:1')
  await expect(away.send([notice()])).rejects.toMatchObject({ name: 'NotAccepted', problem: 'unreachable' })
  expect(solapi.accepted).toEqual([])
})

test.each(['accept-and-drop', 'accept-and-fail'] as const)(
  'a request that may have been accepted is not repeated (%s)',
  async (behaviour) => {
    solapi.behave(behaviour)
    const before = solapi.requests()
    const error = await solapiAt(solapi.url)
      .send([notice()])
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(NotAccepted)
    expect(solapi.requests() - before).toBe(1)
    expect(solapi.accepted).toHaveLength(1)
  },
)

test('what solapi rejects as a whole failed, and is logged without numbers and texts', async () => {
  const warn = vi.fn()
  const provider = solapiAt(solapi.url, { log: { warn }, sender: 'x' })
  const sent = notice()
  expect(await provider.send([sent])).toEqual([{ id: sent.id, state: 'failed', problem: 'rejected' }])
  expect(Bun.inspect(warn.mock.calls)).not.toMatch(/5678|링고/)
})

test('reports of accepted messages are read by their ids', async () => {
  const provider = solapiAt(solapi.url)
  const outcomes = await provider.send([notice(), notice(), notice()])
  const ids = outcomes.flatMap((outcome) =>
    'providerMessageId' in outcome ? (outcome.providerMessageId ?? []) : [],
  )
  solapi.report(ids[0] ?? '', '4000')
  solapi.report(ids[1] ?? '', '3032')
  const reports = await provider.readReports([...ids, 'M4VUNKNOWN'])
  expect(ids.map((id) => reports.get(id))).toEqual([
    { state: 'arrived' },
    { state: 'failed', problem: 'wrong-number' },
    { state: 'pending' },
  ])
  expect(reports.has('M4VUNKNOWN')).toBe(false)
})
