import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { createDatabase } from '../postgres/database.ts'
import { startPostgres } from '../postgres/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the tests' server. */
    postgresUrl: string
  }
}

/** What the tests of all packages need together; the default of 100 connections is too few. */
export const TEST_SETTINGS = { max_connections: 300 }

let stop: () => Promise<void> = async () => {}

/**
 * Vitest global setup: provides `postgresUrl`, the server in TEST_DATABASE_URL or a new one in a temporary directory, which
 * is removed after the run.
 */
export async function setup(project: TestProject): Promise<void> {
  const external = process.env.TEST_DATABASE_URL
  if (external) {
    project.provide('postgresUrl', external)
    return
  }
  const dataDir = mkdtempSync(join(tmpdir(), 'eungmo-test-postgres-'))
  const remove = () => rmSync(dataDir, { recursive: true, force: true })
  try {
    const server = await startPostgres({ dataDir, settings: TEST_SETTINGS })
    const end = () => void process.kill(server.pid, 'SIGINT')
    process.once('exit', end)
    stop = async () => {
      process.off('exit', end)
      await server.stop()
      remove()
    }
    project.provide('postgresUrl', server.url)
  } catch (error) {
    remove()
    throw error
  }
}

export async function teardown(): Promise<void> {
  await stop()
}

/** Creates an empty database for one suite, on the server that was provided. */
export function createTestDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  return createDatabase(serverUrl)
}
