import { type DailyCounts, readDailyCounts } from '@eungmo/db/queries/analytics'
import { viewSources } from '@eungmo/messaging/contract/message'
import type { Context } from '../context.ts'
import { csvRow } from '../csv/csv-row.ts'
import { fileTitle } from '../csv/file-title.ts'
import { type CsvFile, withHeadings } from '../csv/stream-csv.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import type { Locale } from '../locale.ts'
import { requireMember } from '../require-member.ts'
import { parseId } from '../validation/parse-id.ts'
import { conversion } from './conversion.ts'

const ROWS_PER_PART = 200

const headings: Record<Locale, readonly string[]> = {
  ko: ['날짜', '참여경로', '본 사람(추정)', '참여', '전환율(%)'],
  en: ['Date', 'Entry path', 'Viewers (estimate)', 'Participants', 'Conversion (%)'],
}
const subjects: Record<Locale, string> = { ko: '날짜별 참여', en: 'by day' }
const sourceNames: Record<string, Record<Locale, string>> = {
  [viewSources.direct]: { ko: '직접', en: 'Direct' },
  [viewSources.share]: { ko: '공유', en: 'Shared' },
  [viewSources.other]: { ko: '기타', en: 'Other' },
}

/**
 * Viewers and participants of the owner's event by day and channel, as CSV without anything of a person. Throws
 * UNAUTHENTICATED, FORBIDDEN for staff, and NOT_FOUND.
 */
export async function exportDailyCounts(
  { dependencies: { db }, viewer, locale }: Context,
  eventId: string,
): Promise<CsvFile> {
  const member = requireMember(viewer)
  if (member.role !== 'owner') throw new DomainError('FORBIDDEN')
  const event = await requireOwnEvent(db, member, parseId(eventId))
  const rows = await readDailyCounts(db, { eventId: event.id })
  return {
    fileName: `${fileTitle(event.title)} ${subjects[locale]}.csv`,
    chunks: withHeadings(headings[locale], inParts(rows, locale)),
  }
}

async function* inParts(rows: readonly DailyCounts[], locale: Locale): AsyncGenerator<string> {
  for (let start = 0; start < rows.length; start += ROWS_PER_PART)
    yield rows
      .slice(start, start + ROWS_PER_PART)
      .map((row) => toRow(row, locale))
      .join('')
}

function toRow({ day, entryPath, source, views, entries }: DailyCounts, locale: Locale): string {
  if (entryPath !== null) return csvRow([day, entryPath, views, entries, conversion(entries, views)])
  const name = source && (sourceNames[source]?.[locale] ?? source)
  return csvRow([day, name, views, null, null])
}
