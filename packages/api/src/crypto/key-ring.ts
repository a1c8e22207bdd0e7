import { createSecretKey, type KeyObject } from 'node:crypto'
import { deriveKey, keyCheckValue } from '@eungmo/config/derive-key'
import { readSecretKeys, type SecretKeyEntry } from '@eungmo/config/secret-keys'

/** What an envelope holds; its key encrypts nothing else. */
export type EnvelopePurpose = 'phone' | 'name' | 'note' | 'claim' | 'seed' | 'done'

/** What a key is for; each purpose has its own key, derived from the same secret. */
export type KeyPurpose = EnvelopePurpose | 'index' | 'budget' | 'link' | 'signature' | 'auth' | 'setup'

/** One secret of SECRET_KEYS. */
export class SecretKey {
  readonly id: string
  readonly #secret: Uint8Array
  readonly #derived = new Map<KeyPurpose, Buffer>()
  readonly #cipherKeys = new Map<EnvelopePurpose, KeyObject>()

  /** `secret` is 32 bytes. */
  constructor(id: string, secret: Uint8Array) {
    this.id = id
    this.#secret = secret
  }

  /** 32 bytes for one purpose, derived at the first call. */
  derive(purpose: KeyPurpose): Buffer {
    let key = this.#derived.get(purpose)
    if (!key) {
      key = deriveKey(this.#secret, purpose)
      this.#derived.set(purpose, key)
    }
    return key
  }

  /** The same key in the form that ciphers accept without preparing it again. */
  cipherKey(purpose: EnvelopePurpose): KeyObject {
    let key = this.#cipherKeys.get(purpose)
    if (!key) {
      key = createSecretKey(this.derive(purpose))
      this.#cipherKeys.set(purpose, key)
    }
    return key
  }

  /** 16 bytes by which the secret is recognised. */
  checkValue(): Buffer {
    return keyCheckValue(this.#secret)
  }

  hasCheckValue(value: Uint8Array): boolean {
    return this.checkValue().equals(value)
  }
}

/**
 * The secrets of the installation, newest first: new data is encrypted with the newest, stored data names its
 * key.
 */
export class KeyRing {
  readonly newest: SecretKey
  /** Newest first. */
  readonly all: readonly SecretKey[]
  readonly #keys: ReadonlyMap<string, SecretKey>

  constructor(keys: readonly [SecretKey, ...SecretKey[]]) {
    this.newest = keys[0]
    this.all = keys
    this.#keys = new Map(keys.map((key) => [key.id, key]))
  }

  /** The key with this id; undefined where SECRET_KEYS does not hold it, such as a retired one. */
  find(id: string): SecretKey | undefined {
    return this.#keys.get(id)
  }

  /**
   * The key of an event's indexes. Where it was retired, no row has such an index any more, and those of the
   * newest key find nothing.
   */
  indexKey(id: string): SecretKey {
    return this.find(id) ?? this.newest
  }

  /**
   * The key with this id.
   * @throws {Error} when SECRET_KEYS no longer holds it
   */
  get(id: string): SecretKey {
    const key = this.#keys.get(id)
    if (!key) throw new Error(`SECRET_KEYS has no key "${id}", but stored data was encrypted with it`)
    return key
  }
}

/**
 * The key ring of SECRET_KEYS: `id:base64` of 32 bytes, comma-separated, newest first.
 * @throws {Error} of one sentence, without a secret, for anything else
 */
export function parseSecretKeys(text: string): KeyRing {
  try {
    const [first, ...rest] = readSecretKeys(text)
    return new KeyRing([toKey(first), ...rest.map(toKey)])
  } catch (error) {
    throw new Error(`SECRET_KEYS ${error instanceof Error ? error.message : String(error)}`)
  }
}

const toKey = ({ id, secret }: SecretKeyEntry) => new SecretKey(id, secret)
