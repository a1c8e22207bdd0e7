import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import type { Plugin } from 'postcss'
import { defineConfig } from 'vite'
import { bunAdapter } from './adapter/bun-adapter.ts'
import { OLDEST_TARGETS } from './engines/oldest-engines.ts'
import { paraglideOptions } from './paraglide.config.ts'

/** The hash of the one inline script in app.html: the content security policy allows no other. */
const html = readFileSync(new URL('src/app.html', import.meta.url), 'utf8')
const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(html) ?? []
const inlineScript = `sha256-${createHash('sha256').update(script).digest('base64')}` as const

/** Layers stand in the order of their names, so engines without layers get the same styles without them. */
const flattenLayers: Plugin = {
  postcssPlugin: 'flatten-layers',
  AtRule: { layer: (rule) => void (rule.nodes ? rule.replaceWith(rule.nodes) : rule.remove()) },
}

export default defineConfig({
  plugins: [
    tailwindcss(),
    paraglideVitePlugin(paraglideOptions),
    sveltekit({
      adapter: bunAdapter(),
      // The origin check in hooks.server.ts covers pages, tRPC and REST, with JSON errors under /api.
      csrf: { trustedOrigins: ['*'] },
      // Styles of a few lines are not worth a request before the first paint.
      inlineStyleThreshold: 2_048,
      csp: {
        // Hashes, not nonces: responses may be cached by a CDN together with their policy.
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self', inlineScript],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'worker-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
  // Fonts stay separate files: inlined, every page would load all of them.
  build: { assetsInlineLimit: 0, target: OLDEST_TARGETS },
  // The entry page's script is built as a worker's is: by itself, into one file.
  worker: { format: 'es' },
  css: { postcss: { plugins: [flattenLayers] } },
})
