import type { drawLogDetailView, slotHistoryView } from '@eungmo/api/draws/schema'
import { type WinnerState, winnerState } from '@eungmo/api/winners/winner-state'
import type { z } from 'zod'

type Detail = z.infer<typeof drawLogDetailView>
type Holder = z.infer<typeof slotHistoryView>

/** A winner as the desk shows them. */
export interface DeskWinner extends Holder {
  state: WinnerState
  /** The how manieth alternate moved up; null for who was drawn into the place. */
  alternate: number | null
  /** Who held the place before, the latest last. */
  before: Holder[]
}

/** The present winners by place, with what became of them and of those before them. */
export function deskWinners(
  { history }: Pick<Detail, 'history'>,
  { now, firstWinnerCount }: { now: string; firstWinnerCount: number },
): DeskWinner[] {
  const before = new Map<number, Holder[]>()
  for (const holder of history)
    if (holder.standing === 'withdrawn') before.set(holder.rank, [...(before.get(holder.rank) ?? []), holder])
  return history
    .filter(({ standing }) => standing === 'selected')
    .sort((a, b) => a.rank - b.rank)
    .map((holder) => ({
      ...holder,
      state: winnerState(holder, now),
      alternate: alternateNumber(holder, firstWinnerCount),
      before: before.get(holder.rank) ?? [],
    }))
}

/** Alternates are drawn by the first attempt only, after its winners. */
function alternateNumber({ attempt, drawRank }: Holder, firstWinnerCount: number): number | null {
  return attempt === 1 && drawRank > firstWinnerCount ? drawRank - firstWinnerCount : null
}

/** How many winners are in each state, in the order of the states; states without any are left out. */
export function countStates(winners: readonly DeskWinner[]): { state: WinnerState; count: number }[] {
  const order: WinnerState[] = ['uncontacted', 'contacted', 'confirmed', 'handed-over', 'expired']
  return order
    .map((state) => ({ state, count: winners.filter((winner) => winner.state === state).length }))
    .filter(({ count }) => count > 0)
}
