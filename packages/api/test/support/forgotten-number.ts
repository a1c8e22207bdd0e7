import { createCaller } from '../../src/router.ts'
import type { startNotices } from './notices.ts'
import { enterParticipants } from './sample-entries.ts'
import { createOpenEvent } from './sample-events.ts'

type Notices = Awaited<ReturnType<typeof startNotices>>

/** Some seconds from now, at whatever hour: what was requested a moment ago does not wait for the morning. */
const soon = () => new Date(Date.now() + 2_000)

/** What an entrant does who has forgotten the application number, each from an address of their own. */
export function forgetfulEntrants({ api, callers: { owner }, sent, sendDue }: Notices) {
  let addresses = 0
  const callerFrom = (clientAddress: string) => createCaller(api.contextOf(undefined, { clientAddress }))
  const request = (
    eventId: string,
    phoneNumber: string,
    clientAddress = `10.0.${addresses >> 8}.${++addresses & 255}`,
  ) => callerFrom(clientAddress).participations.requestNumber({ eventId, phoneNumber })
  const enterEvent = async (count = 1) => {
    const event = await createOpenEvent(owner)
    const entries = await enterParticipants(api.anonymous, event.id, count)
    const [first] = entries
    if (!first) throw new Error('no entry')
    return { event, entries, first }
  }
  return {
    request,
    enterEvent,
    /** Runs the job that sends as a new leader. */
    deliver: () => sendDue(soon()),
    /** Lets time pass for budgets and for what was queued. */
    pass: async (interval: string) => {
      await api.sql`update attempt_budgets set available_at = available_at - ${interval}::interval,
        expires_at = expires_at - ${interval}::interval`
      await api.sql`update notices set created_at = created_at - ${interval}::interval
        where kind = 'application-number'`
    },
    /** The token of the link in the newest message to a number. */
    linkTo: (phoneNumber: string) =>
      /\/e\/[\w-]+\/not-me\/(\S+)/.exec(sent(phoneNumber).at(-1)?.text ?? '')?.[1] ?? '',
  }
}
