import type { HashOptions } from '../encoding/preimage.ts'
import { type EntryInput, toEntryList } from '../list/entry-input.ts'
import type { EntryList } from '../list/entry-list.ts'
import { entryTreeSteps } from '../list/entry-tree.ts'
import { type ListSummary, listSummary, summaryDifference } from '../records/lock-record.ts'
import { type LockRecord, PER_ENTRY } from '../records/record.ts'
import type { Attempt } from './attempts.ts'
import { asCheck, CheckError } from './check-error.ts'
import type { Progress } from './verification.ts'

/** The whole list is the one that each attempt locked. Yields progress; returns the list. */
export function* checkList(
  attempts: readonly Attempt[],
  input: EntryInput,
  options: HashOptions,
): Generator<Progress, EntryList> {
  const list = asCheck(() => toEntryList(input))
  const first = attempts[0] as Attempt
  const tree = yield* withProgress(list, options)
  const summary = asCheck(() => listSummary(tree, first.lock.eventId))
  for (const { lock } of attempts) checkSummary(lock.attempt, lock, summary)
  checkTickets(list, first.lock.visitBonus)
  return list
}

/** Without the list: all attempts locked the same one, and its counts are possible. */
export function checkSameList(attempts: readonly Attempt[]): void {
  const first = attempts[0] as Attempt
  for (const { lock } of attempts) checkSummary(lock.attempt, lock, first.lock)
  if (first.lock.eligibleCount > first.lock.entryCount)
    throw new CheckError('lock 1 counts more eligible entries than entries')
}

/** Unless each entry has its own number, an eligible entry has 1 ticket, or 1 plus the bonus. */
function checkTickets(entries: EntryList, visitBonus: LockRecord['visitBonus']): void {
  if (visitBonus === PER_ENTRY) return
  for (let index = 0; index < entries.size; index++) {
    checkTicketCount(entries.tickets[index] as number, visitBonus, () => entries.idAt(index))
  }
}

/** @throws {CheckError} where an entry has a number of tickets that the lock does not allow */
export function checkTicketCount(
  tickets: number,
  visitBonus: LockRecord['visitBonus'],
  id: () => string,
): void {
  if (visitBonus === PER_ENTRY || tickets <= 1 || tickets === 1 + visitBonus) return
  throw new CheckError(
    `entry "${id()}" has ${tickets} tickets, but the visit bonus gives 1 or ${1 + visitBonus}`,
  )
}

function checkSummary(attempt: number, lock: ListSummary, summary: ListSummary): void {
  const key = summaryDifference(lock, summary)
  if (key !== undefined) {
    throw new CheckError(`lock ${attempt} has ${key} ${lock[key]}, but the list has ${summary[key]}`)
  }
}

function* withProgress(list: EntryList, options: HashOptions) {
  const steps = entryTreeSteps(list, options)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield { step: 'list', done: step.value, total: list.size } as const
  }
}
