import type { Database, Executor } from '@eungmo/db/connection/client'
import { findPictureBytes } from '@eungmo/db/queries/event-pictures'
import { LRUCache } from 'lru-cache'
import { coalesceReads } from '../coalesce-reads.ts'
import { DomainError } from '../errors/domain-error.ts'
import type { SharedEntryPage } from '../events/read-entry-page.ts'
import type { PublicPictureInput } from './schema.ts'

/** Of the pictures that a process stores for their next readers. */
const MAX_STORED_BYTES = 4_000_000

type PictureKey = Parameters<typeof findPictureBytes>[1]

/**
 * Reads the bytes of what entry pages show now. Who may see a picture is read for every call, the bytes of a version
 * once. Rejects with NOT_FOUND where the page shows no picture of this version.
 */
export function createPublicPictures(
  db: Database,
  entryPage: (slug: string) => Promise<SharedEntryPage>,
): (picture: PublicPictureInput) => Promise<Uint8Array> {
  const stored = new LRUCache<string, Uint8Array>({
    maxSize: MAX_STORED_BYTES,
    sizeCalculation: ({ byteLength }) => byteLength,
  })
  const read = coalesceReads((key) => readPictureBytes(db, keyed(key)))
  return async ({ slug, version, size }) => {
    const { view } = await entryPage(slug)
    if (view.picture?.version !== version) throw new DomainError('NOT_FOUND')
    const key = [view.id, version, size].join('/')
    const bytes = stored.get(key) ?? (await read(key))
    stored.set(key, bytes)
    return bytes
  }
}

function keyed(key: string): PictureKey {
  const [eventId = '', version = '', size] = key.split('/')
  return { eventId, version, size: size === 'small' ? size : 'large' }
}

/** Rejects with NOT_FOUND where the event has no picture of this version. */
export async function readPictureBytes(executor: Executor, picture: PictureKey): Promise<Uint8Array> {
  const bytes = await findPictureBytes(executor, picture)
  if (bytes === undefined) throw new DomainError('NOT_FOUND')
  return bytes
}
