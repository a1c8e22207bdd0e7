import { appRouter } from '@eungmo/api/router'

/** Prints the router's procedures, as JSON: `{ path: type }`. */
const procedures = Object.entries(appRouter._def.procedures as Record<string, unknown>).map(
  ([path, procedure]) => [path, Reflect.get(Object(Reflect.get(Object(procedure), '_def')), 'type')] as const,
)
process.stdout.write(JSON.stringify(Object.fromEntries(procedures)))
