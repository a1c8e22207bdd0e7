import type { Logger } from '@eungmo/messaging/logging/logger'
import pLimit from 'p-limit'
import { DomainError, invalidField } from '../../errors/domain-error.ts'
import type { EncodePicture } from '../set-picture.ts'
import { inspectUpload } from './inspect-upload.ts'
import { EncoderFailure, type EncoderLimits, runEncoder } from './run-encoder.ts'

export interface PictureEncoderOptions extends Partial<EncoderLimits> {
  /** The file that its processes run: encoder-process.ts. */
  script: string
  log: Logger
}

/** Each of them is in memory meanwhile. */
const MAX_WAITING = 3
/** An upload of 8 MB takes two seconds, noise four; a machine may be ten times as busy. */
const TIME_LIMIT_MS = 40_000
/** Twice what the largest uploads take. */
const MEMORY_LIMIT_BYTES = 400_000_000
const RETRY_AFTER_S = 10

/**
 * Encodes uploads one at a time, each in a process of its own. Rejects with VALIDATION_FAILED of the field `picture`,
 * also for an upload that takes too much time or memory, and with UNAVAILABLE while three others wait.
 */
export function createPictureEncoder({
  script,
  log,
  timeMs = TIME_LIMIT_MS,
  memoryBytes = MEMORY_LIMIT_BYTES,
}: PictureEncoderOptions): EncodePicture {
  const oneAtATime = pLimit(1)
  return async (upload) => {
    const wrong = inspectUpload(upload)
    if (wrong) throw invalidField('picture', wrong)
    if (oneAtATime.pendingCount >= MAX_WAITING)
      throw new DomainError('UNAVAILABLE', { retryAfter: RETRY_AFTER_S })
    const encoded = await oneAtATime(runEncoder, script, upload, { timeMs, memoryBytes }).catch(
      (error: unknown) => {
        if (!(error instanceof EncoderFailure)) throw error
        log.warn({ err: error }, 'an uploaded picture could not be encoded')
        return 'picture.broken' as const
      },
    )
    if (typeof encoded === 'string') throw invalidField('picture', encoded)
    return encoded
  }
}
