import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createContext, runInContext } from 'node:vm'
import { z } from 'zod'

const Mermaid = z.looseObject({ parse: z.function({ input: [z.string()], output: z.promise(z.unknown()) }) })

/**
 * Mermaid's own parser; resolves for a diagram that it can read, and rejects with the line at which it cannot. Of its builds this
 * one is the smallest: 3 MB without dependencies, where the package `mermaid` brings 200 MB.
 */
export async function parseMermaid(diagram: string): Promise<void> {
  await loadMermaid().parse(diagram)
}

let loaded: z.infer<typeof Mermaid> | undefined

function loadMermaid(): z.infer<typeof Mermaid> {
  if (!loaded) {
    // It is made for a script tag, hence a global object of its own. With a window that has no DOM, DOMPurify returns labels as they
    // are; without any window it is not even created.
    const global = createContext({
      window: { document: { nodeType: 9, createElement: () => ({}) }, Element: class {} },
      structuredClone,
      setTimeout,
      clearTimeout,
      console,
    })
    runInContext(readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny'), 'utf8'), global)
    loaded = Mermaid.parse(global.mermaid)
  }
  return loaded
}
