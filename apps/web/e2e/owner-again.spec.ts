import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { eventIdOf } from './support/event-id-of.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

const WIDTHS_PX = [360, 768, 1280]

for (const { lang, again, copied, publish } of [
  { lang: 'ko', again: '다시 열기', copied: /^복제했어요/, publish: '공개하기' },
  { lang: 'en', again: 'Run again', copied: /^Duplicated/, publish: 'Publish' },
])
  test(`${lang}: an event that is over runs again after three presses, without its entrants`, async ({
    page,
    shop,
  }) => {
    const title = `${lang} 지난 이벤트`
    const source = await shop.createEvent({ title, prizes: [{ name: '케이크', count: 1 }] })
    await shop.enter(source.id, uniquePhoneNumber(), '한가람')
    await shop.close(source.id)
    await shop.draw(source.id, 1)
    const ownerPage = new OwnerPage(page)
    await ownerPage.signInByRequest(shop.stack)
    await page.goto(`/admin/events?lang=${lang}`)
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 })
      await expectFitAndAccessible(page, `events at ${width} px`)
    }
    const row = page.getByRole('listitem').filter({ hasText: title })
    const button = row.getByRole('button', { name: again })
    await button.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(copied)).toBeVisible()
    const copyId = eventIdOf(page)
    expect(copyId).not.toBe(source.id)
    await expect(page.getByRole('heading', { name: title })).toBeVisible()
    for (const width of WIDTHS_PX) {
      await page.setViewportSize({ width, height: 900 })
      await expectFitAndAccessible(page, `the copy at ${width} px`)
    }
    await page.getByRole('button', { name: publish, exact: true }).first().click()
    await ownerPage.dialog.getByRole('button', { name: publish, exact: true }).click()
    await expect(ownerPage.dialog).toHaveCount(0)
    expect(await shop.call('GET', `/events/${copyId}`)).toMatchObject({
      title,
      phase: 'open',
      prizes: [{ name: '케이크', count: 1 }],
    })
    expect((await shop.participants(copyId)).items).toEqual([])
    await page.reload()
    await expect(page.getByText(copied)).toHaveCount(0)
  })

test('an event can be duplicated from its own page in every phase, and a double press creates one draft', async ({
  page,
  shop,
}) => {
  const title = '두 번 누른 이벤트'
  const source = await shop.createEvent({ title })
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(source.id, 'overview')
  await page.getByRole('button', { name: '복제' }).dblclick()
  await expect(page.getByText(/^복제했어요/)).toBeVisible()
  await page.goto('/admin/events')
  await expect(page.getByRole('listitem').filter({ hasText: title })).toHaveCount(2)

  const draft = await shop.createEvent({ publish: false })
  const cancelled = await shop.createEvent()
  await shop.cancel(cancelled.id)
  for (const [{ id }, name] of [
    [draft, '복제'],
    [cancelled, '다시 열기'],
  ] as const) {
    await ownerPage.open(id, 'overview')
    await page.getByRole('button', { name }).click()
    await expect(page.getByText(/^복제했어요/)).toBeVisible()
  }
})

test('when duplicating fails, the list says so, and another press finds the draft of the first', async ({
  page,
  shop,
}) => {
  const title = '끊긴 이벤트'
  await shop.createEvent({ title })
  await new OwnerPage(page).signInByRequest(shop.stack)
  await page.goto('/admin/events')
  const row = page.getByRole('listitem').filter({ hasText: title })
  // The request arrives, and its response is lost.
  await page.route('**/api/trpc/events.duplicate*', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await row.getByRole('button', { name: '복제' }).click()
  await expect(row.getByRole('alert')).toBeVisible()
  await expectFitAndAccessible(page, 'events with an error')
  await page.unroute('**/api/trpc/events.duplicate*')
  await row.getByRole('button', { name: '복제' }).click()
  await expect(page.getByText(/^복제했어요/)).toBeVisible()
  await page.goto('/admin/events')
  await expect(row).toHaveCount(2)
})
