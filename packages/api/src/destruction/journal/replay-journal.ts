import { destroyParticipants } from '@eungmo/db/queries/destroy-participants'
import {
  type EarlyDestruction,
  insertEarlyDestruction,
  listUnknownDestructions,
  noteDestructionRequest,
} from '@eungmo/db/queries/destruction-journal'
import type { Dependencies } from '../../dependencies.ts'
import { withdrawParticipation } from '../../participations/withdraw-entry.ts'
import { openJournal } from './journal-file.ts'
import { parseLine } from './journal-line.ts'

type ReplayDependencies = Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'destructionJournal' | 'log'>

export interface Replayed {
  /** Lines whose destruction the database lacked. */
  lines: number
  /** Participants whose data was destroyed. */
  people: number
  /** The numbers of lines that could not be read. A last line without an end is not among them. */
  unreadable: number[]
}

/**
 * Destroys again, from a file of the journal, what the database lacks: after a backup was restored, that is
 * everything destroyed early since. May be cut off and repeated at any point. Throws where the file cannot be read.
 */
export async function replayJournal(dependencies: ReplayDependencies, path: string): Promise<Replayed> {
  const replayed: Replayed = { lines: 0, people: 0, unreadable: [] }
  const file = await openJournal(path, { readOnly: true })
  try {
    let number = 0
    for await (const { lines } of file.read(0)) {
      const destructions = lines.flatMap((line) => {
        number += 1
        const destruction = parseLine(line)
        if (destruction === null && line !== '') replayed.unreadable.push(number)
        return destruction ?? []
      })
      await replay(dependencies, destructions, replayed)
    }
  } finally {
    await file.close()
  }
  return replayed
}

async function replay(
  dependencies: ReplayDependencies,
  destructions: readonly EarlyDestruction[],
  replayed: Replayed,
): Promise<void> {
  if (destructions.length === 0) return
  const unknown = new Set(
    await listUnknownDestructions(dependencies.db, { ids: destructions.map(({ id }) => id) }),
  )
  for (const destruction of destructions) {
    // Its event may have been created after the backup: then nothing is to be destroyed.
    const people = unknown.has(destruction.id) ? await repeat(dependencies, destruction) : null
    if (people === null) continue
    replayed.lines += 1
    replayed.people += people
  }
}

/** Returns how many people's data was destroyed; null where the database has nothing to do with it. */
const repeat = (dependencies: ReplayDependencies, destruction: EarlyDestruction): Promise<number | null> =>
  destruction.reason === 'withdrawn'
    ? repeatWithdrawal(dependencies, destruction)
    : repeatRequest(dependencies.db, destruction)

/** A withdrawal also takes the entry out of the list, or passes a won slot on, as it did before. */
async function repeatWithdrawal(
  dependencies: ReplayDependencies,
  destruction: EarlyDestruction,
): Promise<number | null> {
  const { eventId, participantIds } = destruction
  let people = 0
  for (const participantId of participantIds) {
    const entry = { eventId, participantId, hasSecondProof: true, isJournaled: true }
    if (await withdrawParticipation(dependencies, entry)) people += 1
  }
  // Last: a line that was cut off is repeated, and who has withdrawn is left alone.
  return (await insertEarlyDestruction(dependencies.db, destruction)) ? people : null
}

function repeatRequest(db: Dependencies['db'], destruction: EarlyDestruction): Promise<number | null> {
  const { eventId, reason, participantIds, destroyedAt } = destruction
  return db.transaction(async (tx) => {
    if (!(await insertEarlyDestruction(tx, destruction))) return null
    await noteDestructionRequest(tx, { eventId, requestedAt: destroyedAt })
    const batch = { eventId, reason, scope: { participantIds }, isJournaled: true }
    let people = 0
    let destroyed = 0
    do {
      destroyed = (await destroyParticipants(tx, batch)).count
      people += destroyed
    } while (destroyed > 0)
    return people
  })
}
