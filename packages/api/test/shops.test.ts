import { describe, expect, test } from 'vitest'
import { expectApiError } from './support/expect-api-error.ts'
import { entryInput } from './support/sample-entries.ts'
import { createOpenEvent, eventInput } from './support/sample-events.ts'
import { startTwoShops } from './support/two-shops.ts'

const {
  api,
  members,
  callers: { owner, staff, stranger },
} = await startTwoShops()

const noDetails = { contact: '', address: '', openingHours: '', privacyOfficer: '' }
const [user] = await api.sql<{ name: string; email: string }[]>`
  select name, email from users where id = ${members.owner.kind === 'member' ? (members.owner.userId ?? '') : ''}`

describe('the details of a shop', () => {
  test("until the owner enters others, customers see the owner's name and e-mail address", async () => {
    const { slug } = await createOpenEvent(owner)
    const page = await api.anonymous.events.getBySlug({ slug })
    const privacy = await api.anonymous.events.privacy({ slug })
    expect(page.contact).toBe(user?.email)
    expect(privacy.shop).toMatchObject({ contact: user?.email, privacyOfficer: user?.name, address: null })
    expect(await owner.shops.details()).toEqual({
      contact: null,
      address: null,
      openingHours: null,
      privacyOfficer: null,
      defaultContact: user?.email,
      defaultOfficer: user?.name,
    })
  })

  test('what the owner enters shows at once, and what is emptied falls back', async () => {
    const { slug } = await createOpenEvent(owner)
    const before = await api.anonymous.events.getBySlug({ slug })
    const details = {
      contact: ' 02-123-4567 ',
      address: '서울 마포구 1',
      openingHours: '10시–20시',
      privacyOfficer: '김은모',
    }
    await owner.shops.updateDetails(details)
    const after = await api.anonymous.events.getBySlug({ slug })
    expect(after.contact).toBe('02-123-4567')
    expect(after.version).not.toBe(before.version)
    const privacy = await api.anonymous.events.privacy({ slug })
    expect(privacy.shop).toMatchObject({ ...details, contact: '02-123-4567' })
    expect(Date.parse(privacy.shop.changedAt)).toBeGreaterThan(Date.now() - 60_000)
    await owner.shops.updateDetails(noDetails)
    expect((await api.anonymous.events.privacy({ slug })).shop).toMatchObject({
      contact: user?.email,
      privacyOfficer: user?.name,
      address: null,
      openingHours: null,
    })
  })

  test('a shop changes its own details only, and staff none', async () => {
    const { slug } = await createOpenEvent(owner)
    await stranger.shops.updateDetails({ ...noDetails, contact: '02-000-0000' })
    expect((await api.anonymous.events.privacy({ slug })).shop.contact).toBe(user?.email)
    await expectApiError(staff.shops.updateDetails(noDetails), 'FORBIDDEN')
    await expectApiError(staff.shops.rename({ name: '다른 이름' }), 'FORBIDDEN')
  })
})

describe('the privacy page', () => {
  test('shows the consent text in force with its dates, and a draft has none', async () => {
    const { slug } = await createOpenEvent(owner)
    const { consent } = await api.anonymous.events.getBySlug({ slug })
    expect((await api.anonymous.events.privacy({ slug })).consent).toEqual(consent)
    const draft = await owner.events.create(eventInput())
    await expectApiError(api.anonymous.events.privacy({ slug: draft.slug }), 'NOT_FOUND')
    await expectApiError(api.anonymous.events.privacy({ slug: 'no-such-event' }), 'NOT_FOUND')
  })

  test('a text of before the dates were stored shows those of the event', async () => {
    const { id, slug } = await createOpenEvent(owner)
    const { consent } = await api.anonymous.events.getBySlug({ slug })
    await api.sql`update consent_texts set others_until = null, winners_until = null where event_id = ${id}`
    expect((await api.anonymous.events.getBySlug({ slug })).consent).toEqual(consent)
  })
})

describe('renaming a shop', () => {
  test('gives every published event a new consent text with the new name, and no other event', async () => {
    const [open, locked] = [await createOpenEvent(owner), await createOpenEvent(owner)]
    await api.anonymous.participations.register(entryInput(locked.id, 1))
    await owner.draws.drawWinners({ eventId: locked.id, winnerCount: 1, visitBonus: 0 })
    const pageOf = (slug: string) => api.anonymous.events.getBySlug({ slug })
    const before = { open: await pageOf(open.slug), locked: await pageOf(locked.slug) }

    await owner.shops.rename({ name: '새 링고베이커리' })
    const after = { open: await pageOf(open.slug), locked: await pageOf(locked.slug) }
    expect(after.open).toMatchObject({ shopName: '새 링고베이커리', consent: { version: 2 } })
    expect(after.open.consent.text.ko).toContain('수집·이용하는 자: 새 링고베이커리')
    expect(after.locked.consent).toEqual(before.locked.consent)

    const entry = entryInput(open.id, 2)
    await expectApiError(
      api.anonymous.participations.register({ ...entry, consentVersion: before.open.consent.version }),
      'CONSENT_CHANGED',
    )
    await api.anonymous.participations.register({ ...entry, consentVersion: 2 })
    await owner.shops.rename({ name: '새 링고베이커리' })
    expect((await pageOf(open.slug)).consent.version).toBe(2)
  })
})
