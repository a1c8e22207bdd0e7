import { newProof, participant, today } from './inputs.ts'
import type { World } from './world.ts'

/** Values of the route's parameters, and of the posted form. */
export interface RouteInput {
  params?: Record<string, string>
  form?: Record<string, string>
}

type Build = (world: World) => RouteInput | Promise<RouteInput>

export const nothing: Build = () => ({})
export const open: Build = ({ open }) => ({ params: open })
export const channel: Build = ({ open }) => ({ params: { ...open, code: 'sns' } })
export const drawn: Build = ({ drawn }) => ({ params: drawn })
export const collecting: Build = ({ collecting: { eventId, token } }) => ({ params: { eventId, token } })
export const handOver: Build = ({ collecting: { eventId, token, drawLogId, drawRank } }) => ({
  params: { eventId, token },
  form: { eventId, drawLogId, drawRank: String(drawRank) },
})
export const handOverNumber: Build = ({ collecting: { eventId, applicationNumber } }) => ({
  params: { eventId },
  form: { applicationNumber },
})
export const draft: Build = async ({ newDraft }) => ({ params: await newDraft() })
export const cancelled: Build = async ({ newEvent, shop }) => {
  const event = await newEvent()
  await shop.cancel(event.eventId)
  return { params: event }
}
export const invitation: Build = async ({ newInvitation }) => ({
  params: { invitationId: (await newInvitation()).invitationId },
})
export const someParticipant: Build = async (world) => ({
  params: world.open,
  form: { participantId: String((await participant(world)).participantId) },
})
export const ownEntry: Build = async (world) => {
  const { proof } = await newProof(world)
  return { params: world.open, form: { proof, name: '김바다', word: '취소' } }
}
export const foreignLink: Build = async (world) => ({
  params: { ...world.open, link: (await newProof(world)).proof },
})
export const claim: Build = ({ winner: { token, phoneNumber } }) => ({
  params: { token },
  form: { lastDigits: phoneNumber.slice(-4), kind: 'pick-up', day: today(), word: '취소' },
})
export const provider: Build = () => ({ params: { provider: 'kakao' } })
export const path: Build = () => ({ params: { path: 'nothing' } })
