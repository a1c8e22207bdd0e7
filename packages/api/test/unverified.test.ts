import { expect, it } from 'vitest'
import type { Viewer } from '../src/context.ts'
import { toErrorResponse } from '../src/errors/error-response.ts'
import { exportParticipants } from '../src/participants/export-participants.ts'
import { exportPrizeTax } from '../src/participants/export-prize-tax.ts'
import { exportWinners } from '../src/participants/export-winners.ts'
import { appRouter } from '../src/router.ts'
import { startTwoShops } from './support/two-shops.ts'

const { api, members } = await startTwoShops()

async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call()
    return 'none'
  } catch (error) {
    return toErrorResponse(error, 'ko').body.code
  }
}

function call(path: string, viewer: Viewer): Promise<string> {
  let at: unknown = api.as(viewer)
  for (const name of path.split('.')) at = Reflect.get(Object(at), name)
  if (typeof at !== 'function') throw new TypeError(`No procedure ${path}`)
  return codeOf(() => at({}))
}

it.each(['proof', 'set-up'] as const)(
  'a person who lacks the %s of a second factor gets what everybody gets, and nothing else',
  async (missing) => {
    const viewer: Viewer = { kind: 'unverified', userId: members.owner.userId, missing }
    const guarded: string[] = []
    for (const path of Object.keys(appRouter._def.procedures)) {
      const anonymous = await call(path, { kind: 'anonymous' })
      const isGuarded = anonymous === 'UNAUTHENTICATED'
      if (isGuarded) guarded.push(path)
      expect(await call(path, viewer), path).toBe(isGuarded ? 'SECOND_FACTOR_REQUIRED' : anonymous)
    }
    expect(guarded).toEqual(expect.arrayContaining(['participants.list', 'apiKeys.create', 'analytics.live']))
    for (const file of [exportParticipants, exportWinners, exportPrizeTax]) {
      const open = () => file(api.contextOf(viewer), crypto.randomUUID(), { purpose: '당첨자 연락' })
      expect(await codeOf(open), file.name).toBe('SECOND_FACTOR_REQUIRED')
    }
  },
)
