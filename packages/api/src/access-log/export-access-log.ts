import { type AccessFilter, type AccessPlace, listAccess } from '@eungmo/db/queries/access-log-pages'
import { requireScope } from '../api-keys/scopes.ts'
import type { Context, Member, Viewer } from '../context.ts'
import { csvRow } from '../csv/csv-row.ts'
import { type CsvFile, streamCsv } from '../csv/stream-csv.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { parseInput } from '../errors/parse-input.ts'
import type { Locale } from '../locale.ts'
import { recordAccess } from '../personal-data/record-access.ts'
import { requireMember } from '../require-member.ts'
import { seoulRecordTime } from '../seoul-time.ts'
import { toAccessFilter } from './filter.ts'
import { presentLine } from './present-line.ts'
import { type AccessLineView, exportAccessInput } from './schema.ts'

const PAGE_SIZE = 200

const fileName: Record<Locale, string> = { ko: '접속 기록.csv', en: 'access log.csv' }

const headings: Record<Locale, readonly string[]> = {
  ko: ['일시', '누가', '역할', '접속 주소', '한 일', '이벤트', '대상', '대상 ID', '인원', '목적'],
  en: ['Time', 'Who', 'Role', 'Address', 'Action', 'Event', 'About', 'About (id)', 'People', 'Purpose'],
}

/** How cells are worded in the caller's language. */
export interface AccessTexts {
  actor(actor: AccessLineView['actor']): string
  role(actor: AccessLineView['actor']): string
  action(action: AccessLineView['action']): string
}

/**
 * The shop's access log as CSV, newest first, filtered as `body` says; itself a line of it. For owners in a
 * session. Throws as `requireMember`, FORBIDDEN, VALIDATION_FAILED without a purpose, and UNAVAILABLE where the line
 * cannot be written, all before the first chunk; the chunks throw as of `streamCsv`.
 */
export async function exportAccessLog(context: Context, body: unknown, texts: AccessTexts): Promise<CsvFile> {
  const viewer = requireOwner(context.viewer)
  const { purpose, ...days } = parseInput(exportAccessInput, body)
  const filter = toAccessFilter(days)
  const { dependencies, clientAddress, locale } = context
  await recordAccess(dependencies.db, {
    actor: { ...viewer, clientAddress },
    action: 'export-access-log',
    eventId: filter.eventId,
    purpose,
  })
  return {
    fileName: fileName[locale],
    chunks: streamCsv(context, {
      headings: headings[locale],
      rows: rows(dependencies, viewer.shopId, filter, texts),
      authorise: requireOwner,
    }),
  }
}

function requireOwner(sender: Viewer): Member {
  const viewer = requireMember(sender)
  requireScope(viewer, undefined)
  if (viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  return viewer
}

async function* rows(
  { db }: Pick<Dependencies, 'db'>,
  shopId: string,
  filter: AccessFilter,
  texts: AccessTexts,
): AsyncGenerator<string> {
  let before: AccessPlace | undefined
  do {
    const page = await listAccess(db, { shopId, filter, before, limit: PAGE_SIZE })
    if (page.length > 0)
      yield page
        .map(presentLine)
        .map((line) => toRow(line, texts))
        .join('')
    before = page.length === PAGE_SIZE ? page.at(-1) : undefined
  } while (before !== undefined)
}

const toRow = (
  { at, actor, clientAddress, action, event, subject, people, purpose }: AccessLineView,
  texts: AccessTexts,
) =>
  csvRow([
    seoulRecordTime(at),
    texts.actor(actor),
    texts.role(actor),
    clientAddress,
    texts.action(action),
    event?.name ?? event?.id ?? null,
    subject?.name ?? null,
    subject?.id ?? null,
    people,
    purpose,
  ])
