import type { ClaimedNotice, NoticeGroup } from '@eungmo/db/queries/notice-queue'
import type { NoticeKind } from '@eungmo/db/queries/notices'
import type { Dependencies } from '../dependencies.ts'
import type { NoticeOutcome } from './notifier.ts'

export type SenderDependencies = Pick<Dependencies, 'db' | 'secrets' | 'notifier' | 'log' | 'publicUrl'>

/**
 * Notices that this process alone may send, and those of them that have a receiver and a text. The others have lost
 * their slot meanwhile, unless they are unreadable or outdated.
 */
export interface ClaimedBatch<T> {
  claimed: ClaimedNotice[]
  notices: T[]
  /** Ids of notices whose receiver cannot be read. */
  unreadable: string[]
  /** Ids of notices that their winner no longer needs. */
  outdated: string[]
}

/** A way out of the installation. */
export interface NoticeChannel<T extends { id: string }> {
  kinds: readonly NoticeKind[]
  maxPerCall: number
  /** When it opens again; null where it is open. */
  opensAt(now: Date): Date | null
  /** Moves due notices of a group to `sending`, in a committed transaction. */
  claim(group: NoticeGroup, args: { now: Date; limit: number }): Promise<ClaimedBatch<T>>
  /** As `PhoneProvider.send`. */
  send(notices: readonly T[]): Promise<NoticeOutcome[]>
}
