import { countApplicationNumbers } from '@eungmo/db/queries/application-number-notices'
import { countUnnotifiedWinners, findNoticeStart, listNotices } from '@eungmo/db/queries/notices'
import { listSlotHolders } from '@eungmo/db/queries/slot-holders'
import type { Actor, Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import type { Locale } from '../locale.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { noticeText } from './notice-texts.ts'
import { dueOf } from './queue-notices.ts'
import { afterQuietHours } from './quiet-hours.ts'
import type { NoticesView, NoticeTextsView, SendNoticesInput } from './schema.ts'
import { readWinnerFacts } from './winner-facts.ts'

type ReadDependencies = Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'publicUrl'>

const locales: readonly Locale[] = ['ko', 'en']

/** The notices of an event, and what the next press would send. Throws NOT_FOUND. */
export async function readNotices(
  dependencies: ReadDependencies,
  viewer: Member,
  eventId: string,
): Promise<NoticesView> {
  const { db, notifier } = dependencies
  const event = await requireOwnEvent(db, viewer, eventId)
  const start = await findNoticeStart(db, { eventId })
  const rows = await listNotices(db, { eventId })
  const receivers = await countUnnotifiedWinners(db, { eventId })
  const [first] = await listSlotHolders(db, { eventId, standing: 'selected', limit: 1 })
  const preview = first
    ? await Promise.all(
        locales.map(async (locale) => {
          const all = await readWinnerFacts(db, dependencies, event, [first], locale)
          const facts = all.get(first.participantId)
          if (!facts) throw new Error(`no facts of a winner of event ${eventId}`)
          const priceClass = notifier.phone?.priceClassOf({ kind: 'won', locale, facts }) ?? null
          // A preview needs no winner's link.
          const text = noticeText('won', locale, { ...facts, link: `${dependencies.publicUrl}/…` })
          return { locale, text, priceClass }
        }),
      )
    : []
  return {
    isSent: notifier.phone !== null,
    startedAt: start?.startedAt.toISOString() ?? null,
    locale: start?.locale ?? null,
    receivers,
    sendsAt: afterQuietHours(dueOf(event, event.now)).toISOString(),
    preview,
    applicationNumbers: await countApplicationNumbers(db, { eventId }),
    notices: rows.map(({ dueAt, changedAt, ...row }) => ({
      ...row,
      dueAt: dueAt.toISOString(),
      changedAt: changedAt.toISOString(),
    })),
  }
}

/**
 * The text of having won for each current winner, to be sent by hand; the access log names it, since a text holds its
 * winner's claim link. Throws NOT_FOUND.
 */
export async function readNoticeTexts(
  dependencies: ReadDependencies,
  viewer: Actor,
  { eventId, locale }: SendNoticesInput,
): Promise<NoticeTextsView> {
  const { db } = dependencies
  const event = await requireOwnEvent(db, viewer, eventId)
  const holders = await listSlotHolders(db, { eventId, standing: 'selected' })
  const stored = holders.filter(({ applicationNumber }) => applicationNumber !== null)
  await recordAccess(db, { actor: viewer, action: 'send-notices', eventId, people: stored.length })
  const facts = await readWinnerFacts(db, dependencies, event, stored, locale)
  return [...facts].map(([participantId, fact]) => ({ participantId, text: noticeText('won', locale, fact) }))
}
