/**
 * How much memory JavaScriptCore takes the machine to have, in bytes: it collects garbage the earlier. Web's peak is
 * measured by apps/web/bench/memory.ts. Read by Bun before any code runs, therefore in the environment; the Dockerfile
 * sets the same.
 */
export const webHeap = { BUN_JSC_forceRAMSize: '402653184' }
