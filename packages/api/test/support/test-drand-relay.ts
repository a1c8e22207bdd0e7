import { type BeaconChain, QUICKNET, roundAt } from '@eungmo/draw/beacon'
import { bls12_381 } from '@noble/curves/bls12-381.js'

const { shortSignatures } = bls12_381
const secret = new Uint8Array(32).fill(5)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** A test chain with quicknet's clock whose key is known, so that tests can sign future rounds. */
export const testChain: BeaconChain = {
  ...QUICKNET,
  name: 'test',
  hash: 'ab'.repeat(32),
  publicKey: hex(shortSignatures.getPublicKey(secret).toBytes(true)),
}

/** The test chain's signature of a round. */
function signRound(round: number): string {
  const message = new Uint8Array(8)
  new DataView(message.buffer).setBigUint64(0, BigInt(round))
  const digest = Bun.SHA256.hash(message) as Uint8Array
  const point = shortSignatures.hash(digest, 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_')
  return hex(shortSignatures.sign(point, secret).toBytes(true))
}

export interface TestRelay {
  address: string
  /** How many rounds it is behind the clock. */
  behind: number
  /** `down` returns 500, `wrong-round` signs another round than the requested one. */
  mode: 'honest' | 'wrong-round' | 'down'
  /** Paths requested so far. */
  requestedPaths: string[]
  stop(): Promise<void>
}

/** A drand relay on this machine that serves the test chain. */
export function startTestRelay(): TestRelay {
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch(request) {
      const path = new URL(request.url).pathname
      relay.requestedPaths.push(path)
      const [, chain, name] = /^\/([0-9a-f]{64})\/public\/(latest|\d+)$/.exec(path) ?? []
      if (relay.mode === 'down' || chain !== testChain.hash || name === undefined)
        return new Response('no', { status: 500 })
      const round = name === 'latest' ? roundAt(Date.now(), testChain) - relay.behind : Number(name)
      const signature = signRound(relay.mode === 'wrong-round' ? round + 1 : round)
      return Response.json({ round, signature, randomness: '00' })
    },
  })
  const relay: TestRelay = {
    address: `http://127.0.0.1:${server.port}`,
    behind: 0,
    mode: 'honest',
    requestedPaths: [],
    stop: () => server.stop(true),
  }
  return relay
}
