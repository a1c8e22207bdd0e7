/**
 * Which module may import which. `bun run architecture` checks it, types and Svelte components included, and
 * tooling/architecture/architecture.test.ts shows that every rule bites.
 *
 * @typedef {import('dependency-cruiser').IForbiddenRuleType} Rule
 */

/** The workspace packages that each may import. @type {Record<string, string[]>} */
const MAY_IMPORT = {
  'packages/draw': [],
  'packages/db': [],
  'packages/config': [],
  'packages/messaging': ['packages/db', 'packages/config'],
  'packages/api': ['packages/db', 'packages/draw', 'packages/messaging', 'packages/config'],
  'apps/analytics-consumer': ['packages/db', 'packages/messaging', 'packages/config'],
  'apps/web': ['packages/api', 'packages/db', 'packages/draw', 'packages/messaging', 'packages/config'],
}

const AREAS =
  'participations|participants|events|channels|draws|analytics|api-keys|shops|destruction|access-log'

/** Tests, benches and scripts may import anything; what the product runs may not. */
const SHIPPED = '^(apps|packages)/[^/]+/(src|server|adapter|bin)/'
const TEST = '\\.test\\.ts$'

/** A package by its folder, or by its name where it was not resolved (before the first build, for draw). @param {string} folder */
const of = (folder) => `^${folder}/|^${folder.replace(/^\w+/, '@eungmo')}(/|$)`

/** @param {string} name */
const library = (name) => `(^|/node_modules/)${name}(/|$)`

/** @type {Rule[]} */
const packageDirection = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder.split('/')[1]}-imports`,
  comment: `${folder} imports ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from: { path: SHIPPED.replace('(apps|packages)/[^/]+', folder), pathNot: TEST },
  to: {
    path: ['^(packages|apps|tooling)/', '^@eungmo/'],
    pathNot: [folder, ...allowed].map(of),
  },
}))

/** @type {Rule[]} */
const rules = [
  ...packageDirection,
  {
    name: 'tooling-imports',
    comment: 'tooling starts the product from outside; it shares packages/config with it.',
    severity: 'error',
    from: { path: '^tooling/', pathNot: TEST },
    to: { path: ['^(packages|apps)/', '^@eungmo/'], pathNot: of('packages/config') },
  },
  {
    name: 'no-circles',
    comment: 'Two modules that import each other are one module in two files.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'kafkajs-in-one-place',
    comment: 'kafkajs is imported in packages/messaging/src/kafka only.',
    severity: 'error',
    from: { path: SHIPPED, pathNot: [TEST, '^packages/messaging/src/kafka/'] },
    to: { path: library('kafkajs') },
  },
  {
    name: 'sql-in-db',
    comment: 'drizzle and the PostgreSQL client are imported in packages/db only.',
    severity: 'error',
    from: { path: SHIPPED, pathNot: [TEST, '^packages/db/'] },
    to: { path: [library('drizzle-orm'), library('postgres')] },
  },
  {
    name: 'api-use-cases-below-routers',
    comment: 'Only packages/api/src/router.ts imports the routers of the areas.',
    severity: 'error',
    from: { path: '^packages/api/src/', pathNot: '^packages/api/src/router\\.ts$' },
    to: { path: `^packages/api/src/(${AREAS})/router\\.ts$` },
  },
  {
    name: 'api-areas-below-http',
    comment: 'The areas know nothing of HTTP: http/ maps their procedures to REST.',
    severity: 'error',
    from: { path: `^packages/api/src/(${AREAS})/`, pathNot: TEST },
    to: { path: '^packages/api/src/http/' },
  },
  {
    name: 'api-foundations-below-areas',
    comment: 'validation/, errors/ and crypto/ serve every area and import none.',
    severity: 'error',
    from: { path: '^packages/api/src/(validation|errors|crypto)/', pathNot: TEST },
    to: { path: `^packages/api/src/(${AREAS}|rules-record|http)/` },
  },
  {
    name: 'personal-data-through-one-door',
    comment: 'Only personal-data/ opens names, phone numbers and notes: it writes the access log, and masks.',
    severity: 'error',
    from: { path: SHIPPED, pathNot: [TEST, '^packages/api/src/personal-data/'] },
    to: { path: '^packages/api/src/crypto/open-personal-envelopes\\.ts$' },
  },
  {
    name: 'web-lib-below-routes',
    comment: 'What several pages share does not import a page.',
    severity: 'error',
    from: { path: '^apps/web/src/lib/', pathNot: TEST },
    to: { path: '^apps/web/src/routes/' },
  },
  {
    name: 'web-server-only',
    comment: 'lib/server never reaches the browser, through no module between.',
    severity: 'error',
    from: { path: '\\.svelte$|^apps/web/src/hooks\\.client\\.ts$' },
    to: { path: '^apps/web/src/lib/server/', reachable: true },
  },
  {
    name: 'tests-stay-apart',
    comment: 'What the product runs imports no test and no bench.',
    severity: 'error',
    from: { path: SHIPPED, pathNot: TEST },
    to: { path: [`^(apps|packages)/[^/]+/(test|e2e|bench)/`, TEST] },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: rules,
  options: {
    doNotFollow: { path: ['node_modules', '^packages/draw/dist/'] },
    exclude: { path: ['^apps/web/(build|\\.svelte-kit)/', '/paraglide/', '\\.gen\\.'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
  },
}
