import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

test('an owner chooses how long earlier winners sit out, until the event is published', async ({
  page,
  shop,
}) => {
  const ownerPage = new OwnerPage(page)
  await ownerPage.signIn(shop.stack)
  await page.getByRole('link', { name: '새 이벤트' }).click()
  await page.getByLabel('이벤트 제목').fill('쉬어 가는 이벤트')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  const group = page.getByRole('group', { name: '지난 당첨자 쉬어 가기' })
  await expect(group.getByRole('radio', { name: '쉬지 않음' })).toBeChecked()
  await expect(group).toContainText('지난 이벤트 당첨자도 똑같이 추첨해요')
  await group.getByText('2개월').click()
  const promise = '당첨 발표 뒤 2개월이 안 된 지난 당첨자는 추첨에서 빼요'
  await expect(group).toContainText(promise)
  await expectFitAndAccessible(page, 'event form')
  await page.getByRole('button', { name: '이벤트 만들기' }).click()
  await expect(page.getByText(promise)).toBeVisible()

  await page.getByRole('button', { name: '공개하기' }).first().click()
  await expect(ownerPage.dialog).toContainText(promise)
  await ownerPage.dialog.getByRole('button', { name: '공개하기' }).click()
  await expect(ownerPage.dialog).toHaveCount(0)

  await page.goto(`${page.url().replace(/\/overview$/, '')}/edit`)
  await expect(group).toContainText('공개한 뒤에는 바꿀 수 없어요')
  await expect(group.getByRole('radio', { name: '2개월' })).toBeChecked()
  await expect(group.getByRole('radio', { name: '2개월' })).toBeDisabled()
  await expectFitAndAccessible(page, 'form of a published event')
  await page.getByLabel('이벤트 제목').fill('고친 제목')
  await page.getByLabel('1번째 경품 이름').fill('케이크')
  await page.getByRole('button', { name: '저장' }).click()
  await expect(page.getByRole('heading', { name: '고친 제목' })).toBeVisible()
})

test('the draw says beforehand how many earlier winners sit out, and leaves them out', async ({
  page,
  shop,
}) => {
  const phone = uniquePhoneNumber()
  await shop.createEarlierWinner(phone)
  const event = await shop.createEvent({ sitOutMonths: 1 })
  await shop.enter(event.id, phone, '지난당첨')
  await shop.enter(event.id, uniquePhoneNumber(), '새사람')
  await shop.close(event.id)
  const ownerPage = new OwnerPage(page)
  await ownerPage.signInByRequest(shop.stack)
  await ownerPage.open(event.id, 'draw')
  const sentence = '지난 당첨자의 응모 1건은 추첨에서 빠져요'
  await expect(page.getByTestId('earlier-winners')).toHaveText(sentence)
  await expectFitAndAccessible(page, 'draw tab')
  await page.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(page.getByTestId('draw-sentence')).toHaveText('1명 중 1명을 뽑아요 (응모권 1장)')
  await expect(ownerPage.dialog.getByTestId('earlier-winners')).toHaveText(sentence)
  await expectFitAndAccessible(page, 'draw dialog')
  await page.getByRole('button', { name: '추첨하기' }).click()
  await expect(page.getByText('추첨이 완료되었어요.')).toBeVisible()
  await expect(page.getByText('새사람').locator('visible=true').first()).toBeVisible()
  await expect(page.getByText('지난당첨')).toHaveCount(0)

  await page.goto('/admin/settings/access-log')
  await expect(
    page.getByText('새 이벤트를 추첨하려고 지난 당첨자의 번호를 대조했어요').locator('visible=true').first(),
  ).toBeVisible()
})
