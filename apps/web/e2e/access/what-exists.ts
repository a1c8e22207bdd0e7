import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROUTES = fileURLToPath(new URL('../../src/routes', import.meta.url))
const LIST_PROCEDURES = fileURLToPath(new URL('../server/list-procedures.ts', import.meta.url))

export type ProcedureType = 'query' | 'mutation' | 'subscription'

/** Every tRPC procedure with its type, walked from the router. */
export function listProcedures(): Record<string, ProcedureType> {
  const bun = process.versions.bun ? process.execPath : 'bun'
  const { stdout, stderr } = spawnSync(bun, [LIST_PROCEDURES], { encoding: 'utf8' })
  if (stdout === '') throw new Error(`The router was not listed: ${stderr}`)
  return JSON.parse(stdout)
}

interface OpenApi {
  paths: Record<string, Record<string, { security?: { apiKey?: string[] }[] }>>
}

/** Every REST operation, such as `GET /events/{eventId}`, with the scope that its document names. */
export async function listOperations(baseUrl: string): Promise<Record<string, string | undefined>> {
  const { paths }: OpenApi = await (await fetch(`${baseUrl}/api/openapi.json`)).json()
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { security = [] }]) => [
        `${method.toUpperCase()} ${path}`,
        security[0]?.apiKey?.[0],
      ]),
    ),
  )
}

/**
 * Every page, form action and endpoint of the routes folder: `GET /(owner)/login`, `POST /(owner)/login` (the
 * default action), `POST /(owner)/admin/settings?/invite`.
 */
export function listRoutes(): string[] {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  const routes = new Set<string>()
  for (const file of files) {
    const route = `/${dirname(file)}`.replace(/^\/\.$/, '/')
    if (/\+page[^/]*\.svelte$/.test(file)) routes.add(`GET ${route}`)
    if (!/\+(page|server)[^/]*\.ts$/.test(file)) continue
    const text = readFileSync(join(ROUTES, file), 'utf8')
    if (/\+page\.server\.ts$/.test(file)) routes.add(`GET ${route}`)
    for (const action of actionsIn(text, file)) {
      routes.add(`POST ${route}${action === 'default' ? '' : `?/${action}`}`)
    }
    for (const [, method] of text.matchAll(/^export (?:const|function|async function) ([A-Z]+|fallback)\b/gm))
      routes.add(`${method === 'fallback' ? 'ANY' : method} ${route}`)
  }
  return [...routes].toSorted()
}

/** The names of a page's form actions. Biome formats them: each begins a line of two spaces. */
function actionsIn(text: string, file: string): string[] {
  const [, body] = /^export const actions\b[^{]*\{\n(.*?)^\}/ms.exec(text) ?? []
  const names = [...(body ?? '').matchAll(/^ {2}(\w+)\b/gm)].map(([, name = '']) => name)
  if (names.length === 0 && text.includes('actions'))
    throw new Error(`The actions of ${file} cannot be read.`)
  return names
}
