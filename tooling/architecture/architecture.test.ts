import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { expect, onTestFinished, test } from 'vitest'
import config from '../../.dependency-cruiser.mjs'

/** Per rule: a file of an imagined checkout, and what it must not import. */
const FORBIDDEN: Record<string, [from: string, to: string]> = {
  'draw-imports': ['packages/draw/src/draw.ts', 'packages/db/src/client.ts'],
  'db-imports': ['packages/db/src/client.ts', 'packages/messaging/src/message.ts'],
  'config-imports': ['packages/config/src/web.ts', 'packages/db/src/client.ts'],
  'messaging-imports': ['packages/messaging/src/message.ts', 'packages/api/src/trpc.ts'],
  'api-imports': ['packages/api/src/trpc.ts', 'apps/web/src/lib/trpc.ts'],
  'analytics-consumer-imports': ['apps/analytics-consumer/src/main.ts', 'packages/draw/src/draw.ts'],
  'web-imports': ['apps/web/src/lib/trpc.ts', 'tooling/free-port.ts'],
  'tooling-imports': ['tooling/start/main.ts', 'packages/db/src/client.ts'],
  'no-circles': ['packages/db/src/one.ts', 'packages/db/src/other.ts'],
  'kafkajs-in-one-place': ['packages/messaging/src/outbox/relay.ts', 'kafkajs'],
  'sql-in-db': ['packages/api/src/events/get-event.ts', 'drizzle-orm'],
  'api-use-cases-below-routers': ['packages/api/src/events/get.ts', 'packages/api/src/draws/router.ts'],
  'api-areas-below-http': ['packages/api/src/events/list.ts', 'packages/api/src/http/read-body.ts'],
  'api-foundations-below-areas': ['packages/api/src/validation/x.ts', 'packages/api/src/events/get.ts'],
  'personal-data-through-one-door': [
    'packages/api/src/draws/desk.ts',
    'packages/api/src/crypto/open-personal-envelopes.ts',
  ],
  'web-lib-below-routes': ['apps/web/src/lib/menu.ts', 'apps/web/src/routes/login/fields.ts'],
  'web-server-only': ['apps/web/src/routes/login/+page.svelte', 'apps/web/src/routes/login/fields.ts'],
  'tests-stay-apart': ['packages/db/src/queries/events.ts', 'packages/db/test/events.ts'],
}

/** What the imagined checkout holds besides: the way round of a circle, and the last step to the server. */
const ALSO: Record<string, string> = {
  'packages/db/src/other.ts': "import '../../../packages/db/src/one.ts'",
  'apps/web/src/routes/login/fields.ts': "import '#lib/server/auth.ts'",
  'apps/web/src/lib/server/auth.ts': 'export {}',
  'apps/web/package.json': '{"imports":{"#lib/*":"./src/lib/*"}}',
}

function importOf(from: string, to: string): string {
  const target = to.includes('/') ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to
  return from.endsWith('.svelte') ? `<script lang="ts">import '${target}'</script>` : `import '${target}'`
}

test('every rule rejects the import that it is about', async () => {
  const baseDir = mkdtempSync(join(tmpdir(), 'eungmo-architecture-'))
  onTestFinished(() => rmSync(baseDir, { recursive: true }))
  const files: Record<string, string> = {}
  for (const [, to] of Object.values(FORBIDDEN)) if (to.includes('/')) files[to] = 'export {}'
  for (const [from, to] of Object.values(FORBIDDEN)) {
    files[from] = [files[from]?.startsWith('import') ? files[from] : '', importOf(from, to)].join('\n')
  }
  for (const [path, text] of Object.entries({ ...files, ...ALSO })) {
    mkdirSync(dirname(join(baseDir, path)), { recursive: true })
    writeFileSync(join(baseDir, path), text)
  }

  const { forbidden = [], options } = config
  const { output } = await cruise(['apps', 'packages', 'tooling'], {
    ...options,
    baseDir,
    validate: true,
    ruleSet: { forbidden },
  })
  const { violations } = (output as ICruiseResult).summary
  const found = violations.map(({ rule, from }) => `${rule.name}: ${from}`)
  const rules = forbidden.map(({ name = '' }) => name)
  expect(Object.keys(FORBIDDEN).sort()).toEqual(rules.sort())
  for (const [rule, [from]] of Object.entries(FORBIDDEN)) expect(found).toContain(`${rule}: ${from}`)
})
