import { DomainError, invalidField } from '../errors/domain-error.ts'

/**
 * The JSON object in a request's body; an empty object without a body. Throws PAYLOAD_TOO_LARGE above
 * `maxBytes`, as soon as that many bytes have arrived; UNSUPPORTED_MEDIA_TYPE for anything but JSON;
 * VALIDATION_FAILED for invalid JSON or anything but an object.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== undefined && type !== 'application/json') throw new DomainError('UNSUPPORTED_MEDIA_TYPE')
  const text = await readText(request, maxBytes)
  if (text === '') return {}
  if (type === undefined) throw new DomainError('UNSUPPORTED_MEDIA_TYPE')
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidField('', 'body.invalid')
  return { ...value }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (Number(declared) > maxBytes) throw new DomainError('PAYLOAD_TOO_LARGE')
    // The server enforces the declared length; text() reads the body without a stream in between.
    return request.text()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new DomainError('PAYLOAD_TOO_LARGE')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw Object.assign(invalidField('', 'body.invalid'), { cause })
  }
}
