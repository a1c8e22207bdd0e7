import { continueInBun } from './bootstrap.mjs'

continueInBun('tooling/src/test-run/main.ts')
