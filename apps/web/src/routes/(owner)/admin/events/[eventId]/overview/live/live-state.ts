import type { Analytics } from '../analytics-view.ts'

/**
 * How current an event's counts are: `live` over an open stream, `polling` by a request every few seconds,
 * `lost` while neither works and both are tried again. `signed-out` and `no-access` last until `retry`.
 */
export type LiveStatus = 'connecting' | 'live' | 'polling' | 'lost' | 'signed-out' | 'no-access'

export interface LiveState {
  status: LiveStatus
  /** The newest counts that are known; null before the first. */
  analytics: Analytics | null
  /** When the counts were last known to be current, in milliseconds since 1970; null before the first. */
  checkedAt: number | null
}

export const initialState: LiveState = { status: 'connecting', analytics: null, checkedAt: null }

/** Whether the counts may not be seen any more, as far as is known. */
export const hasEnded = ({ status }: Pick<LiveState, 'status'>): boolean =>
  status === 'signed-out' || status === 'no-access'

/** Whether the counts are current, or a few seconds old at most. */
export const isCurrent = ({ status }: Pick<LiveState, 'status'>): boolean =>
  status === 'live' || status === 'polling'
