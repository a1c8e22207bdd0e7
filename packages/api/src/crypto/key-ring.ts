import { hkdfSync } from 'node:crypto'

/** What a key is for; each purpose gets a key of its own from the same secret. */
export type KeyPurpose = 'phone' | 'index' | 'seed' | 'signature' | 'sessions'

/** One secret of SECRET_KEYS. */
export class SecretKey {
  readonly id: string
  readonly #secret: Uint8Array
  readonly #derived = new Map<KeyPurpose, Buffer>()

  /** `secret` is 32 bytes. */
  constructor(id: string, secret: Uint8Array) {
    this.id = id
    this.#secret = secret
  }

  /** 32 bytes for one purpose: HKDF-SHA256 (RFC 5869), no salt, info `eungmo/<purpose>/1`. */
  derive(purpose: KeyPurpose): Buffer {
    let key = this.#derived.get(purpose)
    if (!key) {
      key = Buffer.from(hkdfSync('sha256', this.#secret, '', `eungmo/${purpose}/1`, 32))
      this.#derived.set(purpose, key)
    }
    return key
  }
}

/** The secrets of the installation, newest first: new data is made with the newest, old data names the key that made it. */
export class KeyRing {
  readonly newest: SecretKey
  readonly #keys: ReadonlyMap<string, SecretKey>

  constructor(keys: readonly [SecretKey, ...SecretKey[]]) {
    this.newest = keys[0]
    this.#keys = new Map(keys.map((key) => [key.id, key]))
  }

  /** The key of that id; throws when SECRET_KEYS no longer holds it. */
  get(id: string): SecretKey {
    const key = this.#keys.get(id)
    if (!key) throw new Error(`SECRET_KEYS has no key "${id}", but stored data was made with it`)
    return key
  }
}

/**
 * Reads SECRET_KEYS: `id:base64` of 32 bytes, comma-separated, newest first; an id is 1 to 32 of `A-Za-z0-9_-`.
 * Throws one clear sentence, without the secret, when it is not so.
 */
export function parseSecretKeys(text: string): KeyRing {
  const seen = new Set<string>()
  const [first, ...rest] = text.split(',').map((part) => {
    const [, id, encoded] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(part) ?? []
    if (id === undefined || encoded === undefined)
      throw new Error('SECRET_KEYS must be id:base64 pairs separated by commas')
    if (seen.has(id)) throw new Error(`SECRET_KEYS names the key "${id}" twice`)
    seen.add(id)
    const secret = Buffer.from(encoded, 'base64')
    if (secret.length !== 32)
      throw new Error(`SECRET_KEYS: key "${id}" is ${secret.length} bytes, but must be 32`)
    return new SecretKey(id, secret)
  })
  if (!first) throw new Error('SECRET_KEYS is empty')
  return new KeyRing([first, ...rest])
}
