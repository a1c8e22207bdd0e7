import { TimeSlices } from '@eungmo/db/timing/time-slices'
import type { Context, Member, Viewer } from '../context.ts'
import { DomainError } from '../errors/domain-error.ts'
import { CSV_BOM, csvRow } from './csv-row.ts'

/** How often the rights of a file's reader are checked again. */
export const RIGHTS_CHECK_INTERVAL_MS = 1_000

export interface CsvFile {
  fileName: string
  /**
   * Read from the database as the response is sent. Throws where the reader loses the right to it meanwhile, so
   * that the file breaks off.
   */
  chunks: AsyncGenerator<string>
}

interface CsvBody {
  headings: readonly string[]
  /** Each with its line end, in parts of some 200 rows: while one is computed, other requests wait. */
  rows: AsyncGenerator<string>
  /** Returns the viewer where they may have the file; throws otherwise. */
  authorise: (viewer: Viewer) => Member
}

/** The rows of a table below its headings, as a file has them; other work has its turn between them. */
export async function* withHeadings(
  headings: readonly string[],
  rows: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield CSV_BOM + csvRow(headings)
  const slices = new TimeSlices()
  for await (const lines of rows) {
    yield lines
    if (slices.isOver()) await slices.next()
  }
}

/** The parts of a CSV file. Between them the rights of its reader are checked again, once per second at most. */
export const streamCsv = (
  context: Pick<Context, 'viewer' | 'currentViewer'>,
  { headings, rows, authorise }: CsvBody,
): AsyncGenerator<string> => withHeadings(headings, whileAllowed(context, rows, authorise))

async function* whileAllowed(
  { viewer, currentViewer }: Pick<Context, 'viewer' | 'currentViewer'>,
  rows: AsyncGenerator<string>,
  authorise: CsvBody['authorise'],
): AsyncGenerator<string> {
  const reader = authorise(viewer)
  let checkedAt = performance.now()
  for await (const lines of rows) {
    if (performance.now() - checkedAt >= RIGHTS_CHECK_INTERVAL_MS) {
      if (!isSame(reader, authorise(await currentViewer()))) throw new DomainError('UNAUTHENTICATED')
      checkedAt = performance.now()
    }
    yield lines
  }
}

const keyOf = (member: Member) => (member.via === 'api-key' ? member.apiKeyId : null)
const isSame = (one: Member, other: Member) =>
  one.userId === other.userId && one.shopId === other.shopId && keyOf(one) === keyOf(other)
