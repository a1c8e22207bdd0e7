import { type DrawLogRow, findDrawLog, listDrawLogs } from '@eungmo/db/queries/draw-logs'
import { findChainHead } from '@eungmo/db/queries/draw-records'
import { listSlotHolders, listWaitingAlternates, type SlotHolder } from '@eungmo/db/queries/draw-winners'
import type { z } from 'zod'
import type { Member } from '../context.ts'
import type { Dependencies } from '../dependencies.ts'
import { DomainError } from '../errors/domain-error.ts'
import { ownEvent } from '../events/require-own-event.ts'
import { presentWinner } from './list-current-winners.ts'
import type { DrawLogView, drawLogDetailView } from './schema.ts'

type Parts = Pick<Dependencies, 'db' | 'secrets'>

/** The draws of an event, the newest first. */
export async function listDraws(
  dependencies: Parts,
  viewer: Member,
  eventId: string,
): Promise<DrawLogView[]> {
  const { db } = dependencies
  const event = await ownEvent(db, viewer, eventId)
  const logs = await listDrawLogs(db, { eventId: event.id })
  const views = await describe(dependencies, event.id, logs)
  return views.map(({ history: _history, ...view }) => view).reverse()
}

/** One draw, with everybody who ever held a slot of its event. */
export async function getDraw(
  dependencies: Parts,
  viewer: Member,
  drawLogId: string,
): Promise<z.infer<typeof drawLogDetailView>> {
  const { db } = dependencies
  const found = await findDrawLog(db, { drawLogId })
  if (!found) throw new DomainError('NOT_FOUND')
  const event = await ownEvent(db, viewer, found.eventId)
  const logs = await listDrawLogs(db, { eventId: event.id })
  const [views, head] = await Promise.all([
    describe(dependencies, event.id, logs),
    findChainHead(db, { eventId: event.id }),
  ])
  const view = views.find((log) => log.drawLogId === drawLogId)
  if (!view || !head) throw new DomainError('NOT_FOUND')
  return { ...view, head: Buffer.from(head.hash).toString('hex') }
}

/** The list as an attempt left it: of each slot, the last holder from that attempt or an earlier one. */
function listAfter(holders: readonly SlotHolder[], attempt: number): SlotHolder[] {
  const bySlot = new Map<number, SlotHolder>()
  // In each slot the holders come in the order in which they held it.
  for (const holder of holders) if (holder.attempt <= attempt) bySlot.set(holder.slot, holder)
  return [...bySlot.values()]
}

async function describe(
  { db, secrets }: Parts,
  eventId: string,
  logs: readonly DrawLogRow[],
): Promise<Omit<z.infer<typeof drawLogDetailView>, 'head'>[]> {
  const [holders, waiting] = await Promise.all([
    listSlotHolders(db, { eventId }),
    listWaitingAlternates(db, { eventId }),
  ])
  const winners = new Map(holders.map((holder) => [holder, presentWinner(secrets, eventId, holder)]))
  const presented = (holder: SlotHolder) => winners.get(holder) ?? presentWinner(secrets, eventId, holder)
  const history = holders.map((holder) => ({
    ...presented(holder),
    drawLogId: holder.drawLogId,
    attempt: holder.attempt,
    standing: holder.standing,
    entryPath: holder.entryPath,
    entryId: holder.entryId,
    drawRank: holder.drawRank,
    selectedAt: holder.selectedAt.toISOString(),
    withdrawnAt: holder.withdrawnAt?.toISOString() ?? null,
    reason: holder.withdrawReason,
    note: holder.withdrawNote,
  }))
  return logs.map((log) => ({
    ...presentLog(log),
    winners: log.drawnAt === null ? [] : listAfter(holders, log.attempt).map(presented),
    alternates: waiting
      .filter(({ drawLogId }) => drawLogId === log.id)
      .map(({ drawRank, entryId }) => ({ drawRank, entryId })),
    history,
  }))
}

function presentLog(log: DrawLogRow): Omit<DrawLogView, 'winners' | 'alternates'> {
  return {
    drawLogId: log.id,
    eventId: log.eventId,
    attempt: log.attempt,
    previousDrawLogId: log.previousDrawLogId,
    lockedAt: log.lockedAt.toISOString(),
    drawsAt: log.drawsAt?.toISOString() ?? null,
    drawnAt: log.drawnAt?.toISOString() ?? null,
    drawMethod: log.drawMethod,
    algorithm: log.algorithm,
    winnerCount: log.winnerCount,
    alternateCount: log.alternateCount,
    visitBonus: log.visitBonus,
    entryCount: log.entryCount,
    eligibleCount: log.eligibleCount,
    totalTickets: Number(log.totalTickets),
    round: log.round === null ? null : Number(log.round),
    deviation: log.deviation,
  }
}
