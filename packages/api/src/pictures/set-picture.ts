import { updateAltText, upsertPicture } from '@eungmo/db/queries/event-pictures'
import { requireScope } from '../api-keys/scopes.ts'
import { contentVersion } from '../content-version.ts'
import type { Context } from '../context.ts'
import { DomainError, invalidField } from '../errors/domain-error.ts'
import { parseInput } from '../errors/parse-input.ts'
import { requireOwnEvent } from '../events/require-own-event.ts'
import { requireMember } from '../require-member.ts'
import { altTextInput } from './schema.ts'

/** A picture as it is stored: 4:3, without metadata; WebP where nothing else is said. */
export interface EncodedPicture {
  /** Of the large one in px: 400 to 1,440, divisible by 4. */
  width: number
  /** At most 720 px wide and 60 kB. */
  small: Uint8Array
  /** At most 1,440 px wide and 150 kB. */
  large: Uint8Array
  /** As wide as the large one, at most 300 kB. */
  jpeg: Uint8Array
}

/** Decodes an upload and encodes it again. Rejects with a VALIDATION_FAILED of the field `picture`. */
export type EncodePicture = (upload: Uint8Array) => Promise<EncodedPicture>

/**
 * Sets the picture of an event from an upload, or what is said of it where nothing was uploaded. A picture is no
 * term: it changes in every phase, as the story does, and is not recorded. For owners in a session. Throws as
 * `requireMember`, FORBIDDEN, VALIDATION_FAILED (`altText`, `picture`), NOT_FOUND, CONFLICT (event-cancelled), and as
 * `encode`.
 * @param upload null where no file was chosen
 */
export async function setPicture(
  { dependencies: { db }, viewer: sender }: Pick<Context, 'dependencies' | 'viewer'>,
  { upload, ...body }: { eventId: string; altText: string; upload: Uint8Array | null },
  encode: EncodePicture,
): Promise<void> {
  const viewer = requireMember(sender)
  requireScope(viewer, undefined)
  if (viewer.role !== 'owner') throw new DomainError('FORBIDDEN')
  const { eventId, altText } = parseInput(altTextInput, body)
  const requireNotCancelled = async () => {
    const event = await requireOwnEvent(db, viewer, eventId)
    if (event.status === 'cancelled') throw new DomainError('CONFLICT', { reason: 'event-cancelled' })
  }
  await requireNotCancelled()
  if (upload) {
    const picture = await encode(upload)
    // Encoding and the wait for it take up to minutes, in which the event may have been cancelled.
    await requireNotCancelled()
    await upsertPicture(db, { eventId, altText, version: contentVersion(picture.large), ...picture })
  } else if (!(await updateAltText(db, { eventId, altText }))) {
    throw invalidField('picture', 'picture.required')
  }
}
