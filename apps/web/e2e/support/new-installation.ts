import { spawnSync } from 'node:child_process'
import { connect } from '@eungmo/db/connection/client'
import { migrate } from '@eungmo/db/connection/migrate'
import { test as base, expect } from './fixtures.ts'
import { readiness, startWeb, stopWeb, type Web } from './web-process.ts'

export { expect }

const WAIT = { timeout: 30_000 }
const SECRET_KEYS = `k1:${Buffer.alloc(32, 1).toString('base64')}`
const bun = process.versions.bun ? process.execPath : 'bun'

interface Installation {
  web: Web
  databaseUrl: string
  /** What the operator reads at the start. */
  setupLine(): string
}

/** Tests against a web process of their own on a new database. */
export const test = base.extend<{ settings: Record<string, string>; installation: Installation }>({
  /** Only people with an invitation sign up. */
  settings: {
    SIGN_UP: 'invite',
    OPERATOR_NAME: '은모 운영팀',
    OPERATOR_CONTACT: 'help@eungmo.test',
  },
  installation: async ({ stack, settings: more }, use) => {
    const admin = connect(stack.info.databaseUrl, { max: 1 })
    const name = `installation_${crypto.randomUUID().replaceAll('-', '')}`
    await admin.sql.unsafe(`create database ${name} template template0`)
    const databaseUrl = new URL(`/${name}`, stack.info.databaseUrl).href
    const settings = { DATABASE_URL: databaseUrl, SECRET_KEYS, ...more }
    await migrate(databaseUrl)
    const web = await startWeb(settings)
    const setupLine = () =>
      spawnSync(bun, ['scripts/setup-code.ts'], {
        encoding: 'utf8',
        env: { PATH: process.env.PATH, ...settings },
      }).stdout
    await expect.poll(() => readiness(web), WAIT).toEqual({ status: 200, ready: true })
    await use({ web, databaseUrl, setupLine })
    await stopWeb(web)
    await admin.sql.unsafe(`drop database if exists ${name} with (force)`)
    await admin.close()
  },
})
