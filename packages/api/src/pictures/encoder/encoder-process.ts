import { writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { encodeUpload } from './encode-upload.ts'
import type { EncoderHead } from './encoder-messages.ts'

// Where memory runs out, the system ends this process before any other.
if (process.platform === 'linux') writeFileSync('/proc/self/oom_score_adj', '1000')

const encoded = await encodeUpload(await buffer(process.stdin))
if (typeof encoded === 'string') {
  write({ error: encoded }, [])
} else {
  const { width, small, large, jpeg } = encoded
  const head = { width, small: small.byteLength, large: large.byteLength, jpeg: jpeg.byteLength }
  write(head, [small, large, jpeg])
}

function write(head: EncoderHead, pictures: readonly Uint8Array[]): void {
  process.stdout.write(Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...pictures]))
}
