import type { Database } from '@eungmo/db/connection/client'
import { findPauseTargets, type PauseTarget, setPause } from '@eungmo/db/queries/pauses'
import { z } from 'zod'
import { recordAccess } from '../personal-data/record-access.ts'
import { line, token } from '../validation/fields.ts'
import { CommandError, operatorOf } from './command.ts'

const MAX_REASON_LENGTH = 200

/** The id or the slug of an event or a shop. */
const target = token(100).min(1)

export const pauseArguments = z.strictObject({ target, reason: line(MAX_REASON_LENGTH, { min: 2 }) })
export const resumeArguments = z.strictObject({ target })

interface Outcome {
  target: PauseTarget
  /** What the command prints. */
  message: string
}

/**
 * Pauses an event, or every event of a shop, also those that it creates later, with a reason that their pages
 * show; a second pause replaces the reason. Written to the shop's access log in the same transaction. Throws
 * CommandError for an unknown or ambiguous target, and UNAVAILABLE where the log cannot be written.
 */
export async function pause(
  db: Database,
  { target: idOrSlug, reason }: z.output<typeof pauseArguments>,
): Promise<Outcome> {
  const found = await findTarget(db, idOrSlug)
  await change(db, found, reason)
  return { target: found, message: `Paused ${nameOf(found)}. Its pages show: ${reason}` }
}

/** Ends a pause. Throws as `pause` does, and CommandError for what is not paused itself. */
export async function resume(
  db: Database,
  { target: idOrSlug }: z.output<typeof resumeArguments>,
): Promise<Outcome> {
  const found = await findTarget(db, idOrSlug)
  const byShop = found.shopPause && `its shop is paused: bun run operator:resume ${found.shopId}`
  if (!found.pause)
    throw new CommandError(`${nameOf(found)} is not paused${byShop ? ` itself; ${byShop}` : ''}.`)
  await change(db, found, null)
  const rest = byShop ? ` It stays paused, since ${byShop}` : ''
  return { target: found, message: `Resumed ${nameOf(found)}.${rest}` }
}

async function findTarget(db: Database, idOrSlug: string): Promise<PauseTarget> {
  const [found, ...others] = await findPauseTargets(db, idOrSlug)
  if (!found) throw new CommandError(`No event and no shop has the id or slug ${idOrSlug}.`)
  if (others.length > 0) throw new CommandError(`An event and a shop have the slug ${idOrSlug}: use the id.`)
  return found
}

const nameOf = ({ kind, name, id }: PauseTarget): string => `the ${kind} "${name}" (${id})`

async function change(db: Database, found: PauseTarget, reason: string | null): Promise<void> {
  await db.transaction(async (tx) => {
    await setPause(tx, found, reason)
    await recordAccess(tx, {
      actor: operatorOf(found.shopId),
      action: reason === null ? 'resume' : 'pause',
      ...(found.kind === 'event' && { eventId: found.id }),
      ...(reason !== null && { purpose: reason }),
    })
  })
}
