import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import type { EncodedPicture } from '../set-picture.ts'
import { checkEncoded } from './check-encoded.ts'
import { encoderHead } from './encoder-messages.ts'
import type { UploadError } from './upload-error.ts'

export interface EncoderLimits {
  /** From its start to its end. */
  timeMs: number
  /** What the process may have in memory; measured on Linux alone. */
  memoryBytes: number
}

/** The process ended without a result, or was ended because it took too much. */
export class EncoderFailure extends Error {}

const MAX_OUTPUT_BYTES = 600_000
const MEMORY_INTERVAL_MS = 20
const NEWLINE = 10

/**
 * Encodes one upload in a process of its own, which gets none of our environment. Rejects with an EncoderFailure
 * where it is killed, fails, or returns something else than pictures.
 * @param script the file that the process runs
 */
export async function runEncoder(
  script: string,
  upload: Uint8Array,
  limits: EncoderLimits,
): Promise<EncodedPicture | UploadError> {
  // Not in our directory: Bun reads .env and bunfig.toml from the one in which it starts.
  const child = spawn(process.execPath, ['--smol', script], { cwd: '/', env: {}, stdio: 'pipe' })
  const output: Buffer[] = []
  let size = 0
  let killed: string | undefined
  const kill = (reason: string) => {
    killed ??= reason
    child.kill('SIGKILL')
  }
  child.stdout.on('data', (piece: Buffer) => {
    size += piece.byteLength
    if (size > MAX_OUTPUT_BYTES) kill('it wrote too much')
    else output.push(piece)
  })
  const problems: Buffer[] = []
  child.stderr.on('data', (piece: Buffer) => void (problems.length < 10 && problems.push(piece)))
  const timer = setTimeout(kill, limits.timeMs, `it took longer than ${limits.timeMs} ms`)
  const stopWatching = watchMemory(child.pid, limits.memoryBytes, kill)
  try {
    const ended = new Promise<string | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve(code === 0 ? null : `it ended with ${code ?? signal}`))
    })
    // A process that ended early closes its input: its end says why.
    child.stdin.on('error', () => undefined)
    child.stdin.end(upload)
    const failed = await ended
    const reason = killed ?? failed
    if (reason) throw new EncoderFailure(`${reason}: ${Buffer.concat(problems).toString().slice(0, 2_000)}`)
    return parseOutput(Buffer.concat(output))
  } finally {
    clearTimeout(timer)
    stopWatching()
  }
}

/** Throws an EncoderFailure. */
function parseOutput(output: Buffer): EncodedPicture | UploadError {
  try {
    const line = output.indexOf(NEWLINE)
    const head = encoderHead.parse(JSON.parse(output.toString('utf8', 0, line)))
    if ('error' in head) return head.error
    const ends = [head.small, head.small + head.large, head.small + head.large + head.jpeg]
    const pictures = output.subarray(line + 1)
    if (pictures.byteLength !== ends[2]) throw new Error('its output has another length than it says')
    return checkEncoded({
      width: head.width,
      small: pictures.subarray(0, ends[0]),
      large: pictures.subarray(ends[0], ends[1]),
      jpeg: pictures.subarray(ends[1]),
    })
  } catch (error) {
    throw new EncoderFailure('its output is no picture', { cause: error })
  }
}

/** Calls `kill` once the process has more in memory; returns what ends that. Other systems than Linux have no such file. */
function watchMemory(pid: number | undefined, maxBytes: number, kill: (reason: string) => void): () => void {
  if (process.platform !== 'linux' || pid === undefined) return () => undefined
  const timer = setInterval(() => {
    readFile(`/proc/${pid}/status`, 'utf8').then(
      (status) => {
        const kilobytes = Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0)
        if (kilobytes * 1024 > maxBytes) kill(`it took more than ${maxBytes} bytes of memory`)
      },
      // It has ended.
      () => clearInterval(timer),
    )
  }, MEMORY_INTERVAL_MS)
  return () => clearInterval(timer)
}
