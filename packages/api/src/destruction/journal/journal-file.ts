import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { errorCode } from '@eungmo/db/connection/statement-error'

const READ_BYTES = 65_536
/** The lines hold opaque ids, which nobody else needs to see. */
const OWNER_ONLY = 0o600
const LINE_END = 0x0a

/** Whole lines of the file, and where the first one after them starts. */
export interface JournalLines {
  lines: string[]
  /** In bytes. */
  end: number
}

/** The file of the journal, open for one reading or appending. */
export interface JournalFile {
  /** Its length in bytes, and what tells it from another file that was put in its place. */
  state(): Promise<{ size: number; identity: string }>
  /**
   * Yields the whole lines from `start` on, piece by piece. Without `withRest`, a last line that has no
   * end yet is left out: another process may be writing it.
   */
  read(start: number, options?: { withRest?: boolean }): AsyncGenerator<JournalLines>
  /** Appends lines, each with its end, and resolves when they are on the disk. */
  append(lines: string): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the file for reading and appending, and creates it where it is missing; with `readOnly` it must exist.
 * @throws {Error} of one sentence that names the file
 */
export async function openJournal(
  path: string,
  { readOnly = false }: { readOnly?: boolean } = {},
): Promise<JournalFile> {
  const handle = await openOrExplain(path, readOnly ? 'r' : 'a+')
  return {
    async state() {
      // The number alone is given to the next file when this one is deleted.
      const { size, ino, birthtimeMs } = await handle.stat()
      return { size, identity: `${ino} ${birthtimeMs}` }
    },
    read: (start, options) => readLines(handle, start, options),
    append: (lines) => append(handle, path, lines),
    close: () => handle.close(),
  }
}

/** Creates the file where it is missing. Throws as `openJournal` does: a setting that is wrong shows at the start. */
export async function createJournal(path: string): Promise<void> {
  const file = await openJournal(path)
  await file.close()
}

async function openOrExplain(path: string, flags: string): Promise<FileHandle> {
  try {
    return await open(path, flags, OWNER_ONLY)
  } catch (error) {
    // Without the cause: its code ENOENT is that of a database that is away, too.
    throw new Error(`The journal of destructions ${path} cannot be opened (${errorCode(error)})`)
  }
}

async function* readLines(
  handle: FileHandle,
  start: number,
  { withRest = false }: { withRest?: boolean } = {},
): AsyncGenerator<JournalLines> {
  const decoder = new StringDecoder('utf8')
  const buffer = Buffer.alloc(READ_BYTES)
  let rest = ''
  for (let position = start, end = start; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, READ_BYTES, position)
    if (bytesRead === 0) {
      if (withRest && rest !== '') yield { lines: [rest], end: position }
      return
    }
    const read = buffer.subarray(0, bytesRead)
    const lines = (rest + decoder.write(read)).split('\n')
    rest = lines.pop() ?? ''
    const lastEnd = read.lastIndexOf(LINE_END)
    if (lastEnd >= 0) end = position + lastEnd + 1
    position += bytesRead
    yield { lines, end }
  }
}

async function append(handle: FileHandle, path: string, lines: string): Promise<void> {
  const { size } = await handle.stat()
  // Left by a process that was killed while it wrote: what is appended must start on a line of its own.
  const isHalfWritten = size > 0 && (await byteAt(handle, size - 1)) !== LINE_END
  await handle.appendFile(isHalfWritten ? `\n${lines}` : lines)
  await handle.datasync()
  if (size === 0) await syncDirectory(dirname(path))
}

async function byteAt(handle: FileHandle, position: number): Promise<number | undefined> {
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position)
  return buffer[0]
}

/** The name of a new file is on the disk only then. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}
