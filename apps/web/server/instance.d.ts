import type { Server } from '@sveltejs/kit'

export declare const server: Server
