import type { DrawSummaryView } from '@eungmo/api/draws/draw-summary-schema'
import { formatNumber } from '#lib/format-number.ts'
import * as m from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
import { replacedText } from '#lib/replaced-text.ts'
import { formatMoment, formatTicketDate, seoulRecordTime } from '#lib/seoul-time.ts'

/** What the certificate shows, on paper and as a picture. */
export interface CertificateContent {
  shopName: string
  title: string
  facts: { label: string; text: string }[]
  /** Empty before the announcement, in a pause and once destroyed. */
  numbers: { slot: number; text: string }[]
  /** All winners; 0 where no numbers are shown. */
  winnerTotal: number
  /** Why there are no numbers; null where there are. */
  notice: string | null
  replaced: string[]
  moreReplaced: string | null
  sentences: string[]
  hasPublicRandomness: boolean
}

interface Limits {
  /** How many fit. */
  maxNumbers: number
  maxReplaced: number
}

/** The certificate of a draw that has a result, in the language of the request. */
export function certificateContent(
  draw: Omit<DrawSummaryView, 'version'>,
  { maxNumbers, maxReplaced }: Limits,
): CertificateContent {
  const [first] = draw.attempts
  if (!first) throw new Error(`the draw of event ${draw.eventId} has no lock`)
  const moment = (at: string) => formatMoment(at, getLocale(), draw.now)
  const rounds = draw.attempts.map(({ round }) => round)
  const hasPublicRandomness = rounds.every((round) => round !== null)
  const isShown = draw.isAnnounced && !draw.isDestroyed && !draw.paused
  const shown = isShown ? draw.winners.slice(0, maxNumbers) : []
  const replaced = isShown ? draw.replacements.slice(0, maxReplaced) : []
  const moreReplaced = isShown ? draw.replacementTotal - replaced.length : 0
  return {
    shopName: draw.shopName,
    title: draw.title,
    facts: [
      { label: m.draw_certificate_locked(), text: seoulRecordTime(first.lockedAt) },
      {
        label: m.draw_certificate_entries(),
        text: m.draw_certificate_entries_text({
          entries: formatNumber(first.entryCount),
          tickets: formatNumber(first.totalTickets),
        }),
      },
      {
        label: m.draw_certificate_round(),
        text: hasPublicRandomness
          ? m.draw_certificate_round_text({ rounds: rounds.map((round) => formatNumber(round)).join(', ') })
          : m.draw_certificate_round_none(),
      },
    ],
    numbers: shown.map(({ slot, applicationNumber }) => ({
      slot,
      text: applicationNumber ?? m.draw_certificate_erased(),
    })),
    winnerTotal: isShown ? draw.winnerTotal : 0,
    notice: isShown ? null : noticeOf(draw, moment),
    replaced: replaced.map(({ slot, reason, at }) =>
      [m.draw_certificate_replaced_slot({ slot }), formatTicketDate(at), replacedText(reason)].join(' · '),
    ),
    moreReplaced: moreReplaced > 0 ? m.draw_certificate_replaced_more({ count: moreReplaced }) : null,
    sentences: [
      m.draw_certificate_sentence_locked({
        at: moment(first.lockedAt),
        count: formatNumber(first.entryCount),
      }),
      hasPublicRandomness
        ? m.draw_certificate_sentence_random({ count: formatNumber(first.winnerCount) })
        : m.draw_certificate_sentence_known({ count: formatNumber(first.winnerCount) }),
      m.draw_certificate_sentence_recompute(),
    ],
    hasPublicRandomness,
  }
}

function noticeOf(
  draw: Pick<DrawSummaryView, 'paused' | 'isDestroyed' | 'announcementDate'>,
  moment: (at: string) => string,
): string {
  if (draw.paused) return m.draw_certificate_paused()
  if (draw.isDestroyed) return m.draw_certificate_destroyed()
  return m.draw_certificate_hidden({ at: moment(draw.announcementDate) })
}
