import { connect } from '@eungmo/db/connection/client'
import type { RouteInput } from './access/route-inputs.ts'
import { routes } from './access/routes.ts'
import { createWorld } from './access/world.ts'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import { untilScriptsRun } from './support/scripts-run.ts'
import type { StackInfo } from './support/stack-info.ts'

/** What gives or takes access, and whole files: only for who has signed in within the last 15 minutes. */
const GUARDED = [
  'POST /(owner)/admin/account?/addPasskey',
  'POST /(owner)/admin/account?/beginPasskey',
  'POST /(owner)/admin/account?/removePasskey',
  'POST /(owner)/admin/account?/removeSecondFactor',
  'POST /(owner)/admin/account?/renewRecoveryCodes',
  'POST /(owner)/admin/again',
  'POST /(owner)/admin/api-keys?/create',
  'POST /(owner)/admin/api-keys?/revoke',
  'POST /(owner)/admin/settings?/cancelInvitation',
  'POST /(owner)/admin/settings?/changeRole',
  'POST /(owner)/admin/settings?/handOver',
  'POST /(owner)/admin/settings?/invite',
  'POST /(owner)/admin/settings?/removeMember',
  'POST /(owner)/second-factor?/addPasskey',
  'POST /(owner)/second-factor?/begin',
  'POST /(owner)/second-factor?/beginPasskey',
  'POST /(owner)/second-factor?/confirm',
  'POST /api/v1/events/[eventId]/participants.csv',
  'POST /api/v1/events/[eventId]/prize-tax.csv',
  'POST /api/v1/events/[eventId]/winners.csv',
]

/** Moves the moment of every sign-in, and of the last use, into the past. */
async function age({ databaseUrl }: StackInfo, minutes: number): Promise<void> {
  const { sql, close } = connect(databaseUrl, { max: 1 })
  await sql`update sessions set authenticated_at = now() - make_interval(mins => ${minutes}),
    last_active_at = now() - make_interval(mins => ${minutes})`
  await close()
}

test('16 minutes after the sign-in, exactly what gives access and whole files ask to sign in again', async ({
  shop,
}) => {
  test.setTimeout(120_000)
  const world = await createWorld(shop)
  const guarded: string[] = []
  try {
    const { baseUrl } = shop.stack
    for (const [name, { input }] of Object.entries(routes)) {
      const [method, route = ''] = name.split(' ')
      if (method !== 'POST' || route.startsWith('/(customer)') || route === '/(owner)/logout') continue
      const { params = {}, form = {} }: RouteInput = await input(world)
      const path = route
        .replace(/\/\([^)]+\)/g, '')
        .replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, key: string) => params[key] ?? '')
      await age(shop.stack, 16)
      const response = await fetch(baseUrl + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...world.headers.owner, origin: baseUrl, accept: 'text/html' },
        body: new URLSearchParams(form),
      })
      const body = await response.text()
      const isLed = response.headers.get('location')?.startsWith('/admin/again?next=') ?? false
      if (isLed || (response.status === 403 && body.includes('name="againPassword"'))) guarded.push(name)
      await world.sql`update sessions set authenticated_at = now(), last_active_at = now()`
    }
  } finally {
    await world.close()
  }
  expect(guarded.toSorted()).toEqual(GUARDED)
})

test('16 minutes after the sign-in, a set-up that was begun does not show its secret', async ({
  page,
  shop,
}) => {
  await new OwnerPage(page).signUp('반쯤 켠 가게')
  await page.goto('/second-factor')
  await page.getByRole('button', { name: '인증 앱 연결하기' }).click()
  const secret = (await page.locator('code').textContent()) ?? ''
  expect(secret).toMatch(/^(\w{4} )+\w+$/)
  await age(shop.stack, 16)
  expect(await (await page.request.get('/second-factor')).text()).not.toContain(secret)
  await page.reload()
  await expect(page.getByRole('button', { name: '인증 앱 연결하기' })).toBeVisible()
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an owner who signs in again continues with what was typed', async ({ page, shop }) => {
      const { ownerPassword } = shop.stack
      await new OwnerPage(page).signInByRequest(shop.stack)
      await page.goto('/admin/api-keys')
      const name = `열쇠 ${javaScriptEnabled}`
      await page.getByLabel('새 키 이름').fill(name)
      await page.getByRole('checkbox', { name: 'events:write' }).check()
      await age(shop.stack, 16)
      await page.getByRole('button', { name: '키 만들기' }).click()
      await expect(page.getByRole('heading', { name: '다시 한번 확인할게요' })).toBeVisible()
      if (javaScriptEnabled) await expectFitAndAccessible(page, 'signing in again')
      await page.getByLabel('비밀번호').fill('not-the-password')
      await page.getByRole('button', { name: '확인', exact: true }).click()
      await expect(page.getByText('비밀번호가 맞지 않아요')).toBeVisible()
      await page.getByLabel('비밀번호').fill(ownerPassword)
      await page.getByRole('button', { name: '확인', exact: true }).click()
      await expect(page.getByText(name).first()).toBeVisible()
      await expect(page.getByRole('heading', { name: '다시 한번 확인할게요' })).toBeHidden()
    })

    test('a file waits for it, with the purpose that was typed', async ({ page, shop }) => {
      const event = await shop.createEnteredEvent(uniquePhoneNumber())
      await new OwnerPage(page).signInByRequest(shop.stack)
      await page.goto(`/admin/events/${event.id}/participants`)
      await page.locator('summary', { hasText: 'CSV' }).click()
      await page.getByLabel('어디에 쓰시나요?').fill('경품 배송')
      await age(shop.stack, 16)
      await page.getByRole('button', { name: '파일 받기' }).click()
      await page.getByLabel('비밀번호').fill(shop.stack.ownerPassword)
      await page.getByRole('button', { name: '확인', exact: true }).click()
      await expect(page).toHaveURL(/\/participants\?purpose=/)
      await expect(page.getByLabel('어디에 쓰시나요?')).toHaveValue('경품 배송')
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: '파일 받기' }).click()
      expect((await download).suggestedFilename()).toMatch(/\.csv$/)
    })
  })
}

test('a winner list that was left open for 30 minutes hides its numbers, until the owner signs in again', async ({
  page,
  shop,
}) => {
  const event = await shop.createEnteredEvent('010-2345-6789')
  await shop.draw(event.id, 1)
  await new OwnerPage(page).signIn(shop.stack)
  await page.clock.install()
  await page.goto(`/admin/events/${event.id}/draw`)
  const number = page.getByText('010-2345-6789').filter({ visible: true })
  await expect(number).toBeVisible()
  // The page's script starts the clock.
  await untilScriptsRun(page)
  await age(shop.stack, 31)
  await page.clock.fastForward('31:00')
  await expect(page.getByText('30분 동안 쓰지 않아서')).toBeVisible()
  await expect(number).toBeHidden()
  expect(await page.content()).not.toContain('2345')
  await page.goto('/admin/events')
  await page.goto(`/admin/events/${event.id}/draw`)
  await expect(page.getByText('30분 동안 쓰지 않아서'), 'another page changes nothing').toBeVisible()
  await page.getByRole('link', { name: '다시 확인하고 이어서 보기' }).click()
  await page.getByLabel('비밀번호').fill(shop.stack.ownerPassword)
  await page.getByRole('button', { name: '확인', exact: true }).click()
  await expect(number).toBeVisible()
})
