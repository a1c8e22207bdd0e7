import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Adapter } from '@sveltejs/kit'
import { checkOldestEngines } from '../engines/oldest-engines.ts'

const serverSource = join(import.meta.dirname, '..', 'server', 'main.ts')

/**
 * SvelteKit adapter for `Bun.serve`: writes `build/` with the client files (each also as gzip and brotli),
 * the application, our server as one bundle, and the entry point `bun build/index.js`. See README.md beside
 * this file.
 */
export function bunAdapter({ out = 'build' } = {}): Adapter {
  return {
    name: 'eungmo-bun-adapter',
    supports: { read: () => true, instrumentation: () => false },
    async adapt(builder) {
      rmSync(out, { recursive: true, force: true })
      mkdirSync(out, { recursive: true })
      const client = join(out, 'client')
      builder.writeClient(client)
      builder.writePrerendered(client)
      checkOldestEngines(client)
      await builder.compress(client)
      const server = join(out, 'server')
      builder.writeServer(server)
      builder.generateServerInstance(join(out, 'instance.js'), { serverDirectory: server })
      // Throws an AggregateError with the messages where it fails.
      await Bun.build({ entrypoints: [serverSource], outdir: out, target: 'bun', naming: 'http-server.js' })
      writeFileSync(join(out, 'index.js'), entryPoint(builder.getAppPath()))
    },
  }
}

const entryPoint = (appPath: string) => `import { join } from 'node:path'
import { startServer } from './http-server.js'
import { server as app } from './instance.js'

const clientDirectory = join(import.meta.dirname, 'client')
await startServer({ app, clientDirectory, appPath: ${JSON.stringify(appPath)} })
`
