import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const ROUTES = join(import.meta.dirname, '../src/routes')
const STYLES = /import '#lib\/styles\/(?:app|entry)\.css'|(?:EntryPage|OwnPage)\.svelte'/

/** Whether a page, or a layout that it is in, imports the styles; `+page@name` leaves out the layouts below `name`. */
function hasStyles(page: string): boolean {
  const reset = /@([^.]*)\.svelte$/.exec(page)?.[1]
  const files = [page]
  for (let folder = dirname(page); folder !== '.'; folder = dirname(folder)) {
    const isLeftOut = reset !== undefined && !(reset !== '' && folder.endsWith(reset)) && files.length === 1
    if (!isLeftOut && existsSync(join(ROUTES, folder, '+layout.svelte')))
      files.push(join(folder, '+layout.svelte'))
  }
  return files.some((file) => STYLES.test(readFileSync(join(ROUTES, file), 'utf8')))
}

test('every page has styles: its own, or those of its layout', () => {
  const pages = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\+(?:page(?:@[^.]*)?|error)\.svelte$/.test(path),
  )
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.filter((page) => !hasStyles(page))).toEqual([])
})
