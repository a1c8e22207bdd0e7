import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ROOT, workspaces } from '../repository.ts'

const Versions = z.record(z.string(), z.string()).default({})
const Manifest = z.object({
  name: z.string(),
  license: z.string(),
  catalog: Versions,
  dependencies: Versions,
  devDependencies: Versions,
  optionalDependencies: Versions,
})

const manifests = [ROOT, ...workspaces().map(({ directory }) => directory)].map((directory) =>
  Manifest.parse(JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))),
)
const catalog = manifests[0]?.catalog ?? {}

const pins = manifests
  .flatMap(({ name, dependencies, devDependencies, optionalDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).map(
      ([library, version]) => ({ name, library, version }),
    ),
  )
  .filter(({ version }) => !version.startsWith('workspace:'))

test('every version is exact', () => {
  const versions = [...Object.values(catalog), ...pins.map(({ version }) => version)]
  for (const version of versions)
    expect(version).toMatch(/^(catalog:|(npm:[@\w/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?)$/)
})

test('a version that several manifests need stands once, in the catalog', () => {
  const literal = pins.filter(({ version }) => version !== 'catalog:')
  const repeated = literal.filter(
    ({ library }, index) => literal.findIndex((one) => one.library === library) !== index,
  )
  expect(repeated).toEqual([])
})

test('draw, which is published as it stands, names the catalog’s versions itself', () => {
  const draw = pins.filter(({ name }) => name === '@eungmo/draw')
  expect(draw.length).toBeGreaterThan(0)
  for (const { library, version } of draw) expect(version).toBe(catalog[library] ?? version)
  for (const { version } of draw) expect(version).not.toBe('catalog:')
})

test('every manifest has the project’s licence', () => {
  for (const { name, license } of manifests) expect(license, name).toBe('Apache-2.0')
})
