import type { Context } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import type { Locale } from '../locale.ts'
import { CSV_BOM, csvRow } from './csv.ts'

export interface CsvTable {
  /** What the rows are, for the file's name. */
  subject: Record<Locale, string>
  headings: Record<Locale, readonly string[]>
  /** The rows of an event, each with its line end. */
  rows(dependencies: Pick<Dependencies, 'db' | 'secrets'>, eventId: string): AsyncGenerator<string>
}

export interface CsvExport {
  fileName: string
  /** Read from the database as the response is sent. */
  chunks: AsyncGenerator<string>
}

const MAX_TITLE_LENGTH = 60

/**
 * A table of the owner's event as CSV. Throws UNAUTHENTICATED, FORBIDDEN and NOT_FOUND before the first
 * chunk.
 */
export async function exportCsv(
  { dependencies, viewer, locale }: Context,
  eventId: string,
  { subject, headings, rows }: CsvTable,
): Promise<CsvExport> {
  if (viewer.kind !== 'member') throw new DomainError('UNAUTHENTICATED')
  if (viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  const event = await requireOwnEvent(dependencies.db, viewer, eventId)
  const title = event.title
    .replace(/[\p{Cc}\\/:*?"<>|]/gu, ' ')
    .trim()
    .slice(0, MAX_TITLE_LENGTH)
  const fileName = `${title} ${subject[locale]}.csv`
  return { fileName, chunks: withHeadings(headings[locale], rows(dependencies, event.id)) }
}

async function* withHeadings(
  headings: readonly string[],
  rows: AsyncGenerator<string>,
): AsyncGenerator<string> {
  yield CSV_BOM + csvRow(headings)
  yield* rows
}
