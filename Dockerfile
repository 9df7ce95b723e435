# syntax=docker/dockerfile:1

FROM node:22-bookworm-slim AS build
WORKDIR /gangway
ENV CI=1
# The manifests alone: as long as they stay, so does the layer with what is installed.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .npmrc ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/api/package.json packages/api/
COPY packages/client/package.json packages/client/
COPY packages/contract/package.json packages/contract/
COPY packages/db/package.json packages/db/
COPY packages/domain/package.json packages/domain/
COPY packages/engine/package.json packages/engine/
COPY packages/providers/package.json packages/providers/
COPY e2e/package.json e2e/
COPY scripts scripts
RUN node scripts/install.mjs
COPY . .
# What only builds and tests need goes, and so does the embedded PostgreSQL: a container has its database elsewhere.
RUN node scripts/build.mjs && node scripts/prune.mjs

FROM node:22-bookworm-slim
WORKDIR /gangway
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
COPY --from=build /gangway/package.json ./
COPY --from=build /gangway/node_modules node_modules
COPY --from=build /gangway/packages packages
COPY --from=build /gangway/apps apps
COPY --from=build /gangway/prisma prisma
# The user `node` of the image, by number: Kubernetes must see that it is not root.
USER 1000:1000
EXPOSE 3000
# Whether the process should be restarted. Whether it should get requests is /readyz, which also asks for the mail service.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself gets the signals: SIGTERM ends the server in order, within ten seconds.
CMD ["node", "apps/server/dist/main.js"]
