/**
 * The value of this name in the process, created at the first call. On globalThis, since the
 * application and the HTTP server (server/) are bundled apart: each has its own copy of a module.
 */
export function acrossBundles<T>(name: string, create: () => T): T {
  const key = Symbol.for(`eungmo.${name}`)
  const holder = globalThis as unknown as Record<symbol, T | undefined>
  holder[key] ??= create()
  return holder[key]
}
