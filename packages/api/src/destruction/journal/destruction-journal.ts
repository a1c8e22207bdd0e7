import type { Database } from '@eungmo/db/connection/client'
import { listEarlyDestructionIds, readEarlyDestructions } from '@eungmo/db/queries/destruction-journal'
import type { Logger } from '@eungmo/messaging/logging/logger'
import { coalesceReads } from '../../coalesce-reads.ts'
import { type JournalFile, openJournal } from './journal-file.ts'
import { formatLine, parseLine } from './journal-line.ts'

/** Copies early destructions from the database to the file DESTRUCTION_JOURNAL, which no backup brings back. */
export interface DestructionJournal {
  /** The file; undefined where there is none, so that nothing is copied. */
  readonly path: string | undefined
  /**
   * Call it after the commit of an early destruction, before the response. Resolves when the file holds every
   * early destruction that was committed before the call, on the disk. Never rejects: what could not be
   * written is logged, and written by the next call.
   */
  write(): Promise<void>
  /** Whether the last write failed, so that the file lacks something. */
  isBehind(): boolean
}

/**
 * How far back each write looks for rows that it has not seen: longer than any transaction, whose rows become
 * visible later than their time. The first write compares all.
 */
const OVERLAP_MINUTES = 10

interface JournalOptions {
  db: Database
  path: string | undefined
  log: Logger
}

/**
 * Creates the journal of a process. Several processes may share one file: each reads what the others appended
 * before it appends.
 */
export function createDestructionJournal({ db, path, log }: JournalOptions): DestructionJournal {
  if (path === undefined) return { path, write: async () => undefined, isBehind: () => false }
  let isBehind = false
  const copy = createCopy(db, path)
  const write = coalesceReads(async () => {
    try {
      await copy()
      isBehind = false
    } catch (err) {
      isBehind = true
      log.error({ err }, 'DESTRUCTION_JOURNAL could not be written: a restored backup would bring back more')
    }
  })
  return { path, write: () => write(path), isBehind: () => isBehind }
}

/** Returns what appends to the file every early destruction of the database that the file lacks. */
function createCopy(db: Database, path: string): () => Promise<void> {
  /** How far the file has been read, in bytes, and which file it was. */
  let end = 0
  let identity = ''
  /** Ids of lines of the file: all that the next comparison may meet; null before the first one. */
  let known: Set<string> | null = null

  async function readOn(file: JournalFile): Promise<Set<string>> {
    const state = await file.state()
    if (state.identity !== identity || state.size < end) forget()
    identity = state.identity
    const ids = new Set(known)
    for await (const piece of file.read(end)) {
      end = piece.end
      for (const line of piece.lines) {
        const id = parseLine(line)?.id
        if (id !== undefined) ids.add(id)
      }
    }
    return ids
  }

  function forget(): void {
    end = 0
    known = null
  }

  return async () => {
    const file = await openJournal(path)
    try {
      const inFile = await readOn(file)
      const ids = await listEarlyDestructionIds(db, known ? { withinMinutes: OVERLAP_MINUTES } : {})
      const lacking = ids.filter((id) => !inFile.has(id))
      for await (const page of readEarlyDestructions(db, { ids: lacking }))
        await file.append(page.map(formatLine).join(''))
      if (lacking.length > 0) await readOn(file)
      known = new Set(ids)
    } catch (error) {
      forget()
      throw error
    } finally {
      await file.close()
    }
  }
}
