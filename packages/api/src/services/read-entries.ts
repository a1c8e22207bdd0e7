import type { EntryList } from '@eungmo/draw/entries'
import { entriesCsv } from '@eungmo/draw/entry-csv'
import type { Services } from '../services.ts'
import { readList } from './locked-list.ts'
import { drawnEvent } from './read-transcript.ts'

/** The locked list that a draw was made from, once drawn. */
export async function readDrawEntries(services: Pick<Services, 'db'>, drawLogId: string): Promise<EntryList> {
  const { event } = await drawnEvent(services, drawLogId)
  return readList(services.db, event.id)
}

/** The locked list as CSV, in pieces of some thousand lines, ready to be streamed. */
export async function drawEntriesCsv(
  services: Pick<Services, 'db'>,
  drawLogId: string,
): Promise<Generator<string>> {
  return entriesCsv(await readDrawEntries(services, drawLogId))
}
