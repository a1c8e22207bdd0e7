import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const ROUTES = join(import.meta.dirname, '../../src/routes')

/**
 * The path of every page and endpoint, read from the files, with values for the dynamic parts.
 * @throws Error for a dynamic part without a value
 */
export function routePaths(values: Record<string, string>): { route: string; path: string }[] {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
  const routes = files
    .filter((file) => /(^|\/)\+(page|server)(@[^/]*)?(\.server)?\.(ts|svelte)$/.test(file))
    .map((file) => `/${file.replace(/\/?\+[^/]*$/, '')}`)
  return [...new Set(routes)].toSorted().map((route) => {
    const path = route.replace(/\/\([^)]+\)/g, '').replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`The route ${route} has no value for ${name}.`)
      return value
    })
    return { route, path: path || '/' }
  })
}
