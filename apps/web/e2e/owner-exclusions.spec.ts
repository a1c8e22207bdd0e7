import type { Page } from '@playwright/test'
import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'
import type { ShopClient } from './support/shop-client.ts'

type Listed = { items: { participantId: string; name: string; exclusion: { reason: string } | null }[] }

/** An event with three entries, 김하나 to 김세나, and its owner, who has signed in. */
async function createEvent(page: Page, shop: ShopClient) {
  const event = await shop.createEvent()
  const phones = [uniquePhoneNumber(), uniquePhoneNumber(), uniquePhoneNumber()] as const
  const numbers: string[] = []
  for (const [at, name] of ['김하나', '김두나', '김세나'].entries())
    numbers.push((await shop.enter(event.id, phones[at] ?? '', name)).applicationNumber)
  const owner = new OwnerPage(page)
  await owner.signInByRequest(shop.stack)
  const reasons = async () => {
    const { items } = await shop.call<Listed>('GET', `/events/${event.id}/participants`)
    return Object.fromEntries(items.map(({ name, exclusion }) => [name, exclusion?.reason ?? null]))
  }
  return { event, phones, numbers, owner, reasons }
}

const excludeButton = (page: Page, name: string) =>
  page.getByRole('button', { name: `${name} 님 추첨에서 제외`, exact: true }).filter({ visible: true })
const undoButton = (page: Page, name: string) =>
  page.getByRole('button', { name: `${name} 님 제외 되돌리기`, exact: true }).filter({ visible: true })
const shown = (page: Page, text: string) => page.getByText(text).filter({ visible: true })

test('an owner excludes an entry with a reason and a note, and takes it back, by keyboard alone', async ({
  page,
  shop,
}) => {
  const { event, owner, reasons } = await createEvent(page, shop)
  await owner.open(event.id, 'participants')
  await excludeButton(page, '김하나').press('Enter')
  await expect(owner.dialog).toContainText('김하나 님을 추첨에서 제외할까요?')
  await expectFitAndAccessible(page, 'exclude dialog')
  await page.keyboard.press('Escape')
  await expect(owner.dialog).toHaveCount(0)
  expect(await reasons()).toMatchObject({ 김하나: null })

  await excludeButton(page, '김하나').press('Enter')
  await owner.dialog.getByLabel('중복 응모').check()
  await owner.dialog.getByLabel('메모 (선택)').fill('두 번째 휴대폰')
  await owner.dialog.getByRole('button', { name: '제외하기' }).press('Enter')
  await expect(undoButton(page, '김하나')).toBeFocused()
  await expect(shown(page, '제외: 중복 응모')).toBeVisible()
  await expect(shown(page, '두 번째 휴대폰')).toBeVisible()
  expect(await reasons()).toMatchObject({ 김하나: 'duplicate', 김두나: null })
  await expectFitAndAccessible(page, 'participants page with an excluded entry')
  await owner.open(event.id, 'participants')
  await undoButton(page, '김하나').press('Enter')
  await expect(excludeButton(page, '김하나')).toBeFocused()
  expect(await reasons()).toMatchObject({ 김하나: null })
})

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('pasted numbers of staff are checked, excluded and taken back as a whole', async ({
      page,
      shop,
    }) => {
      const { event, phones, reasons } = await createEvent(page, shop)
      await page.goto(`/admin/events/${event.id}/participants`)
      await page.getByRole('link', { name: '직원 번호로 제외' }).click()
      const [first, second] = phones
      const text = `직원 연락처\n1. 김하나 ${first}\n+82 ${second.slice(1)}\n${uniquePhoneNumber()}\n010-123`
      await page.getByLabel('전화번호', { exact: true }).fill(text)
      await page.getByRole('button', { name: '확인하기', exact: true }).click()
      const result = page.getByRole('status').filter({ hasText: '찾았어요' })
      await expect(result).toContainText('2명을 찾았어요')
      await expect(result).toContainText('응모하지 않은 번호 1개')
      await expect(result.getByRole('listitem').filter({ hasText: /^1번째 줄/ })).toHaveText(
        /^1번째 줄\s+직원 연락처$/,
      )
      await expect(result.getByRole('listitem').filter({ hasText: /^5번째 줄/ })).toHaveText(
        /^5번째 줄\s+010-123$/,
      )
      if (javaScriptEnabled) await expectFitAndAccessible(page, 'checked numbers')
      expect(await reasons()).toEqual({ 김하나: null, 김두나: null, 김세나: null })
      await page.getByRole('button', { name: '2명 제외하기' }).click()
      await expect(page.getByText('2명을 제외했어요')).toBeVisible()
      expect(await reasons()).toEqual({ 김하나: 'staff', 김두나: 'staff', 김세나: null })
      await expect(page.getByLabel('전화번호', { exact: true })).toHaveValue('')
      if (javaScriptEnabled) await expectFitAndAccessible(page, 'excluded numbers')

      await page.goto(`/admin/events/${event.id}/participants/numbers`)
      await page.getByRole('button', { name: /에 제외한 2명 되돌리기$/ }).click()
      await expect(page.getByText('2명을 다시 추첨에 넣었어요')).toBeVisible()
      await expect(page.getByRole('heading', { name: '붙여 넣어 제외한 기록' })).toHaveCount(0)
      expect(await reasons()).toEqual({ 김하나: null, 김두나: null, 김세나: null })
    })

    test('an exclusion is taken back in its row', async ({ page, shop }) => {
      const { event, reasons } = await createEvent(page, shop)
      const { items } = await shop.call<Listed>('GET', `/events/${event.id}/participants`)
      const path = `/events/${event.id}/participants/${items[0]?.participantId}/exclusion`
      await shop.call('PUT', path, { reason: 'ineligible' })
      await page.goto(`/admin/events/${event.id}/participants?excluded=true`)
      await undoButton(page, '김세나').click()
      await expect(undoButton(page, '김세나')).toHaveCount(0)
      expect(await reasons()).toMatchObject({ 김세나: null })
    })

    test('an entrant reads the reason, and what to do where it is wrong', async ({ page, shop }) => {
      const { event, phones, numbers } = await createEvent(page, shop)
      const { items } = await shop.call<Listed>('GET', `/events/${event.id}/participants`)
      const exclude = (name: string, reason: string) => {
        const id = items.find((item) => item.name === name)?.participantId
        return shop.call('PUT', `/events/${event.id}/participants/${id}/exclusion`, { reason, note: '비밀' })
      }
      await exclude('김하나', 'staff')
      await exclude('김두나', 'duplicate')
      const check = async (at: number, lang = 'ko') => {
        await page.goto(`/e/${event.slug}/check?lang=${lang}`)
        await page.getByLabel(lang === 'ko' ? '응모 번호' : 'Application number').fill(numbers[at] ?? '')
        await page
          .getByLabel(lang === 'ko' ? '전화번호' : 'Phone number', { exact: true })
          .fill(phones[at] ?? '')
        await page.getByRole('button', { name: lang === 'ko' ? '확인하기' : 'Check', exact: true }).click()
      }
      await check(0)
      await expect(page.getByText('매장 직원이나 관계자의 응모로 확인되어')).toContainText(
        '추첨 전에 매장에 알려 주세요',
      )
      await expect(page.getByText('응모권 0장')).toBeVisible()
      if (javaScriptEnabled) await expectFitAndAccessible(page, 'check page of an excluded entry')
      await page.getByRole('button', { name: '내 정보 보기' }).click()
      await expect(page.getByText('매장 직원이나 관계자의 응모로 확인되어')).toBeVisible()
      await expect(page.getByText('비밀')).toHaveCount(0)
      await shop.close(event.id)
      const { drawLogId } = await shop.draw(event.id, 1)
      await check(1)
      await expect(page.getByText('같은 분의 응모가 더 있어서')).toContainText(
        '매장에 이의를 제기할 수 있어요',
      )
      await check(1, 'en')
      await expect(page.getByText('There is another entry of the same person')).toBeVisible()

      await page.goto(`/e/${event.slug}/winners?lang=ko`)
      await expect(page.getByText('주최자가 추첨에서 제외한 응모: 직원 1건, 중복 응모 1건.')).toBeVisible()
      if (javaScriptEnabled) await expectFitAndAccessible(page, 'winners page')
      await page.goto(`/e/${event.slug}/winners?lang=en`)
      await expect(page.getByText('excluded from the draw: staff 1, duplicates 1.')).toBeVisible()
      if (!javaScriptEnabled) return
      await page.goto(`/verify/${drawLogId}?lang=ko`)
      await expect(page.getByText('추첨에서 뺀 응모가 있어요: 직원 1건, 중복 응모 1건.')).toBeVisible()
    })
  })

test('the draw dialog says how many take part, and once the list is locked nothing can be changed', async ({
  page,
  shop,
}) => {
  const { event, owner, reasons } = await createEvent(page, shop)
  await owner.open(event.id, 'participants')
  await excludeButton(page, '김하나').click()
  await owner.dialog.getByRole('button', { name: '제외하기' }).click()
  await expect(undoButton(page, '김하나')).toBeVisible()

  const draw = await page.context().newPage()
  const drawing = new OwnerPage(draw)
  await drawing.open(event.id, 'draw')
  const sentence = '제외한 응모 1건은 추첨에 들어가지 않아요'
  await expect(draw.getByTestId('excluded')).toHaveText(sentence)
  await draw.getByRole('button', { name: '당첨자 추첨' }).click()
  await expect(drawing.dialog.getByTestId('excluded')).toHaveText(sentence)
  await expect(drawing.dialog.getByTestId('draw-sentence')).toContainText('2명')
  await draw.close()
  await shop.close(event.id)
  await shop.draw(event.id, 1)

  // This page was left open.
  await undoButton(page, '김하나').click()
  await expect(page.getByRole('alert')).toContainText('추첨 명단이 확정되어')
  await excludeButton(page, '김두나').click()
  await owner.dialog.getByRole('button', { name: '제외하기' }).click()
  await expect(owner.dialog.getByRole('alert')).toContainText('추첨 명단이 확정되어')
  expect(await reasons()).toEqual({ 김하나: 'staff', 김두나: null, 김세나: null })
  await page.reload()
  await expect(shown(page, '제외: 직원·관계자')).toBeVisible()
  await expect(undoButton(page, '김하나')).toHaveCount(0)
  await expect(excludeButton(page, '김두나')).toHaveCount(0)
  await expect(page.getByRole('link', { name: '직원 번호로 제외' })).toHaveCount(0)
  await page.goto(`/admin/events/${event.id}/participants/numbers`)
  await expect(page.getByText('더 이상 제외하거나 되돌릴 수 없어요')).toBeVisible()
})

test('the access log says who excluded an entry for which reason', async ({ page, shop }) => {
  const { event, owner } = await createEvent(page, shop)
  await owner.open(event.id, 'participants')
  await excludeButton(page, '김두나').click()
  await owner.dialog.getByLabel('참여 자격 없음').check()
  await owner.dialog.getByRole('button', { name: '제외하기' }).click()
  await expect(undoButton(page, '김두나')).toBeVisible()
  await page.goto('/admin/settings/access-log')
  const line = page.getByText('추첨에서 제외했어요').filter({ visible: true }).first()
  await expect(line).toBeVisible()
  await expect(shown(page, '참여 자격 없음').first()).toBeVisible()
})
