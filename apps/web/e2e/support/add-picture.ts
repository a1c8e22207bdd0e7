import { connect } from '@eungmo/db/connection/client'
import type { StackInfo } from './stack-info.ts'

/** A blue JPEG of 8 × 6 px. */
const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAGAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIgFBj//2Q==',
  'base64',
)

/** Stores a picture of an event in place of the one before; its WebP is none that a browser shows. */
export async function addPicture(
  { databaseUrl }: Pick<StackInfo, 'databaseUrl'>,
  eventId: string,
  version: string,
): Promise<void> {
  const { sql, close } = connect(databaseUrl, { max: 1 })
  await sql`
    insert into event_pictures (event_id, version, alt_text, width, small, large, jpeg)
    values (${eventId}, ${version}, '딸기 케이크', 400, ${JPEG}, ${JPEG}, ${JPEG})
    on conflict (event_id) do update set version = excluded.version`
  await close()
}
