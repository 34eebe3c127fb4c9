# One image for all services; compose says which of them a container runs.
# Another reference to it, such as one with a digest or in a registry of your own, see .env.example.
ARG NODE_IMAGE=node:24-bookworm-slim
FROM ${NODE_IMAGE} AS source
WORKDIR /app
ENV CI=true
RUN npm install -g pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile --ignore-scripts

# Telegram and a mailbox for a demonstration, with the tools of development.
FROM source AS demo
RUN node_modules/.bin/tsc -b tools/demo && mkdir /inbox && chown node:node /inbox
USER node
CMD ["node", "tools/demo/dist/main.js"]

FROM source AS build
RUN node_modules/.bin/tsc -b services/bot services/ingester services/reporter tools/cli tools/queue-page
# Again, now only what runs in production: no compiler, no test servers, no sandbox.
RUN find . -name node_modules -prune -exec rm -rf {} + \
    && pnpm install --frozen-lockfile --ignore-scripts --prod --offline \
       --filter-prod "@atermtrack/bot..." --filter-prod "@atermtrack/ingester..." --filter-prod "@atermtrack/reporter..." \
       --filter-prod "@atermtrack/cli..." --filter-prod "@atermtrack/queue-page..." \
    && rm -rf packages/testkit packages/*/src services/*/src tools/cli/src tools/queue-page/src

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production ATERMTRACK_SKIP_INSTALL=1
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/migrations migrations
COPY --from=build /app/packages packages
COPY --from=build /app/services services
COPY --from=build /app/tools/run.mjs tools/run.mjs
COPY --from=build /app/tools/bootstrap tools/bootstrap
COPY --from=build /app/tools/cli tools/cli
COPY --from=build /app/tools/queue-page tools/queue-page
# A volume that is mounted here becomes node's.
RUN mkdir /credentials /backups /inbox && chown node:node /credentials /backups /inbox && chmod 700 /credentials /backups
USER node
CMD ["node", "tools/cli/dist/main.js", "--help"]
