import { uniquePhoneNumber } from '../pages/entry-page.ts'
import type { Winner, World } from './world.ts'

/** What procedures and operations take; each builds an input that succeeds where the caller may. */
type Build = (world: World) => Promise<Record<string, unknown>> | Record<string, unknown>

const HOUR_MS = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()

export const nothing: Build = () => ({})
export const openEvent: Build = ({ open }) => ({ eventId: open.eventId })
export const openSlug: Build = ({ open }) => ({ slug: open.slug })
export const drawnEvent: Build = ({ drawn }) => ({ eventId: drawn.eventId })
export const drawnNotices: Build = ({ drawn }) => ({ eventId: drawn.eventId, locale: 'ko' })
export const drawnSlug: Build = ({ drawn }) => ({ slug: drawn.slug })
export const drawLog: Build = ({ drawn }) => ({ drawLogId: drawn.drawLogId })

export const newDraft: Build = ({ newDraft }) => newDraft()
export const newTerms: Build = () => ({
  title: '권한표',
  startsAt: inHours(-1),
  endsAt: inHours(24),
  announcementDate: inHours(48),
  winnerCount: 1,
})
export const newTitle: Build = async ({ newDraft }) => ({ ...(await newDraft()), title: '바뀐 제목' })
export const newEvent: Build = async ({ newEvent }) => ({ eventId: (await newEvent()).eventId })
export const cancelledEvent: Build = async ({ newEvent, shop }) => {
  const { eventId } = await newEvent()
  await shop.cancel(eventId)
  return { eventId }
}
export const newDestruction: Build = async (world) => {
  const { eventId } = await cancelledEvent(world)
  const [event] = await world.sql`select title from events where id = ${String(eventId)}`
  return { eventId, title: String(event?.title) }
}
export const newEntry: Build = ({ open }) => ({
  eventId: open.eventId,
  name: '김하늘',
  phoneNumber: uniquePhoneNumber(),
  entryPath: 'SNS',
  privacyConsent: true,
})
export const ownEntry: Build = async ({ open, shop }) => {
  const phoneNumber = uniquePhoneNumber()
  const { applicationNumber } = await shop.enter(open.eventId, phoneNumber)
  return { eventId: open.eventId, applicationNumber, phoneNumber }
}
export const ownPhone: Build = async (world) => {
  const { eventId, phoneNumber } = await ownEntry(world)
  return { eventId, phoneNumber }
}
export const foreignLink: Build = async (world) => {
  const { eventId, proof } = await newProof(world)
  return { eventId, link: proof }
}
export const newProof = async (world: World) => {
  const { eventId, ...entry } = await ownEntry(world)
  return { eventId, proof: await world.shop.proveEntry(String(eventId), entry) }
}
export const newName: Build = async (world) => ({ ...(await newProof(world)), name: '김바다' })
export const search: Build = ({ open }) => ({ eventId: open.eventId, q: '이응모' })
const participantOf = async ({ sql }: World, eventId: string) => {
  const [row] = await sql`select id from participants
    where event_id = ${eventId} and name is not null order by id limit 1`
  return { eventId, participantId: String(row?.id) }
}
export const participant: Build = (world) => participantOf(world, world.open.eventId)
export const newParticipant: Build = async (world) => participantOf(world, (await world.newEvent(1)).eventId)
export const newExclusion: Build = async (world) => ({ ...(await newParticipant(world)), reason: 'staff' })
export const newPaste: Build = async ({ newEvent }) => ({
  eventId: (await newEvent()).eventId,
  numbers: uniquePhoneNumber(),
})
export const unknownPaste: Build = ({ open }) => ({ eventId: open.eventId, pasteId: crypto.randomUUID() })
export const newDrawTerms: Build = async ({ newEvent }) => ({
  eventId: (await newEvent(3)).eventId,
  winnerCount: 1,
  visitBonus: false,
})
export const contact: Build = ({ drawn }) => ({
  contactId: crypto.randomUUID(),
  drawLogId: drawn.drawLogId,
  drawRank: 1,
  means: 'phone',
})
export const newRedraw: Build = async ({ newDraw }) => ({
  drawLogId: (await newDraw()).drawLogId,
  ranks: [1],
  reason: 'declined',
})
export const claimLink: Build = ({ winner }) => ({ token: winner.token })
export const claimDigits: Build = ({ winner }) => ({
  token: winner.token,
  lastDigits: winner.phoneNumber.slice(-4),
})
const proved = async ({ shop }: World, { token, phoneNumber }: Winner) => ({
  token,
  proof: await shop.proveClaim(token, phoneNumber),
})
export const ownClaim: Build = (world) => proved(world, world.winner)
export const newOwnClaim: Build = async (world) => proved(world, await world.newWinner())
/** On Korea's calendar. */
export const today = () => new Date(Date.now() + 9 * HOUR_MS).toISOString().slice(0, 10)
export const claimOfToday: Build = async (world) => ({
  ...(await ownClaim(world)),
  details: { kind: 'pick-up', day: today() },
})
export const storedClaim: Build = async (world) => {
  await world.shop.mutate('claims.confirm', await claimOfToday(world))
  const { eventId, drawLogId, drawRank } = world.winner
  return { eventId, drawLogId, drawRank }
}
export const newLink: Build = async (world) => {
  const { drawLogId, drawRank } = await world.newWinner()
  return { drawLogId, drawRank, locale: 'ko' }
}
export const handOverLink: Build = ({ collecting: { token } }) => ({ token })
export const handOverNumber: Build = ({ collecting: { eventId, applicationNumber } }) => ({
  eventId,
  applicationNumber,
})
export const handOver: Build = ({ collecting: { eventId, drawLogId, drawRank } }) => ({
  eventId,
  drawLogId,
  drawRank,
})
export const newChannel: Build = async ({ newEvent }) => ({
  eventId: (await newEvent()).eventId,
  entryPath: '전단지',
})
export const someChannel: Build = async ({ newEvent }) => ({
  eventId: (await newEvent()).eventId,
  entryPath: 'SNS',
})
export const newChannelName: Build = async (world) => ({
  ...(await someChannel(world)),
  newEntryPath: '인스타',
})
export const shopDetails: Build = () => ({
  contact: '',
  address: '',
  openingHours: '',
  privacyOfficer: '',
})
export const shopName: Build = () => ({ name: '링고베이커리' })
export const newKey: Build = () => ({ name: '권한표', scopes: ['events:write'] })
export const someKey: Build = async ({ newApiKey }) => ({ apiKeyId: (await newApiKey('events:write')).id })
export const followed: Build = ({ open }) => ({ eventIds: [open.eventId] })
export const newMember: Build = async ({ newMember }) => ({ memberId: (await newMember()).memberId })
export const newRole: Build = async (world) => ({ ...(await newMember(world)), role: 'owner' })
export const unknownSuccessor: Build = () => ({ memberId: crypto.randomUUID(), afterwards: 'staff' })
export const unknownShop: Build = () => ({ shopId: crypto.randomUUID() })
