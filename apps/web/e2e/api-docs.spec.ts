import { expect, test } from './support/fixtures.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the API reference shows every operation, in ${colorScheme} colours and from our own files only`, async ({
    page,
    shop,
  }) => {
    const { origin } = new URL(shop.stack.baseUrl)
    const foreign: string[] = []
    const violations: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) foreign.push(request.url())
    })
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) violations.push(message.text())
    })
    await page.emulateMedia({ colorScheme })
    await page.goto('/api/docs')
    const operation = page.locator('#post-\\/participations')
    await expect(operation).toContainText('/participations')
    await expect(operation).toContainText('phoneNumber')
    await expect(page.locator('rapi-doc')).toHaveAttribute('theme', colorScheme)
    expect(foreign).toEqual([])
    expect(violations).toEqual([])
  })
}
