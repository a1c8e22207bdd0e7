import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@eungmo/db/connection/client'
import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import { METRICS_TOKEN } from './support/stack-info.ts'
import { readiness, startWeb, stopWeb, type Web } from './support/web-process.ts'

const WAIT = { timeout: 30_000 }
const READY = { status: 200, ready: true }

async function overdue({ origin }: Web): Promise<string | undefined> {
  const response = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
  return /^eungmo_personal_data_overdue (.+)$/m.exec(await response.text())?.[1]
}

test('before web is ready, what is overdue in the metrics and what the journal says is destroyed; the draw then verifies in the browser, and a saved receipt proves its entry', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const number = await new EntryPage(page).enter(event.slug, uniquePhoneNumber())
  for (const name of ['이서준', '박보검']) await shop.enter(event.id, uniquePhoneNumber(), name)
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)

  const { databaseUrl, secretKeys } = shop.stack
  const { sql, close } = connect(databaseUrl, { max: 1 })
  const stored = async () => {
    const [row] = await sql`select count(*)::int as people from participants
      where event_id = ${event.id} and (name is not null or phone_number is not null or phone_index is not null)`
    return row?.people
  }
  const directory = mkdtempSync(join(tmpdir(), 'eungmo-journal-'))
  const running: Web[] = []
  const start = async (settings: Record<string, string> = {}) => {
    const web = await startWeb({
      DATABASE_URL: databaseUrl,
      SECRET_KEYS: secretKeys,
      METRICS_TOKEN,
      ...settings,
    })
    running.push(web)
    await expect.poll(() => readiness(web), WAIT).toEqual(READY)
    return web
  }
  try {
    const before = await start()
    await sql.begin(async (tx) => {
      await tx`update consent_texts set others_until = others_until - interval '91 days',
        winners_until = winners_until - interval '91 days' where event_id = ${event.id}`
      await tx`update events set starts_at = starts_at - interval '91 days', ends_at = ends_at - interval '91 days',
        announcement_date = announcement_date - interval '91 days' where id = ${event.id}`
    })
    expect(await stored()).toBe(3)
    expect(await overdue(before)).toBe('3')

    // What the journal of a database says that was lost, and whose backup is this one.
    const open = await shop.createEnteredEvent(uniquePhoneNumber())
    const [entry] = await sql`select id from participants where event_id = ${open.id}`
    const line = { v: 1, id: crypto.randomUUID(), at: new Date(), event: open.id, reason: 'withdrawn' }
    const journal = join(directory, 'destructions.jsonl')
    writeFileSync(journal, `${JSON.stringify({ ...line, participants: [entry?.id] })}\n`)

    const after = await start({ DESTRUCTION_JOURNAL: journal })
    expect(await stored()).toBe(0)
    expect(
      await sql`select name, phone_number, exclusion_reason as reason from participants where event_id = ${open.id}`,
    ).toEqual([{ name: null, phone_number: null, reason: 5 }])
    expect(await overdue(after)).toBe('0')
  } finally {
    for (const web of running) await stopWeb(web)
    await close()
    rmSync(directory, { recursive: true })
  }

  await page.goto(`/verify/${drawLogId}`)
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
  await expect(page.getByText('응모할 때 남긴 기록과 같아요.')).toBeVisible()
  await page.goto(`/e/${event.slug}/check`)
  await page.getByText('이 휴대폰에 남은 영수증으로 확인하기').click()
  await page.getByRole('button', { name: '영수증으로 확인하기' }).click()
  await expect(page.getByText('추첨 명단에 있어요')).toBeVisible()
  await expect(page.getByText('잠긴 명단의 지문까지 이어지는 증명이 맞아요')).toBeVisible()
  await expect(page.getByText(number)).toBeVisible()
})
