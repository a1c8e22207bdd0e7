import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import type { StackInfo } from './support/stack-info.ts'
import { kafkaObstacle } from './support/stack-process.ts'

const obstacle = kafkaObstacle()
test.use({ processesApart: true, throughKafka: obstacle === null })

const NAME = '심은모래'
const PHONE = '010-9753-8642'
const EMAIL = 'planted.person@leak.example'
const TOKEN = 'eungmo_pLantEd0123456789abcdefPLANTED9876543210'
const WORD = 'plantedpassword'
const PLANTED = [NAME, PHONE, PHONE.replaceAll('-', ''), EMAIL, TOKEN, TOKEN.slice(0, 32), WORD]

const found = (text: string) => PLANTED.filter((planted) => text.includes(planted))
/** One comparison for many thousand lines: an `expect` of each would take ten seconds. */
const linesWith = (text: string) => text.split('\n').filter((line) => found(line).length > 0)

type Send = (path: string, init?: RequestInit) => Promise<Response>

/** Sends the planted values in every input that a stranger and an owner have. */
async function plantEverywhere(send: Send, stack: StackInfo, cookie: string, slug: string, eventId: string) {
  const q = encodeURIComponent(`${NAME} ${PHONE} ${EMAIL} ${TOKEN}`)
  const form = (fields: Record<string, string>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  const entry = {
    name: NAME,
    phoneNumber: PHONE,
    entryPath: 'SNS',
    privacyConsent: 'on',
    submissionId: TOKEN,
  }
  const json = (body: unknown): RequestInit => ({
    method: 'POST',
    headers: { authorization: `Bearer ${stack.apiKey}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const asOwner = (body: object): RequestInit => ({
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const list = `/api/v1/events/${eventId}`
  const sent: [string, RequestInit?][] = [
    [`/e/${q}`],
    [`/e/${slug}?via=${q}&t=${TOKEN}`],
    [`/e/${slug}/winners?x=${q}`],
    [`/verify/${q}`],
    [`/verify/${q}/entries.csv`],
    [`/api/v1/${q}?q=${q}`],
    [`/api/trpc/${TOKEN}?input=${q}`],
    [`/api/auth/callback/kakao?code=${TOKEN}&state=${q}`],
    [`/join/${q}`],
    [`/c/${TOKEN.slice(0, 32)}`],
    [`/c/${TOKEN}`],
    [`/c/${TOKEN}?/prove`, form({ lastDigits: PHONE })],
    [`/c/${TOKEN}?/confirm`, form({ kind: 'delivery', recipient: NAME, address: PHONE })],
    ['/api/trpc/claims.prove', json({ token: TOKEN, lastDigits: PHONE })],
    [`/e/${slug}`, form(entry)],
    [`/e/${slug}`, form({ ...entry, entryPath: NAME, visitToken: TOKEN })],
    [`/e/${slug}/check`, form({ applicationNumber: PHONE, phoneNumber: PHONE, receipt: TOKEN })],
    ['/login', form({ email: EMAIL, password: `${WORD}-1` })],
    ['/sign-up', form({ email: EMAIL, password: `${WORD}-1`, name: NAME, shopName: NAME })],
    ['/api/v1/participations', json({ ...entry, eventId, privacyConsent: true })],
    ['/api/v1/participations', json(`{"name": ${NAME} "${PHONE}`)],
    [`${list}/participants/search`, json({ q: NAME })],
    [`${list}/participants/search`, json({ q: PHONE })],
    [`${list}/participants/search`, json({ q: `${NAME}\u0000` })],
    ['/api/v1/events', json({ title: NAME, winnerCount: 1, story: `${PHONE} ${EMAIL}` })],
    [`${list}`, { ...json({ title: NAME, story: `${NAME}\u0000 ${PHONE}` }), method: 'PATCH' }],
    ['/api/trpc/participants.search', asOwner({ eventId, q: `${NAME} ${EMAIL}` })],
    ['/api/trpc/apiKeys.create', asOwner({ name: `${NAME} ${TOKEN.slice(7)}`, scopes: ['events:write'] })],
    ['/api/trpc/draws.redraw', asOwner({ eventId, reason: `${NAME} ${PHONE}`, ranks: [1] })],
    [`${list}/participants`, { headers: { authorization: `Bearer ${TOKEN}` } }],
    ['/admin/events', { headers: { cookie: `eungmo.session_token=${TOKEN}.${TOKEN}` } }],
  ]
  for (const [path, init] of sent) await send(path, init)
}

test('no process and no PostgreSQL logs a name, number, e-mail address or token, whether the database serves, rejects or is away', async ({
  shop,
}) => {
  test.setTimeout(180_000)
  const { stack } = shop
  const cookie = await shop.sessionCookie()
  const event = await shop.createEvent()
  const database = new URL(stack.databaseUrl).pathname.slice(1)
  const server = new URL(stack.databaseUrl)
  server.pathname = '/postgres'
  const { sql: admin } = connect(server.href, { max: 1 })
  const { sql } = connect(stack.databaseUrl, { max: 1 })
  const failures = new Map<string, string>()
  const send: Send = async (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('origin', stack.baseUrl)
    const response = await fetch(stack.baseUrl + path, { ...init, headers, redirect: 'manual' })
    await response.text()
    if (response.status >= 500)
      failures.set(response.headers.get('x-request-id') ?? 'no id', path.split('?')[0] ?? '')
    return response
  }
  const rename = (from: string, to: string) => sql.unsafe(`alter table ${from} rename to ${to}`)
  const tables = ['participants', 'users', 'api_keys', 'sessions', 'auth_rate_limits']

  await plantEverywhere(send, stack, cookie, event.slug, event.id)
  for (const table of tables) {
    await rename(table, `${table}_away`)
    await plantEverywhere(send, stack, cookie, event.slug, event.id)
    await rename(`${table}_away`, table)
  }
  await sql.end()
  await admin.unsafe(`alter database "${database}" with allow_connections false`)
  await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${database}`
  await plantEverywhere(send, stack, cookie, event.slug, event.id)
  await admin.unsafe(`alter database "${database}" with allow_connections true`)
  await expect
    .poll(async () => (await fetch(`${stack.baseUrl}/readyz`)).status, { timeout: 30_000 })
    .toBe(200)

  const files = readdirSync(stack.logDirectory)
  expect(files.toSorted()).toEqual([
    'consumer.log',
    'jobs.log',
    ...(obstacle === null ? ['relay.log'] : []),
    'web.log',
  ])
  const logs = files.map((name) => readFileSync(join(stack.logDirectory, name), 'utf8'))
  for (const log of logs) expect(log).not.toBe('')
  expect(linesWith(logs.join('\n'))).toEqual([])

  const statements = () => readFileSync(stack.postgresLog ?? '', 'utf8')
  for (const statement of ['insert into participants', '"users"', '"sessions"', 'outbox'])
    expect(statements().toLowerCase()).toContain(statement)
  expect(linesWith(statements())).toEqual([])
  // The log would show what stands in a statement.
  await admin.unsafe(`select '${NAME}'`)
  expect(found(statements())).toEqual([NAME])
  await admin.end()

  const lines = logs
    .join('\n')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): { requestId?: string; err?: unknown; msg: string } => JSON.parse(line))
    // The writer of entries retries in the background, on behalf of many requests. A sign-in that a provider
    // did not begin is the visitor's error, which the response would have said, had the log been there.
    .filter(({ msg }) => msg !== 'entries wait for the database' && msg !== 'Failed to parse state')
  expect(failures.size).toBeGreaterThan(20)
  for (const [requestId, path] of failures) {
    const causes = lines.filter((line) => line.requestId === requestId && line.err !== undefined)
    expect(causes, `${path} has one cause`).toHaveLength(1)
  }
})

test('no address of an owner who searches holds what was searched for', async ({ page, shop }) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, PHONE, NAME)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(decodeURIComponent(request.url())))
  page.on('framenavigated', (frame) => addresses.push(decodeURIComponent(frame.url())))
  await owner.open(event.id, 'participants')
  for (const q of [NAME, PHONE, PHONE.slice(-4)]) {
    const response = page.waitForResponse((each) => each.url().includes('participants.search'))
    await page.getByRole('searchbox').fill(q)
    await response
    await expect(page.getByText(NAME).filter({ visible: true }).first()).toBeVisible()
  }
  await page.getByRole('searchbox').press('Enter')
  await expect(page.getByText(NAME).filter({ visible: true }).first()).toBeVisible()
  addresses.push(decodeURIComponent(page.url()))
  expect(addresses.length).toBeGreaterThan(3)
  for (const address of addresses) expect(found(address), address).toEqual([])
})
