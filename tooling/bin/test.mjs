import { continueInBun } from './bootstrap.mjs'

continueInBun('tooling/test-run/main.ts')
