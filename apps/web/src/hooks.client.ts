import type { HandleClientError } from '@sveltejs/kit/hooks'
import * as m from '#lib/paraglide/messages.js'
import { baseLocale, isLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'

// Chromium before 97 (Samsung Internet 17); our dialogs' library uses it.
if (!Array.prototype.findLast)
  Object.defineProperty(Array.prototype, 'findLast', {
    value<Item>(
      this: Item[],
      matches: (item: Item, index: number, all: Item[]) => boolean,
    ): Item | undefined {
      for (let i = this.length - 1; i >= 0; i--) {
        const item = this[i] as Item
        if (matches(item, i, this)) return item
      }
      return undefined
    },
    configurable: true,
    writable: true,
  })

// Chromium before 93, older than what is supported; the hashes of receipts use it.
if (!Object.hasOwn)
  Object.defineProperty(Object, 'hasOwn', {
    value: (target: object, key: PropertyKey): boolean => Object.hasOwn(target, key),
    configurable: true,
    writable: true,
  })

// The server chose the language; changing it is a full page load.
overwriteGetLocale(() => {
  const { lang } = document.documentElement
  return isLocale(lang) ? lang : baseLocale
})

export const handleError: HandleClientError = ({ kind }) =>
  kind === 'app' ? {} : { message: m.error_unexpected() }
