import { afterAll, inject } from 'vitest'
import type { Actor } from '../../src/context.ts'
import type { DependenciesOptions } from '../../src/dependencies.ts'
import { type ApiFixture, type Caller, startApi } from './api-fixture.ts'

interface People<T> {
  /** Owner and staff member of one shop. */
  owner: T
  staff: T
  /** The owner of another shop. */
  stranger: T
}

export interface TwoShops {
  api: ApiFixture
  members: People<Actor>
  callers: People<Caller>
}

/** Starts the API with two shops. Await it at the top of a test file: it stops after the file's last test. */
export async function startTwoShops(options: Partial<DependenciesOptions> = {}): Promise<TwoShops> {
  const api = await startApi(inject('postgresUrl'), options)
  afterAll(() => api.close())
  const shop = await api.createShop()
  const members = { ...shop, stranger: (await api.createShop('다른 가게')).owner }
  const callers = {
    owner: api.as(members.owner),
    staff: api.as(members.staff),
    stranger: api.as(members.stranger),
  }
  return { api, members, callers }
}
