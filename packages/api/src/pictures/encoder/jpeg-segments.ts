export interface JpegSegment {
  /** The second byte of its marker. */
  marker: number
  /** Of its marker. */
  start: number
  /** Behind its length and content; what is encoded after a scan's header belongs to no segment. */
  end: number
}

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda

/** The segments of a JPEG up to its end, or to the first byte that belongs to none. */
export function* jpegSegments(bytes: Buffer): Generator<JpegSegment> {
  let at = 0
  while (at + 2 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    const isAlone = marker === SOI || marker === EOI
    if (!isAlone && at + 4 > bytes.length) return
    const end = isAlone ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) return
    yield { marker, start: at, end }
    if (marker === EOI) return
    at = marker === SOS ? nextMarker(bytes, end) : end
  }
}

/** Behind the encoded data from `from` on, in which 0xff is followed by 0 or a restart marker. */
function nextMarker(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at
  }
  return bytes.length
}

/** Where a JPEG ends: behind its EOI, or the number of bytes where it has none. */
export function endOfJpeg(bytes: Buffer): number {
  for (const { marker, end } of jpegSegments(bytes)) if (marker === EOI) return end
  return bytes.length
}
