import { createDependencies, type Dependencies } from '../../src/dependencies.ts'
import { asDomainError } from '../../src/errors/as-domain-error.ts'
import { checkKeys } from '../../src/key-checks/check-keys.ts'
import { createCaller } from '../../src/router.ts'
import { type ApiFixture, type Caller, startApi } from '../../test/support/api-fixture.ts'

const keyOf = (id: string, byte: number) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
const [OLDER, NEWER] = [keyOf('k1', 1), keyOf('k2', 2)]

/** SECRET_KEYS at the steps of a rotation. */
export const KEYS = {
  first: OLDER,
  added: `${OLDER},${NEWER}`,
  moved: `${NEWER},${OLDER}`,
  dropped: NEWER,
} as const

export interface Installation {
  api: ApiFixture
  dependencies: Dependencies
  owner: Caller
  staff: Caller
  anonymous: Caller
  /** Starts the process again, with other keys. */
  restart(secretKeys: string): Promise<void>
  close(): Promise<void>
}

/** One shop, on a new database of the server. */
export async function install(serverUrl: string, destructionJournal: string): Promise<Installation> {
  const api = await startApi(serverUrl, { secretKeys: KEYS.first, destructionJournal })
  await checkKeys(api.dependencies)
  const members = await api.createShop('링고베이커리')
  let close = async () => {}
  const installation: Installation = {
    api,
    dependencies: api.dependencies,
    owner: api.as(members.owner),
    staff: api.as(members.staff),
    anonymous: api.anonymous,
    async restart(secretKeys) {
      await close()
      const { log, publicUrl } = api.dependencies
      const options = {
        databaseUrl: api.url,
        secretKeys,
        publicUrl,
        log,
        destructionJournal,
        rateLimit: false,
      }
      const started = createDependencies(options)
      await checkKeys(started.dependencies)
      close = started.close
      const as = (viewer: Parameters<ApiFixture['contextOf']>[0]) =>
        createCaller({ ...api.contextOf(viewer), dependencies: started.dependencies })
      Object.assign(installation, {
        dependencies: started.dependencies,
        owner: as(members.owner),
        staff: as(members.staff),
        anonymous: as({ kind: 'anonymous' }),
      })
    },
    async close() {
      await close()
      await api.close()
    },
  }
  return installation
}

/** Resolves with the result, or with the code of an error that may happen. Rejects with every other error. */
export async function attempt<T>(
  work: Promise<T>,
  allowed: readonly string[],
): Promise<{ value: T; code: null } | { value: null; code: string }> {
  try {
    return { value: await work, code: null }
  } catch (error) {
    const { code } = asDomainError(error)
    if (!allowed.includes(code)) throw error
    return { value: null, code }
  }
}
