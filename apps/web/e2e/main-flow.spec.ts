import { applicationNumberPattern, EntryPage, uniquePhoneNumber } from './pages/entry-page.ts'
import { expect, test } from './support/fixtures.ts'
import { kafkaObstacle } from './support/stack-process.ts'

const obstacle = kafkaObstacle()

test.beforeEach(({ throughKafka }) => {
  test.skip(throughKafka && obstacle !== null, obstacle ?? '')
})

const channels = [
  ['우리동네TV', '우리동네TV에서 오셨군요'],
  ['SNS', 'SNS에서 오셨군요'],
  ['링고비즈', '링고비즈에서 오셨군요'],
] as const

test('customers enter through each of the three channels, and each entry is counted by its channel', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent()
  const { channels: offered } = await shop.call<{ channels: { entryPath: string; code: string }[] }>(
    'GET',
    `/events/${event.id}`,
  )
  const entry = new EntryPage(page)
  const numbers = new Set<string>()
  for (const [entryPath, welcome] of channels) {
    const code = offered.find((channel) => channel.entryPath === entryPath)?.code
    await entry.open(event.slug, `?via=${code}`)
    await expect(page.getByText(welcome)).toBeVisible()
    await entry.fill({ phone: uniquePhoneNumber() })
    await entry.submit.click()
    await expect(page.getByRole('heading', { name: '응모가 끝났어요' })).toBeVisible()
    await expect(page.getByText('참여해주셔서 감사합니다')).toBeVisible()
    await expect(entry.applicationNumber).toHaveText(applicationNumberPattern)
    numbers.add((await entry.applicationNumber.textContent()) ?? '')
  }
  expect(numbers.size).toBe(3)

  await expect
    .poll(async () => {
      const { total, channels: counts } = await shop.analytics(event.id)
      return { total, counts: channels.map(([path]) => counts.find((one) => one.entryPath === path)?.count) }
    })
    .toEqual({ total: 3, counts: [1, 1, 1] })
})

test('a customer in the store enters with the token of its QR code and gets the published bonus tickets', async ({
  page,
  shop,
}) => {
  const event = await shop.createEvent({ visitBonus: 2 })
  const entry = new EntryPage(page)
  await page.goto(await shop.storeLink(event.id))
  await expect(page.getByText('매장에서 오셨군요. 응모권을 2장 더 드려요.')).toBeVisible()
  await expect(page.getByRole('radio')).toHaveCount(0)
  await entry.fill({ phone: uniquePhoneNumber() })
  await entry.submit.click()
  await expect(page.getByText('응모권 3장')).toBeVisible()

  await entry.open(event.slug, '?via=store&t=made-up')
  await expect(page.getByRole('radio', { name: 'SNS' })).toBeVisible()
  await expect(page.getByText('매장 방문', { exact: true })).toHaveCount(1)
})
