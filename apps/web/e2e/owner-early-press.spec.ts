import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expect, test } from './support/fixtures.ts'
import { holdScripts } from './support/hold-scripts.ts'

test('a button pressed before the scripts have loaded works once they have', async ({ page, shop }) => {
  const event = await shop.createEvent({ winnerCount: 1 })
  await shop.enter(event.id, uniquePhoneNumber(), '한가람')
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)

  const release = await holdScripts(page)
  await page.goto(`/admin/events/${event.id}/draw`, { waitUntil: 'commit' })
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)
  release()
  await expect(ownerPage.dialog).toContainText('당첨자를 추첨하시겠습니까?')
})

test('a form sent before the scripts have loaded is sent once they have, and nothing typed is in the address', async ({
  page,
}) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signUp('빠른 가게')
  const release = await holdScripts(page)
  await page.goto('/admin/events/new', { waitUntil: 'commit' })
  await page.getByLabel('이벤트 제목').fill('이른 이벤트')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page).toHaveURL(/\/admin\/events\/new$/)
  release()
  await page.waitForURL(/\/admin\/events\/[0-9a-f-]+\/overview$/)
  await expect(page.getByRole('heading', { name: '이른 이벤트' })).toBeVisible()
})

test('Back pressed before the scripts have loaded leads to the page before', async ({ page, shop }) => {
  const event = await shop.createEvent({ title: '뒤로 가는 이벤트' })
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await page.goto(`/admin/events/${event.id}/overview`)
  await page.getByRole('link', { name: '참여자' }).click()
  const search = page.getByRole('searchbox')
  await expect(search).toBeVisible()

  await holdScripts(page)
  await page.reload({ waitUntil: 'commit' })
  await expect(search).toBeVisible()
  await page.goBack({ waitUntil: 'commit' })
  await expect(page).toHaveURL(/\/overview$/)
  await expect(search).toHaveCount(0)
})

test('what is typed into the search before the scripts have loaded is searched for once they have', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  await shop.enter(event.id, uniquePhoneNumber(), '한가람')
  await shop.enter(event.id, uniquePhoneNumber(), '김바다')
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  const release = await holdScripts(page)
  await page.goto(`/admin/events/${event.id}/participants`, { waitUntil: 'commit' })
  await page.getByRole('searchbox').fill('한가람')
  await expect(page.getByText('김바다').filter({ visible: true })).toBeVisible()
  release()
  await expect(page.getByText('김바다')).toHaveCount(0)
  await expect(page.getByText('한가람').filter({ visible: true })).toBeVisible()
  await expect(page.getByRole('searchbox')).toHaveValue('한가람')
})
