# Two images from one file: `--target web` and `--target consumer`. compose.yaml uses both.
# Reset an owner's password: `docker compose run --rm web bun apps/web/scripts/reset-password.ts <e-mail>`.

FROM oven/bun:1.4.5 AS manifests
WORKDIR /app
COPY package.json bun.lock bunfig.toml turbo.json ./
COPY patches patches
COPY tooling/package.json tooling/
COPY packages/api/package.json packages/api/
COPY packages/config/package.json packages/config/
COPY packages/db/package.json packages/db/
COPY packages/draw/package.json packages/draw/
COPY packages/messaging/package.json packages/messaging/
COPY apps/analytics-consumer/package.json apps/analytics-consumer/
COPY apps/web/package.json apps/web/

FROM manifests AS build
RUN bun install --frozen-lockfile
COPY . .
RUN bun run build

FROM manifests AS production
RUN bun install --frozen-lockfile --production --filter @eungmo/web --filter @eungmo/analytics-consumer
COPY packages packages
COPY apps/analytics-consumer apps/analytics-consumer
COPY apps/web apps/web

FROM oven/bun:1.4.5-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production
COPY --from=production /app /app
# A new volume takes over its mode, so that the user below can write to it.
RUN mkdir -m 0777 journal
USER bun

FROM runtime AS web
COPY --from=build /app/apps/web/build apps/web/build
# As tooling/start/web-heap.ts says.
ENV BUN_JSC_forceRAMSize=402653184
ENV PORT=3000
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=6 CMD bun -e "process.exit((await fetch('http://127.0.0.1:' + process.env.PORT + '/readyz')).ok ? 0 : 1)"
CMD ["bun", "apps/web/build/index.js"]

FROM runtime AS consumer
ENV METRICS_PORT=9464 METRICS_HOST=0.0.0.0
EXPOSE 9464
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=6 CMD bun -e "process.exit((await fetch('http://127.0.0.1:' + process.env.METRICS_PORT + '/readyz')).ok ? 0 : 1)"
CMD ["bun", "apps/analytics-consumer/src/main.ts"]
