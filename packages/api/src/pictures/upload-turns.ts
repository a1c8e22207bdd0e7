import pLimit, { type LimitFunction } from 'p-limit'
import { DomainError } from '../errors/domain-error.ts'

/** Such as a form that is sent twice. */
const MAX_WAITING_PER_SHOP = 1
const RETRY_AFTER_S = 10

/** Runs `upload`, which reads the request and stores its picture, when it is the shop's turn. */
export type TakeUploadTurn = <T>(shopId: string, upload: () => Promise<T>) => Promise<T>

/**
 * Lets a shop upload one picture at a time, so that no shop fills the encoder's queue for the others, and what waits
 * is in memory for one upload per shop at most. Rejects with UNAVAILABLE while another upload of the shop waits.
 */
export function createUploadTurns(): TakeUploadTurn {
  const turns = new Map<string, LimitFunction>()
  return async (shopId, upload) => {
    const turn = turns.get(shopId) ?? pLimit(1)
    if (turn.pendingCount >= MAX_WAITING_PER_SHOP)
      throw new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S })
    turns.set(shopId, turn)
    try {
      return await turn(upload)
    } finally {
      if (turn.activeCount + turn.pendingCount === 0) turns.delete(shopId)
    }
  }
}
