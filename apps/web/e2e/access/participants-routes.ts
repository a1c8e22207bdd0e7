import { uniquePhoneNumber } from '../pages/entry-page.ts'
import { open, type RouteInput, someParticipant } from './route-inputs.ts'
import { EVENT_OWNERS, MEMBERS, row, type World } from './world.ts'

const pastedNumbers = ({ open }: World): RouteInput => ({
  params: open,
  form: { numbers: uniquePhoneNumber() },
})

/** The page of an event's participants, and the page that excludes pasted numbers. */
export const participantsRoutes = {
  'GET /(owner)/admin/events/[eventId]/participants': row(MEMBERS, open),
  'POST /(owner)/admin/events/[eventId]/participants?/search': row(MEMBERS, ({ open }) => ({
    params: open,
    form: { q: '이응모' },
  })),
  'POST /(owner)/admin/events/[eventId]/participants?/reveal': row(MEMBERS, someParticipant),
  'POST /(owner)/admin/events/[eventId]/participants?/markVisit': row(MEMBERS, someParticipant),
  'POST /(owner)/admin/events/[eventId]/participants?/unmarkVisit': row(EVENT_OWNERS, someParticipant),
  'POST /(owner)/admin/events/[eventId]/participants?/include': row(EVENT_OWNERS, someParticipant),
  'GET /(owner)/admin/events/[eventId]/participants/numbers': row(EVENT_OWNERS, open),
  'POST /(owner)/admin/events/[eventId]/participants/numbers?/preview': row(EVENT_OWNERS, pastedNumbers),
  'POST /(owner)/admin/events/[eventId]/participants/numbers?/exclude': row(EVENT_OWNERS, pastedNumbers),
  'POST /(owner)/admin/events/[eventId]/participants/numbers?/undo': row(EVENT_OWNERS, ({ open }) => ({
    params: open,
    form: { pasteId: crypto.randomUUID() },
  })),
}
