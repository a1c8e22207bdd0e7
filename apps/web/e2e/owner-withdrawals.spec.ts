import { uniquePhoneNumber } from './pages/entry-page.ts'
import { OwnerPage } from './pages/owner-page.ts'
import { expectFitAndAccessible } from './support/fit-and-accessible.ts'
import { expect, test } from './support/fixtures.ts'

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('an owner sees who withdrew, and draws again for the place that a winner left', async ({
      page,
      shop,
    }) => {
      const event = await shop.createEvent({ winnerCount: 2 })
      const enter = async () => {
        const phoneNumber = uniquePhoneNumber()
        const entry = await shop.call<{ applicationNumber: string; receipt: object }>(
          'POST',
          '/participations',
          {
            eventId: event.id,
            name: '김하늘',
            phoneNumber,
            entryPath: 'SNS',
            privacyConsent: true,
          },
        )
        return { ...entry, phoneNumber }
      }
      const entries = [await enter(), await enter(), await enter(), await enter()]
      const withdraw = async ({ receipt, applicationNumber, phoneNumber }: (typeof entries)[number]) => {
        const proof = await shop.proveEntry(event.id, { applicationNumber, phoneNumber })
        await shop.call('POST', '/participations/withdraw', { eventId: event.id, proof, receipt })
      }
      const [early, ...others] = entries
      if (!early) throw new Error('not entered')
      await withdraw(early)

      const owner = new OwnerPage(page)
      await owner.signInByRequest(shop.stack)
      await owner.open(event.id, 'overview')
      await expect(owner.total).toHaveText('4 명')
      await expect(page.getByText('참여 취소')).toBeVisible()
      await owner.open(event.id, 'participants')
      await expect(page.getByRole('rowheader', { name: '참여 취소' })).toHaveCount(1)
      await expectFitAndAccessible(page, `participants, ${colorScheme}`, colorScheme === 'dark')

      await shop.close(event.id)
      const { winners } = await shop.call<{ winners: { applicationNumber: string }[] }>(
        'POST',
        `/events/${event.id}/draw-winners`,
        { winnerCount: 2, visitBonus: false },
      )
      const winner = others.find(
        ({ applicationNumber }) => applicationNumber === winners[0]?.applicationNumber,
      )
      if (!winner) throw new Error('no winner')
      await withdraw(winner)
      await owner.open(event.id, 'draw')
      await expect(page.getByText('1번 자리가 비었어요.')).toBeVisible()
      await expectFitAndAccessible(page, `draw with an empty place, ${colorScheme}`, colorScheme === 'dark')
      await page.getByRole('button', { name: '빈 자리 1개 다시 뽑기' }).click()
      const dialog = page.getByRole('dialog')
      await expect(dialog.getByText('1번 자리의 당첨자를 뽑아요.')).toBeVisible()
      await expect(dialog.getByLabel('재추첨하는 이유')).toHaveCount(0)
      await dialog.getByRole('button', { name: '재추첨하기' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByText('자리가 비었어요.')).toHaveCount(0)
      await expect(page.getByRole('heading', { name: '당첨자 2명' })).toBeVisible()
    })
  })
