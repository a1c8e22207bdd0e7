import { EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without scripts', () => {
    test.use({ javaScriptEnabled })

    test('an event says before anyone enters that earlier winners sit out', async ({ page, shop }) => {
      const event = await shop.createEvent({ sitOutMonths: 2 })
      await new EntryPage(page).open(event.slug)
      await expect(page.getByText('당첨 발표 뒤 2개월 쉬어요')).toBeVisible()
      const notice = page.getByRole('region', { name: '개인정보 안내' })
      await expect(notice.locator('p:visible')).toHaveText([
        '이름과 전화번호를 응모 확인, 당첨 연락, 지난 당첨자 확인에만 써요.',
        /지워요\.$/,
        '당첨자는 응모 번호와 이름 첫 글자만 공개해요.',
        '당첨되면 발표 뒤 2개월 동안 이 매장의 다른 추첨에서 같은 번호를 빼요.',
        '동의하지 않을 수 있고, 그러면 응모할 수 없어요.',
      ])
      await notice.getByText('전문 보기').click()
      await expect(notice.getByText('지난 당첨자 확인: ')).toBeVisible()
    })
  })
}

test('an earlier winner enters, sits out and reads why; everybody reads how many, and nobody reads who', async ({
  page,
  shop,
}) => {
  const phone = uniquePhoneNumber()
  const earlier = await shop.createEarlierWinner(phone)
  const event = await shop.createEvent({ sitOutMonths: 1 })
  const { applicationNumber } = await shop.enter(event.id, phone)
  await shop.enter(event.id, uniquePhoneNumber())
  await shop.close(event.id)
  const { drawLogId } = await shop.draw(event.id, 1)

  await page.goto(`/e/${event.slug}/check`)
  await page.getByLabel('응모 번호').fill(applicationNumber)
  await page.getByLabel('전화번호', { exact: true }).fill(phone)
  await page.getByRole('button', { name: '확인하기', exact: true }).click()
  await expect(page.getByText('지난 이벤트 당첨자라 이번 추첨에는 들어가지 않아요.')).toBeVisible()
  await expect(page.getByText('응모권 0장')).toBeVisible()
  await expect(page.getByText('잠긴 명단의 지문까지 이어지는 증명이 맞아요')).toBeVisible()
  await expectFitAndAccessible(page, 'check page')

  await page.goto(`/verify/${drawLogId}`)
  await expect(page.getByText('추첨에서 뺀 응모가 있어요: 지난 당첨자 1건.')).toBeVisible()
  await expect(page.getByText('다시 계산해도 같은 결과입니다.')).toBeVisible()
  await expectFitAndAccessible(page, 'verification page')

  await page.goto(`/e/${event.slug}/winners`)
  await expect(page.getByText('지난 당첨자의 응모 1건은 추첨에 들어가지 않았어요.')).toBeVisible()
  await expectFitAndAccessible(page, 'winners page')
  const published = await Promise.all(
    [
      `/verify/${drawLogId}/transcript.json`,
      `/verify/${drawLogId}/entries.csv`,
      `/e/${event.slug}/winners`,
    ].map(async (path) => (await page.request.get(path)).text()),
  )
  for (const text of published)
    for (const secret of [applicationNumber, phone, phone.slice(3), earlier.id])
      expect(text).not.toContain(secret)
})

test('it reads well in both languages and themes, on a phone and on a desktop', async ({ page, shop }) => {
  const event = await shop.createEvent({ sitOutMonths: 1 })
  for (const [lang, text, colorScheme, width] of [
    ['ko', '당첨 발표 뒤 1개월 쉬어요', 'light', 360],
    ['ko', '당첨 발표 뒤 1개월 쉬어요', 'dark', 1_280],
    ['en', 'Take a 1-month break', 'dark', 360],
    ['en', 'Take a 1-month break', 'light', 1_280],
  ] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`/e/${event.slug}?lang=${lang}`)
    await expect(page.getByText(text)).toBeVisible()
    await expectFitAndAccessible(page, `${lang} ${colorScheme} ${width}`)
  }
})
